import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import * as options from '../../../../web/pages/data/words/options.ts';
import * as review from '../../../../web/pages/data/words/review.ts';

const { zh } = options;
/** What the page calls an option of the API. */
const CONTROLS: Record<string, string> = {
  date_order: zh.date_order,
  date_format: zh.date_format,
  dates_up_to: zh.dates_up_to,
  day: zh.day,
  series: zh.one_series,
  views_are: zh.views_event,
  force: review.zh.again,
  header_row: review.zh.header_row,
  kind: review.zh.kind_catalog,
};

it('Chinese texts of the server that name an option call it as the page does', () => {
  const folder = 'server/ingest/';
  const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(folder + name, 'utf8'));
  const named = texts.flatMap((text) =>
    [...text.matchAll(/“([^”]+)”（(\w+)/gu)].flatMap(([, control = '', option = '']) => {
      const called = CONTROLS[option];
      return called === undefined ? [] : [[option, control, called]];
    }),
  );
  expect(new Set(named.map(([option]) => option))).toEqual(new Set(Object.keys(CONTROLS)));
  for (const [option, control, called] of named) expect([option, control]).toEqual([option, called]);
  const all = texts.join('\n');
  for (const control of [zh.covers, zh.covers_of_day, zh.views_are, review.zh.kind, review.zh.kind_log])
    expect(all).toContain(`“${control}”`);
});
