import type { ScopeFilter, SeriesFilter, TotalsOver } from '../../contract/query.ts';
import { ProblemError } from '../../problem.ts';
import type { DatasetState } from '../../warehouse/warehouse.ts';
import type { Range } from '../language/calendar.ts';
import { isAvailable, MEASURE_CATALOG, unavailable } from '../language/measures.ts';
import { isMoney, mixedCurrency } from '../language/money.ts';

/** What a filter chooses series by. */
export const totalOf = (filter: SeriesFilter) => ('series_top' in filter ? filter.series_top : filter.series_where);
export type Total = ReturnType<typeof totalOf>;

/**
 * Writes into each filter on totals what they are taken over, so that it chooses the same series in every question that
 * an answer is made of. @throws ProblemError `measure_unavailable`, `mixed_currency`, `invalid_request`
 */
export function withOwnTotals(
  filters: readonly ScopeFilter[],
  { from, to }: Range,
  state: Pick<DatasetState, 'columns' | 'currencies'>,
): readonly ScopeFilter[] {
  const own: TotalsOver = { from, to, filters: filters.filter((filter) => 'dimension' in filter) };
  return filters.map((filter) => {
    if ('dimension' in filter) return filter;
    const over = totalOf(filter).over ?? own;
    refuse({ ...totalOf(filter), over }, state);
    return 'series_top' in filter
      ? { series_top: { ...filter.series_top, over } }
      : { series_where: { ...filter.series_where, over } };
  });
}

function refuse(
  { measure: id, over }: Total & { readonly over: TotalsOver },
  { columns, currencies }: Pick<DatasetState, 'columns' | 'currencies'>,
): void {
  const measure = MEASURE_CATALOG[id];
  if (!isAvailable(measure, columns)) throw unavailable(measure);
  const oneCurrency = over.filters.some(
    (filter) => filter.dimension === 'currency' && filter.op === 'in' && new Set(filter.values).size === 1,
  );
  if (isMoney(measure) && currencies.length > 1 && !oneCurrency) throw mixedCurrency([id], currencies);
  if (over.from <= over.to) return;
  const message = {
    en: `The range that totals are taken over ends (${over.to}) before it starts (${over.from}).`,
    zh: `计算合计的时间范围结束日期 ${over.to} 早于开始日期 ${over.from}。`,
  };
  throw new ProblemError('invalid_request', message, [{ path: 'filters', message }]);
}
