import type { DimensionFilter } from '../../../../server/contract/query.ts';
import { businessDay, type Fixture, type FixtureRow, type FixtureSeries, marketOf } from '../fixture.ts';

/** The rows and definitions of a fixture in plain JavaScript: what the engine's answers are held against. */
export interface OracleRow extends FixtureRow {
  readonly day: string;
  readonly info: FixtureSeries;
}

const ZONE = 'Asia/Shanghai';

export function oracleRows(fixture: Fixture, filters: readonly DimensionFilter[] = []): OracleRow[] {
  const infos = new Map(fixture.series.map((series) => [series.id, series]));
  return fixture.rows.flatMap((row) => {
    const info = infos.get(row.series);
    if (!info) throw new Error(`no series ${row.series}`);
    const whole = { ...row, day: row.day ?? businessDay(row.at, ZONE), info };
    return filters.every((filter) => passes(whole, filter)) ? [whole] : [];
  });
}

/** Members of a row under a dimension; several for genre and credited producer. */
export function membersOf(row: { info: FixtureSeries } & Partial<FixtureRow>, dimension: string): readonly string[] {
  const { info } = row;
  const orUnknown = (values: readonly (string | undefined)[]) => {
    const known = values.filter((value) => value !== undefined);
    return known.length > 0 ? known : ['(unknown)'];
  };
  switch (dimension) {
    case 'series':
      return [info.id];
    case 'producer':
      return orUnknown([info.producers?.[0]]);
    case 'credited_producer':
      return orUnknown(info.producers ?? []);
    case 'primary_genre':
      return orUnknown([info.genres?.[0]]);
    case 'genre':
      return orUnknown(info.genres ?? []);
    case 'format':
      return orUnknown([info.format]);
    case 'platform':
      return [row.platform ?? 'hongguo'];
    case 'region':
      return [row.region ?? 'CN'];
    case 'market':
      return [marketOf(row.region ?? 'CN')];
    default:
      throw new Error(`the oracle does not know ${dimension}`);
  }
}

function passes(row: OracleRow, filter: DimensionFilter): boolean {
  const members = membersOf(row, filter.dimension);
  if (filter.op === 'in') return filter.values.some((value) => members.includes(value));
  if (filter.op === 'not_in') return !filter.values.some((value) => members.includes(value));
  throw new Error(`the oracle does not know ${filter.op}`);
}

export const viewsOf = (rows: readonly FixtureRow[], kind: 'increment' | 'opening' = 'increment'): number =>
  rows.filter((row) => (row.kind ?? 'increment') === kind).reduce((sum, row) => sum + Number(row.views ?? 0), 0);

export const within = (rows: readonly OracleRow[], from: string, to: string): OracleRow[] =>
  rows.filter((row) => row.day >= from && row.day <= to);

export const groupBy = <T>(items: readonly T[], keysOf: (item: T) => readonly string[]): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const item of items)
    for (const key of keysOf(item)) {
      const group = groups.get(key);
      if (group) group.push(item);
      else groups.set(key, [item]);
    }
  return groups;
};

export const median = (values: readonly number[]): number | null => {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  return upper === undefined || lower === undefined ? null : (upper + lower) / 2;
};

export const releaseDayOf = (info: FixtureSeries): string | null =>
  info.release === undefined ? null : info.release.includes('T') ? businessDay(info.release, ZONE) : info.release;

export interface OracleCrossing {
  readonly series: string;
  readonly crossed_at: string | null;
  readonly day: string | null;
}

/**
 * Crossings the slow way: every bucket in turn, the cumulative count at its end summed afresh from all rows. Offsets
 * are +08:00 throughout.
 */
export function crossingsOf(rows: readonly OracleRow[], threshold: number): OracleCrossing[] {
  const found: OracleCrossing[] = [];
  for (const [series, own] of groupBy(rows, (row) => [row.series])) {
    const openings = viewsOf(own, 'opening');
    if (openings >= threshold) {
      found.push({ series, crossed_at: null, day: null });
      continue;
    }
    const buckets = [...new Set(own.map((row) => row.day))].sort().flatMap((day) => {
      const sameDay = own.filter((row) => row.day === day);
      if (!sameDay.every((row) => row.at !== undefined))
        return [{ day, at: day, covers: (r: OracleRow) => r.day <= day }];
      const hours = [...new Set(sameDay.map((row) => row.at?.slice(0, 13) ?? ''))].sort();
      return hours.map((hour) => ({
        day,
        at: `${hour}:00:00+08:00`,
        covers: (r: OracleRow) => r.day < day || (r.day === day && (r.at ?? '').slice(0, 13) <= hour),
      }));
    });
    const first = buckets.find((bucket) => openings + viewsOf(own.filter(bucket.covers)) >= threshold);
    if (first) found.push({ series, crossed_at: first.at, day: first.day });
  }
  return found;
}
