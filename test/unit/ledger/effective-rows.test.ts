import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Desk } from '../ingest/desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await Desk.open();
});
afterEach(() => desk.close());

const csv = (...lines: string[]) => `time,series_id,platform,episode,views\n${lines.join('\n')}\n`;
const source = { options: { source: 's' } };

describe('one file', () => {
  it('counts identical lines once, and adds lines that differ', async () => {
    const record = await desk.import(
      'time,series_id,rank,views,heat\n2025-10-01,A,1,5,9\n2025-10-01,A,1,5,9\n2025-10-01,A,2,7,8\n2025-10-02,A,1,1,1\n',
    );
    expect(await desk.views()).toEqual(['A 2025-10-01 12', 'A 2025-10-02 1']);
    expect(await desk.rows(`SELECT heat FROM view_log WHERE day = DATE '2025-10-01'`)).toEqual([{ heat: 9 }]);
    expect(record).toMatchObject({ rows_read: 4, rows_committed: 2 });
    expect(record.warnings.map((w) => [w.code, w.count])).toEqual([
      ['identical_lines', 1],
      ['key_repeated', 1],
    ]);
  });

  it('counts only the finer of mixed grains', async () => {
    await desk.import(
      csv(
        '2025-10-01,A,douyin,,100',
        '2025-10-01,A,douyin,1,60',
        '2025-10-01,A,douyin,2,30',
        '2025-10-02,A,douyin,,50',
        '2025-10-01,A,hongguo,,7',
      ),
    );
    expect(await desk.views()).toEqual([
      'A 2025-10-01 7',
      'A 2025-10-01 ep1 60',
      'A 2025-10-01 ep2 30',
      'A 2025-10-02 50',
    ]);
    await desk.import(csv('2025-11-01,A,douyin,,100', '2025-11-01 10:00:00,A,douyin,,60'), {
      options: { source: 'hours' },
    });
    expect(await desk.views(`v.day >= DATE '2025-11-01'`)).toEqual(['A 2025-11-01 02:00Z 60']);
  });
});

describe('several files of a source', () => {
  const first = csv('2025-10-01,A,douyin,,1', '2025-10-02,A,douyin,,2', '2025-10-03,A,douyin,,3');
  const second = csv('2025-10-02,A,douyin,,20', '2025-10-03,A,douyin,,3', '2025-10-04,A,douyin,,40');

  it('take the latest import of a key, and tell what changed', async () => {
    await desk.import(first, source);
    expect(await desk.imports.dryRunFile(await desk.write('dry.csv', second), source)).toMatchObject({
      new: 1,
      changed: 1,
      identical: 1,
      rejected: 0,
      changed_samples: [{ key: 'A · douyin · CN · 2025-10-02', before: 'views 2', after: 'views 20' }],
    });
    expect(await desk.views()).toEqual(['A 2025-10-01 1', 'A 2025-10-02 2', 'A 2025-10-03 3']);
    const record = await desk.import(second, source);
    expect(record.rows_unchanged).toBe(1);
    expect(await desk.views()).toEqual(['A 2025-10-01 1', 'A 2025-10-02 20', 'A 2025-10-03 3', 'A 2025-10-04 40']);
    expect(await desk.rows('SELECT sum(views)::BIGINT AS v FROM series_month')).toEqual([{ v: 64 }]);
  });

  it.each([[[0, 1]], [[1, 0]]])('leave the world as if they had never been when undone, in order %s', async (order) => {
    const empty = await desk.everything();
    const a = await desk.import(first, source);
    const onlyA = await desk.everything();
    const b = await desk.import(second, source);
    const ids = [a.import_id, b.import_id];
    await desk.imports.remove(ids[order[0] ?? 0] ?? '');
    expect(await desk.views()).toEqual(
      order[0] === 1
        ? ['A 2025-10-01 1', 'A 2025-10-02 2', 'A 2025-10-03 3']
        : ['A 2025-10-02 20', 'A 2025-10-03 3', 'A 2025-10-04 40'],
    );
    if (order[0] === 1) expect(await desk.everything()).toEqual(onlyA);
    await desk.imports.remove(ids[order[1] ?? 0] ?? '');
    expect(await desk.everything()).toEqual(empty);
  });

  it('add up where they are appended, and hide the source’s days where they replace a range', async () => {
    await desk.import(first, source);
    await desk.import(csv('2025-10-02,A,douyin,,5'), { options: { source: 's', mode: 'append' } });
    expect(await desk.rows('SELECT sum(views)::BIGINT AS v FROM series_day')).toEqual([{ v: 11 }]);
    const replaced = await desk.import(csv('2025-10-01,B,douyin,,9', '2025-10-02,B,douyin,,9'), {
      options: { source: 's', mode: 'replace_range' },
    });
    expect(await desk.views()).toEqual(['A 2025-10-03 3', 'B 2025-10-01 9', 'B 2025-10-02 9']);
    await desk.imports.remove(replaced.import_id);
    expect(await desk.rows('SELECT sum(views)::BIGINT AS v FROM series_day')).toEqual([{ v: 11 }]);
  });

  it('keep sources apart: other sources add, with a warning where they state the same day', async () => {
    await desk.import(first, source);
    const { warnings } = await desk.import(first.replace(',1\n', ',10\n'), { options: { source: 'other' } });
    expect(warnings.map((w) => [w.code, w.count])).toEqual([['overlapping_sources', 3]]);
    expect(await desk.rows('SELECT sum(views)::BIGINT AS v FROM series_month')).toEqual([{ v: 21 }]);
  });

  it('bring coarser rows back when the finer are undone', async () => {
    await desk.import(csv('2025-10-01,A,douyin,,100'), source);
    const finer = await desk.import(csv('2025-10-01,A,douyin,1,60'), source);
    expect(await desk.views()).toEqual(['A 2025-10-01 ep1 60']);
    await desk.imports.remove(finer.import_id);
    expect(await desk.views()).toEqual(['A 2025-10-01 100']);
  });
});

