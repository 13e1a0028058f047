import { array, assert, constantFrom, property, sample, string, uniqueArray } from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guarded, unguarded } from '../../server/contract/formula-guard.ts';
import { csvPieces } from '../../server/http/formats/csv.ts';
import { toCsv as toPageCsv } from '../../web/export/csv.ts';
import { Desk } from './ingest/desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

const parts = constantFrom("'", "'", '=', '+', '-', '@', '＝', '－', 'a', '甲', '1', ',', '"');
/** Beside the chosen ones what fast-check makes of quotes and signs; all of them hold a letter, so that none is blank. */
const IDS = [
  ...new Set([
    '=1+2',
    "'=1+2",
    "''=x",
    "'Tis",
    "'",
    '@x',
    '-剧',
    '＋剧',
    "'甲'",
    ...sample(uniqueArray(array(parts, { minLength: 1, maxLength: 6 }), { minLength: 60, maxLength: 60 }), {
      numRuns: 1,
      seed: 7,
    })
      .flat()
      .map((letters) => `${letters.join('')}x`),
  ]),
];
const column = (id: string, type: 'text' | 'integer' = 'text') => ({ id, type, unit: null, label: { en: id, zh: id } });
const idsOf = async (source: string) => {
  const rows = await desk.warehouse.read((session) =>
    session.all({
      text: `SELECT DISTINCT k.series_id AS id FROM view_log v JOIN source s USING (source_key)
        JOIN series_key k ON k.series_key = coalesce(v.stated_key, v.series_key) WHERE s.id = $1`,
      values: [source],
    }),
  );
  return rows.map((row) => String(row.id)).sort();
};

describe('an id that looks like a formula', () => {
  it('is behind an apostrophe and comes back as it was, whatever it is', () => {
    void assert(property(string({ unit: 'binary' }), (text) => void expect(unguarded(guarded(text))).toBe(text)));
    void assert(
      property(array(parts), (letters) => {
        const text = letters.join('');
        expect(unguarded(guarded(text))).toBe(text);
        expect(guarded(text)).not.toMatch(/^[=+@＝－-]/u);
      }),
    );
  });

  it.each([
    [
      'the API',
      (ids: readonly string[]) =>
        [
          ...csvPieces({
            columns: [column('series_id'), column('date'), column('views', 'integer')],
            rows: ids.map((id) => ({ series_id: id, date: '2025-10-01', views: 5 })),
          }),
        ].join(''),
    ],
    [
      'the page',
      (ids: readonly string[]) =>
        toPageCsv(
          ['series_id', 'date', 'views'],
          ids.map((id) => [id, '2025-10-01', 5]),
        ),
    ],
  ])('has the same id when a CSV of %s is imported again', async (source, written) => {
    await desk.import(written(IDS), { options: { source } });
    expect(await idsOf(source)).toEqual([...IDS].sort());
  });

  it('has the same id when its rejected lines are mended and imported again', async () => {
    const record = await desk.import("date,series_id,views\n2025-10-01,'=x,many\n2025-10-01,'Tis,5\n", {
      options: { source: 'lines' },
    });
    const { text, filename } = await desk.rejectedLines(record.import_id);
    await desk.import(text.replace('many', '7'), { name: filename });
    expect(await idsOf('lines')).toEqual(["'Tis", '=x']);
  });

  it('is so named in titles, lists and platforms, too', async () => {
    await desk.import("剧名,承制方,题材\n'=甲,'@丙,'-某题\n", { kind: 'catalog' });
    const [row] = await desk.warehouse.read((session) =>
      session.all({
        text: "SELECT title, producer, primary_genre FROM series WHERE title LIKE '%甲' AND producer <> '(unknown)'",
        values: [],
      }),
    );
    expect(row).toMatchObject({ title: '=甲', producer: '@丙', primary_genre: '-某题' });
  });
});
