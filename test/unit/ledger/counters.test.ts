import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Desk } from '../ingest/desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await Desk.open();
});
afterEach(() => desk.close());

const csv = (...lines: string[]) => `snapshot_date,video_id,views\n${lines.join('\n')}\n`;
const counter = { options: { source: 's', views_are: 'cumulative' as const } };
const releases = (...lines: string[]) => `video_id,title,release_date\n${lines.join('\n')}\n`;

describe('a counter', () => {
  it('becomes increments, dated at the later snapshot; its first value is an opening', async () => {
    await desk.import(csv('2025-10-01,A,100', '2025-10-02,A,150', '2025-10-03,A,150', '2025-10-04,A,170'), counter);
    expect(await desk.views()).toEqual([
      'A 2025-10-01 opening 100',
      'A 2025-10-02 50',
      'A 2025-10-03 0',
      'A 2025-10-04 20',
    ]);
    expect(
      await desk.rows('SELECT sum(views)::BIGINT AS views, sum(opening_views)::BIGINT AS opening FROM series_month'),
    ).toEqual([{ views: 70, opening: 100 }]);
  });

  it('that falls adds nothing, warns, and goes on from the lower value', async () => {
    const { warnings } = await desk.import(csv('2025-10-01,A,100', '2025-10-02,A,90', '2025-10-03,A,95'), counter);
    expect(await desk.views()).toEqual(['A 2025-10-01 opening 100', 'A 2025-10-02 0', 'A 2025-10-03 5']);
    expect(warnings.map((w) => [w.code, w.count])).toEqual([['counter_fell', 1]]);
  });

  it('spreads over skipped days in whole views, the remainder on the latest days', async () => {
    await desk.import(csv('2025-10-01,A,100', '2025-10-02,A,100', '2025-10-05,A,111'), counter);
    expect(await desk.views()).toEqual([
      'A 2025-10-01 opening 100',
      'A 2025-10-02 0',
      'A 2025-10-03 3',
      'A 2025-10-04 4',
      'A 2025-10-05 4',
    ]);
    expect(await desk.rows('SELECT day::VARCHAR AS day FROM view_log WHERE estimated ORDER BY 1')).toEqual([
      { day: '2025-10-03' },
      { day: '2025-10-04' },
      { day: '2025-10-05' },
    ]);
  });

  it('counts its first value as views where the release lies within one step before it, whichever file comes first', async () => {
    const log = csv(
      '2025-10-02,A,100',
      '2025-10-03,A,150',
      '2025-10-02,B,7',
      '2025-10-03,B,9',
      '2025-10-02,C,5',
      '2025-10-03,C,6',
    );
    const catalogue = releases('A,a,2025-10-01', 'B,b,2025-09-29', 'C,c,2025-10-02');
    const wanted = [
      'A 2025-10-02 100',
      'A 2025-10-03 50',
      'B 2025-10-02 opening 7',
      'B 2025-10-03 2',
      'C 2025-10-02 5',
      'C 2025-10-03 1',
    ];
    await desk.import(log, counter);
    expect((await desk.views()).filter((line) => line.includes('opening'))).toHaveLength(3);
    const cat = await desk.import(catalogue);
    expect(await desk.views()).toEqual(wanted);
    await desk.imports.remove(cat.import_id);
    expect((await desk.views()).filter((line) => line.includes('opening'))).toHaveLength(3);
  });

  it('takes the source’s most frequent gap for a step', async () => {
    // Weekly snapshots: a release five days before the first one lies within a step.
    await desk.import(csv('2025-10-08,A,70', '2025-10-15,A,140', '2025-10-22,A,147'), counter);
    await desk.import(releases('A,a,2025-10-03'));
    expect((await desk.views()).slice(0, 7)).toEqual([
      'A 2025-10-04 14',
      'A 2025-10-05 14',
      'A 2025-10-06 14',
      'A 2025-10-07 14',
      'A 2025-10-08 14',
      'A 2025-10-09 10',
      'A 2025-10-10 10',
    ]);
  });

  it('keeps each column of the file as a counter, and levels as they are', async () => {
    await desk.import(
      'snapshot_date,video_id,views,likes,heat\n2025-10-01,A,100,10,7\n2025-10-02,A,150,15,8\n2025-10-04,A,170,,9\n2025-10-05,A,180,21,\n',
      counter,
    );
    const rows = await desk.rows(
      'SELECT day::VARCHAR AS day, kind::VARCHAR AS kind, views, likes, heat FROM view_log ORDER BY day',
    );
    expect(rows.map((r) => [r.day, r.kind, r.views, r.likes, r.heat])).toEqual([
      ['2025-10-01', 'opening', 100, 10, 7],
      ['2025-10-02', 'increment', 50, 5, 8],
      ['2025-10-03', 'increment', 10, null, null],
      ['2025-10-04', 'increment', 10, null, 9],
      ['2025-10-05', 'increment', 10, 6, null],
    ]);
  });

  it('stated twice for a day is the higher value, not a sum', async () => {
    const { warnings } = await desk.import(csv('2025-10-01,A,100', '2025-10-02,A,150', '2025-10-02,A,140'), counter);
    expect(await desk.views()).toEqual(['A 2025-10-01 opening 100', 'A 2025-10-02 50']);
    expect(warnings.map((w) => w.code)).toEqual(['key_repeated']);
  });

  it('that is rounded warns of what its increments are worth, also where only the import before was', async () => {
    const options = { source: 'r', views_are: 'cumulative' as const };
    const first = await desk.import(csv('2025-10-01,A,1.9亿', '2025-10-02,A,2.1亿', '2025-10-02,B,500'), { options });
    expect(first.warnings).toEqual([
      {
        code: 'rounded_counter',
        count: 1,
        detail: {
          en: 'increments taken from rounded counters: typically up to ±10,000,000 on an increment of 20,000,000; import a column of increments or unrounded counters where there is one',
          zh: '增量由取整的累计值相减得出：通常每 20,000,000 的增量误差可达 ±10,000,000；如有增量列或未取整的累计值，请改用',
        },
      },
    ]);
    const second = await desk.import(csv('2025-10-03,A,210000007', '2025-10-03,B,600'), { options });
    expect(second.warnings.map((w) => [w.code, w.count])).toEqual([['rounded_counter', 1]]);
    expect(second.warnings[0]?.detail.en).toContain('±5,000,000 on an increment of 7, so they tell nothing by the day');
    const third = await desk.import(csv('2025-10-04,A,210000009', '2025-10-04,B,700'), { options });
    expect(third.warnings).toEqual([]);
    const again = await desk.imports.dryRunFile(await desk.write('again.csv', csv('2025-10-04,A,2.2亿')), { options });
    expect(again.warnings.map((w) => [w.code, w.count])).toEqual([
      ['rows_changed', 1],
      ['rounded_counter', 1],
    ]);
  });

  it('read by the hour gives increments by the hour', async () => {
    await desk.import(
      'snapshot_time,video_id,views\n2025-10-01 10:00:00,A,10\n2025-10-01 11:00:00,A,15\n2025-10-01 13:00:00,A,16\n',
      counter,
    );
    expect(await desk.views()).toEqual([
      'A 2025-10-01 02:00Z opening 10',
      'A 2025-10-01 03:00Z 5',
      'A 2025-10-01 05:00Z 1',
    ]);
  });

  it('is seen from some of the series where there are thousands', async () => {
    const dates = [1, 2, 3];
    // Of a hundred series, this many fall from the second date to the third: one step in two.
    const steps = (falling: number) =>
      Array.from({ length: 6500 }, (_, i) =>
        dates.map((d) => `2025-10-0${d},S${i},${d === 3 && i % 100 < falling ? 900 : 1000 + 10 * d}`),
      ).flat();
    const proposed = async (falling: number) => {
      const { options } = await desk.imports.upload(Readable.from([csv(...steps(falling))]), `${falling}.csv`);
      return options.views_are;
    };
    expect(await proposed(2)).toBe('cumulative');
    expect(await proposed(40)).toBe('increment');
  });

  it('is seen from the values', async () => {
    const rising = Array.from({ length: 25 }, (_, i) =>
      [1, 2, 3].map((d) => `2025-10-0${d},S${i},${1000 + 100 * d + i}`),
    ).flat();
    const falling = Array.from({ length: 25 }, (_, i) =>
      [1, 2, 3].map((d) => `2025-10-0${d},S${i},${Math.round(1000 / d) + i}`),
    ).flat();
    const few = rising.slice(0, 30);
    const verdict = async (lines: string[], source: string) => {
      const record = await desk.import(csv(...lines), { options: { source } });
      return (await desk.rows(`SELECT views_are FROM import WHERE import_id = '${record.import_id}'`))[0]?.views_are;
    };
    expect(await verdict(rising, 'a')).toBe('cumulative');
    expect(await verdict(falling, 'b')).toBe('increment');
    expect(await verdict(few, 'c')).toBe('cumulative');
    // Fewer than 20 steps leave it open: what is said holds.
    expect(await verdict(few.slice(0, 9), 'd')).toBe('increment');
    // One day alone tells nothing; what the source was before does.
    expect(await verdict(['2025-10-04,S1,1900'], 'a')).toBe('cumulative');
    expect(await desk.views(`k.series_id = 'S1' AND v.day = DATE '2025-10-04' AND v.source_key = 1`)).toEqual([
      'S1 2025-10-04 599',
    ]);
  });
});

