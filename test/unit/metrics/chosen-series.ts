import type { DimensionFilter, SeriesFilter } from '../../../server/contract/query.ts';
import type { Fixture } from './fixture.ts';
import { Oracle, type OracleRange } from './oracle.ts';

const SECONDS_IN_HOUR = 3600;

/** Ids that a filter on totals chooses, in plain JavaScript over the raw rows: rows that state nothing add nothing. */
export function chosenSeries(
  fixture: Fixture,
  filter: SeriesFilter,
  range: OracleRange,
  within: readonly DimensionFilter[],
): string[] {
  const asked = 'series_top' in filter ? filter.series_top : filter.series_where;
  const { from, to, filters } = asked.over ?? { ...range, filters: within };
  const totals = new Map<string, number>();
  for (const row of new Oracle(fixture).kept(filters)) {
    const value = asked.measure === 'watch_hours' ? row.watch_seconds : row[asked.measure];
    if (row.kind === 'opening' || row.day < from || row.day > to || value === undefined) continue;
    totals.set(row.series, (totals.get(row.series) ?? 0) + Number(value));
  }
  const scale = asked.measure === 'watch_hours' ? SECONDS_IN_HOUR : 1;
  const sums = [...totals].map(([id, total]) => ({ id, total: total / scale }));
  if ('series_top' in filter) {
    const order = sums.toSorted((a, b) => b.total - a.total || (a.id < b.id ? -1 : 1));
    return order.slice(0, filter.series_top.n).map(({ id }) => id);
  }
  const { series_where: where } = filter;
  const holds = (total: number): boolean => {
    switch (where.op) {
      case 'gt':
        return total > where.value;
      case 'gte':
        return total >= where.value;
      case 'lt':
        return total < where.value;
      case 'lte':
        return total <= where.value;
      case 'between':
        return total >= where.values[0] && total <= where.values[1];
    }
  };
  return sums.filter(({ total }) => holds(total)).map(({ id }) => id);
}

/** The same series named one by one; a name that none has if there are none. */
export const named = (ids: readonly string[]): DimensionFilter => ({
  dimension: 'series',
  op: 'in',
  values: ids.length > 0 ? [...ids] : ['nobody'],
});
