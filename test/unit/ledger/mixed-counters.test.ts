import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Desk } from '../ingest/desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await Desk.open();
});
afterEach(() => desk.close());

const csv = (...lines: string[]) => `snapshot_time,video_id,episode,views\n${lines.join('\n')}\n`;
const counter = { options: { source: 's', views_are: 'cumulative' as const } };

describe('a source that counts episodes and the whole', () => {
  it('counts by episode wherever it does, and what came before once', async () => {
    const whole = await desk.import(
      csv('2025-10-01,A,,1000', '2025-10-02,A,,1100', '2025-10-03,A,,1250', '2025-10-04,A,,1300'),
      counter,
    );
    const episodes = csv('2025-10-02,A,1,700', '2025-10-02,A,2,400', '2025-10-03,A,1,790', '2025-10-03,A,2,460');
    const before = await desk.everything();
    const dry = await desk.imports.dryRunFile(await desk.write('dry.csv', episodes), counter);
    expect(dry.warnings.map((w) => [w.code, w.count])).toEqual([['mixed_grain', 3]]);
    const finer = await desk.import(episodes, counter);
    expect(await desk.views()).toEqual([
      'A 2025-10-01 opening 1000',
      'A 2025-10-02 100',
      'A 2025-10-03 ep1 90',
      'A 2025-10-03 ep2 60',
      'A 2025-10-04 50',
    ]);
    await desk.imports.remove(finer.import_id);
    expect(await desk.everything()).toEqual(before);
    await desk.import(episodes, counter);
    await desk.imports.remove(whole.import_id);
    expect(await desk.views()).toEqual([
      'A 2025-10-02 ep1 opening 700',
      'A 2025-10-02 ep2 opening 400',
      'A 2025-10-03 ep1 90',
      'A 2025-10-03 ep2 60',
    ]);
  });

  it('counts its stated increments by episode before a counter of the whole', async () => {
    await desk.import(csv('2025-10-01,A,,1000', '2025-10-02,A,,1100', '2025-10-03,A,,1250'), counter);
    const stated = await desk.import(csv('2025-10-02,A,1,60', '2025-10-02,A,2,30'), {
      options: { source: 's', views_are: 'increment' },
    });
    expect(await desk.views()).toEqual([
      'A 2025-10-01 opening 1000',
      'A 2025-10-02 ep1 60',
      'A 2025-10-02 ep2 30',
      'A 2025-10-03 150',
    ]);
    await desk.imports.remove(stated.import_id);
    expect(await desk.views()).toEqual(['A 2025-10-01 opening 1000', 'A 2025-10-02 100', 'A 2025-10-03 150']);
  });
});

describe('a counter that is read by the hour on some days', () => {
  it('leaves that day’s own reading out', async () => {
    await desk.import(csv('2025-10-01,A,,100', '2025-10-02,A,,130', '2025-10-03,A,,190'), counter);
    const hours = await desk.import(csv('2025-10-02 10:00:00,A,,120', '2025-10-02 20:00:00,A,,140'), counter);
    expect(await desk.views()).toEqual([
      'A 2025-10-01 opening 100',
      'A 2025-10-02 02:00Z 20',
      'A 2025-10-02 12:00Z 20',
      'A 2025-10-03 50',
    ]);
    await desk.imports.remove(hours.import_id);
    expect(await desk.views()).toEqual(['A 2025-10-01 opening 100', 'A 2025-10-02 30', 'A 2025-10-03 60']);
  });

  it('keeps what it gained over days that it skipped', async () => {
    await desk.import(
      csv('2025-10-01 10:00:00,A,,100', '2025-10-03 10:00:00,A,,160', '2025-10-03 11:00:00,A,,165'),
      counter,
    );
    expect(await desk.views()).toEqual([
      'A 2025-10-01 02:00Z opening 100',
      'A 2025-10-02 30',
      'A 2025-10-03 03:00Z 5',
      'A 2025-10-03 30',
    ]);
  });
});

interface Snapshot {
  readonly import: number;
  readonly series: string;
  readonly episode: number | null;
  readonly day: number;
  readonly value: number;
}