/**
 * docs/definitions.md#counters-and-openings in plain JavaScript: latest import per day, steps of one day, spread over
 * skipped days.
 */
function increments(snapshots: readonly { series: string; day: number; value: number; import: number }[]): string[] {
  const lines: string[] = [];
  for (const series of new Set(snapshots.map((s) => s.series))) {
    const byDay = new Map<number, { value: number; import: number }>();
    for (const s of snapshots.filter((x) => x.series === series))
      if ((byDay.get(s.day)?.import ?? 0) < s.import) byDay.set(s.day, s);
    const chain = [...byDay].sort(([a], [b]) => a - b);
    for (const [i, [day, { value }]] of chain.entries()) {
      const date = (d: number) => `2025-10-${String(d).padStart(2, '0')}`;
      const before = chain[i - 1];
      if (!before) {
        lines.push(`${series} ${date(day)} opening ${value}`);
        continue;
      }
      const total = Math.max(0, value - before[1].value);
      const n = day - before[0];
      for (let k = 0; k < n; k++)
        lines.push(`${series} ${date(before[0] + 1 + k)} ${Math.floor(total / n) + (k >= n - (total % n) ? 1 : 0)}`);
    }
  }
  return lines.sort();
}

describe('any sequence of counter files and undos', () => {
  it.each([11, 12, 13, 14])('gives the increments that the snapshots say (seed %i)', async (seed) => {
    let state = seed;
    const pick = (below: number) => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((state / 2_147_483_648) * below);
    };
    const alive: { id: string; rows: { series: string; day: number; value: number; import: number }[] }[] = [];
    for (let step = 1; step <= 8; step++) {
      if (alive.length > 1 && pick(3) === 0) {
        const [gone] = alive.splice(pick(alive.length), 1);
        await desk.imports.remove(gone?.id ?? '');
      } else {
        const rows = new Map<string, { series: string; day: number; value: number; import: number }>();
        for (let n = 0; n < 8; n++) {
          const row = { series: 'ABC'.charAt(pick(3)), day: 1 + pick(20), value: pick(1000), import: step };
          rows.set(`${row.series}${row.day}`, row);
        }
        const own = [...rows.values()];
        const record = await desk.import(
          csv(...own.map((r) => `2025-10-${String(r.day).padStart(2, '0')},${r.series},${r.value}`)),
          counter,
        );
        alive.push({ id: record.import_id, rows: own });
      }
      expect(await desk.views()).toEqual(increments(alive.flatMap((a) => a.rows)));
      expect(await desk.rows('SELECT sum(views)::BIGINT AS v FROM series_day')).toEqual(
        await desk.rows(`SELECT sum(views)::BIGINT AS v FROM view_log WHERE kind = 'increment'`),
      );
    }
  });
});
