import { expect, test } from 'vitest';
import { Desk } from '../ingest/desk.ts';
import { importNasty, nastyFiles } from './nasty-files.ts';

test.each([1, 2, 3])(
  'the rows that count after the import of nasty files %i are those that a plain reading gives',
  async (seed) => {
    const nasty = nastyFiles(seed);
    const desk = await Desk.open();
    await importNasty(desk, nasty);
    const expected = nasty.fixture.rows.map((row) => {
      const { series, day, at, platform, region, source, kind = 'increment', views = null } = row;
      const instant = at === undefined ? null : new Date(at).toISOString().slice(0, 16);
      return JSON.stringify([source, series, platform, region, day, instant, kind, views]);
    });
    const rows =
      await desk.rows(`SELECT o.id AS source, k.series_id, p.id AS platform, r.id AS region, v.day::VARCHAR AS day,
      strftime(v.instant, '%Y-%m-%dT%H:%M') AS instant, v.kind::VARCHAR AS kind, v.views::DOUBLE AS views
    FROM view_log v JOIN series_key k USING (series_key) JOIN platform p USING (platform_key) JOIN region r USING (region_key)
      JOIN source o USING (source_key)`);
    const got = rows.map((row) =>
      JSON.stringify([row.source, row.series_id, row.platform, row.region, row.day, row.instant, row.kind, row.views]),
    );
    await desk.close();
    expect(got.sort()).toEqual(expected.sort());
  },
);

test('what can be nasty is in every one of them', () => {
  for (const seed of [1, 2, 3]) {
    const { fixture, files, missing } = nastyFiles(seed);
    const [days, hours, counters] = files.map(({ text }) => text.split('\n').slice(1, -1));
    const views = fixture.rows.map((row) => row.views);
    const ofSeries = (id: string) => new Set(fixture.rows.filter((row) => row.series === id).map((row) => row.day));
    const values = new Map<string, number[]>();
    for (const line of (counters ?? []).toSorted()) {
      const [, id = '', , , value] = line.split(',');
      values.set(id, [...(values.get(id) ?? []), Number(value)]);
    }
    expect({
      missing: missing.length > 0,
      zeros: views.includes(0),
      blanks: views.includes(undefined),
      ties: new Set(views).size < views.length / 2,
      oneDay: fixture.series.some(({ id }) => ofSeries(id).size === 1),
      tags: fixture.series.some(({ genres = [] }) => genres.length > 1),
      unknown: fixture.series.some(({ release }) => release === undefined),
      offsets: new Set((hours ?? []).map((line) => line.slice(19, line.indexOf(',')))).size,
      disordered: (days ?? []).join() !== (days ?? []).toSorted().join(),
      twice: new Set(days).size < (days ?? []).length,
      falls: [...values.values()].some((own) => own.some((value, i) => i > 0 && value < (own[i - 1] ?? 0))),
      openings: fixture.rows.some(({ kind, views: n }) => kind === 'opening' && Number(n) >= 1000),
    }).toEqual({
      missing: true,
      zeros: true,
      blanks: true,
      ties: true,
      oneDay: true,
      tags: true,
      unknown: true,
      offsets: 4,
      disordered: true,
      twice: true,
      falls: true,
      openings: true,
    });
  }
});