/**
 * What docs/definitions.md#which-rows-count says, once more in plain JavaScript, over the rows of the imports that are
 * there.
 */
interface Row {
  readonly import: number;
  /** The import in whose place it counts: its own, or that of the file whose rejects it mends. */
  readonly place: number;
  readonly mode: 'upsert' | 'append' | 'replace_range';
  readonly day: number;
  readonly hour: number | null;
  readonly series: string;
  readonly episode: number | null;
  readonly views: number;
}

interface Imported {
  readonly no: number;
  readonly id: string;
  readonly rows: readonly Row[];
  /** What it mends, the nearest first. */
  readonly mends: readonly number[];
}

const key = (r: Row) => [r.series, r.day, r.hour, r.episode].join('|');

/** Rows in the place of the earliest import that is still there of those that they come from. */
function placed(imports: readonly Imported[]): Row[] {
  const there = new Set(imports.map(({ no }) => no));
  return imports.flatMap(({ no, rows, mends }) => {
    const place = [no, ...mends].filter((n) => there.has(n)).at(-1) ?? no;
    return rows.map((r) => ({ ...r, place }));
  });
}

function effectiveRows(imports: readonly Imported[]): Row[] {
  const rows = placed(imports);
  const ranges = rows
    .filter((r) => r.mode === 'replace_range')
    .map(({ place }) => {
      const days = rows.filter((r) => r.place === place).map((r) => r.day);
      return { place, from: Math.min(...days), to: Math.max(...days) };
    });
  const counting = rows.filter(
    (r) =>
      !ranges.some((range) => range.place > r.place && r.day >= range.from && r.day <= range.to) &&
      !rows.some((later) => later.mode !== 'append' && later.place > r.place && key(later) === key(r)) &&
      !rows.some((o) => o.place === r.place && o.import < r.import && key(o) === key(r) && o.views === r.views),
  );
  const cell = (r: Row) => `${r.series}|${r.day}`;
  const timed = new Set(counting.filter((r) => r.hour !== null).map(cell));
  const byTime = counting.filter((r) => r.hour !== null || !timed.has(cell(r)));
  const split = new Set(byTime.filter((r) => r.episode !== null).map(cell));
  return byTime.filter((r) => r.episode !== null || !split.has(cell(r)));
}

function effective(imports: readonly Imported[]): string[] {
  return effectiveRows(imports)
    .map(
      (r) =>
        `${r.series} 2025-10-0${r.day}${r.hour === null ? '' : ` ${String(r.hour - 8).padStart(2, '0')}:00Z`}${r.episode === null ? '' : ` ep${r.episode}`} ${r.views}`,
    )
    .sort();
}

/** Small repeatable pseudo-random numbers (mulberry32). */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

describe('any sequence of imports and undos', () => {
  it.each([1, 2, 3, 4])('leaves the rows that the definition says (seed %i)', async (seed) => {
    const pick = random(seed);
    const alive: Imported[] = [];
    for (let step = 1; step <= 9; step++) {
      if (alive.length > 0 && pick(3) === 0) {
        const [gone] = alive.splice(pick(alive.length), 1);
        await desk.imports.remove(gone?.id ?? '');
      } else {
        const drawn = (['upsert', 'upsert', 'append', 'replace_range'] as const)[pick(4)] ?? 'upsert';
        const mended = pick(3) === 0 ? alive[pick(Math.max(1, alive.length))] : undefined;
        const mode = mended ? (mended.rows[0]?.mode === 'append' ? 'append' : 'upsert') : drawn;
        const rows = new Map<string, Row>();
        // Some lines stand in the mended file, too.
        for (const row of mended?.rows.slice(0, 2) ?? []) rows.set(key(row), { ...row, import: step, mode });
        for (let n = 0; n < 12; n++) {
          const row = {
            import: step,
            place: step,
            mode,
            day: 1 + pick(4),
            hour: pick(3) === 0 ? 8 + pick(3) : null,
            series: 'AB'.charAt(pick(2)),
            episode: pick(3) === 0 ? 1 + pick(2) : null,
            views: pick(1000),
          };
          rows.set(key(row), row);
        }
        const lines = [...rows.values()].map(
          (r) =>
            `2025-10-0${r.day}${r.hour === null ? '' : ` ${String(r.hour).padStart(2, '0')}:00:00`},${r.series},douyin,${r.episode ?? ''},${r.views}`,
        );
        const days = [...rows.values()].map((r) => r.day);
        const within = (r: Row) => r.day >= Math.min(...days) && r.day <= Math.max(...days);
        const before = new Set(effectiveRows(alive).filter(within).map(key));
        const record = await desk.import(csv(...lines), {
          options: { source: 's', mode, views_are: 'increment', ...(mended ? { mends: mended.id } : {}) },
        });
        alive.push({
          no: step,
          id: record.import_id,
          rows: [...rows.values()],
          mends: mended ? [mended.no, ...mended.mends] : [],
        });
        const gone = mode === 'replace_range' ? [...before].filter((k) => !rows.has(k)).length : 0;
        expect(record.warnings.find(({ code }) => code === 'rows_replaced')?.count ?? 0).toBe(gone);
      }
      expect(await desk.views()).toEqual(effective(alive));
      const wanted = effective(alive).reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
      expect(
        await desk.rows(
          'SELECT coalesce(sum(views), 0)::BIGINT AS d, (SELECT coalesce(sum(views), 0)::BIGINT FROM series_month) AS m FROM series_day',
        ),
      ).toEqual([{ d: wanted, m: wanted }]);
    }
  });
});
