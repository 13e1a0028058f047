import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { say as sayOption } from '../../../../../web/pages/data/review/options/words.ts';
import { say as sayReview } from '../../../../../web/pages/data/review/words.ts';

const option = sayOption('zh');
const review = sayReview('zh');
/** What the page calls an option of the API. */
const CONTROLS: Record<string, string> = {
  date_order: option('date_order'),
  date_format: option('date_format'),
  dates_up_to: option('dates_up_to'),
  day: option('day'),
  series: option('one_series'),
  views_are: option('views_event'),
  force: review('again'),
  header_row: review('header_row'),
  kind: review('kind_catalog'),
};

it('Chinese texts of the server that name an option call it as the page does', () => {
  const folder = 'server/ingest/';
  const texts = readdirSync(folder, { encoding: 'utf8', recursive: true })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(folder + name, 'utf8'));
  const named = texts.flatMap((text) =>
    [...text.matchAll(/“([^”]+)”（(\w+)/gu)].flatMap(([, control = '', id = '']) => {
      const called = CONTROLS[id];
      return called === undefined ? [] : [[id, control, called]];
    }),
  );
  expect(new Set(named.map(([id]) => id))).toEqual(new Set(Object.keys(CONTROLS)));
  for (const [id, control, called] of named) expect([id, control]).toEqual([id, called]);
  const all = texts.join('\n');
  for (const control of [
    option('covers'),
    option('covers_of_day'),
    option('views_are'),
    review('kind'),
    review('kind_log'),
  ])
    expect(all).toContain(`“${control}”`);
});