/**
 * docs/reading-files.md#which-of-two-grains-counts in plain JavaScript: increments per counter, of one day the episodes
 * where there are any, openings of the grain that starts first.
 */
function counting(snapshots: readonly Snapshot[]): string[] {
  interface Row {
    series: string;
    episode: number | null;
    day: number;
    views: number;
    opening: boolean;
  }
  const rows: Row[] = [];
  for (const key of new Set(snapshots.map((s) => `${s.series}|${s.episode}`))) {
    const own = snapshots.filter((s) => `${s.series}|${s.episode}` === key);
    const days = [...new Set(own.map((s) => s.day))].sort((a, b) => a - b);
    let before: { day: number; value: number } | null = null;
    for (const day of days) {
      const [latest] = own.filter((s) => s.day === day).sort((a, b) => b.import - a.import);
      if (!latest) continue;
      const { series, episode, value } = latest;
      if (!before) rows.push({ series, episode, day, views: value, opening: true });
      else {
        const total = Math.max(0, value - before.value);
        const n = day - before.day;
        for (let i = 0; i < n; i++)
          rows.push({
            series,
            episode,
            day: before.day + 1 + i,
            views: Math.floor(total / n) + (i >= n - (total % n) ? 1 : 0),
            opening: false,
          });
      }
      before = { day, value };
    }
  }
  const start = (series: string, fine: boolean) =>
    Math.min(...rows.filter((r) => r.series === series && (r.episode !== null) === fine).map((r) => r.day));
  const counts = (r: Row): boolean => {
    const fine = r.episode !== null;
    if (r.opening) {
      const [own, other] = [start(r.series, fine), start(r.series, !fine)];
      return !(r.day === own && (other < own || (other === own && !fine)));
    }
    return fine || !rows.some((o) => !o.opening && o.series === r.series && o.day === r.day && o.episode !== null);
  };
  return rows
    .filter(counts)
    .map(
      (r) =>
        `${r.series} 2025-10-${String(r.day).padStart(2, '0')}${r.episode === null ? '' : ` ep${r.episode}`}${r.opening ? ' opening' : ''} ${r.views}`,
    )
    .sort();
}

describe('any sequence of counters of both grains and undos', () => {
  it.each([21, 22, 23])('leaves the rows that the definition says (seed %i)', async (seed) => {
    let state = seed;
    const pick = (below: number) => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((state / 2_147_483_648) * below);
    };
    const alive: { id: string; rows: Snapshot[] }[] = [];
    for (let step = 1; step <= 7; step++) {
      if (alive.length > 1 && pick(3) === 0) {
        const [gone] = alive.splice(pick(alive.length), 1);
        await desk.imports.remove(gone?.id ?? '');
      } else {
        const rows = new Map<string, Snapshot>();
        for (let n = 0; n < 9; n++) {
          const row = {
            import: step,
            series: 'AB'.charAt(pick(2)),
            episode: pick(2) === 0 ? null : 1 + pick(2),
            day: 1 + pick(12),
            value: pick(1000),
          };
          rows.set(`${row.series}${row.episode}${row.day}`, row);
        }
        const own = [...rows.values()];
        const lines = own.map(
          (r) => `2025-10-${String(r.day).padStart(2, '0')},${r.series},${r.episode ?? ''},${r.value}`,
        );
        const record = await desk.import(csv(...lines), counter);
        alive.push({ id: record.import_id, rows: own });
      }
      const wanted = counting(alive.flatMap((a) => a.rows));
      expect(await desk.views()).toEqual(wanted);
      const sum = (opening: boolean) =>
        wanted
          .filter((w) => w.includes('opening') === opening)
          .reduce((all, w) => all + Number(w.split(' ').at(-1)), 0);
      expect(
        await desk.rows(
          `SELECT coalesce(sum(views), 0)::BIGINT AS views, coalesce(sum(opening_views), 0)::BIGINT AS opening FROM series_day`,
        ),
      ).toEqual([{ views: sum(false), opening: sum(true) }]);
    }
  });
});
