import type { Scope } from '../../../contract/analyses.ts';
import type { MeasureId, ScopeFilter } from '../../../contract/query.ts';
import { ProblemError } from '../../../problem.ts';
import { type LogSpan, type Range, resolveRange } from '../../language/calendar.ts';
import { DIMENSION_CATALOG } from '../../language/dimensions.ts';
import { type Engine, spanOf } from '../../language/engine.ts';
import { isAvailable, MEASURE_CATALOG, unavailable } from '../../language/measures.ts';
import { dimensionsOf } from '../../query/log-rows.ts';
import { withOwnTotals } from '../../query/series-filters.ts';

export interface AnalysisScope {
  readonly log: LogSpan;
  /** Default: all data. */
  readonly range: Range;
  readonly filters: readonly ScopeFilter[];
}

/**
 * @throws ProblemError `invalid_request` if the range ends before it starts, `invalid_filter` for a filter on a
 * measure, `not_enough_data` without data
 */
export function scopeOf(engine: Engine, params: Pick<Scope, 'from' | 'to' | 'filters'>): AnalysisScope {
  const log = spanOf(engine);
  const range = resolveRange(params, log);
  if (range.from > range.to) {
    const message = {
      en: `The range ends (${range.to}) before it starts (${range.from}); the data span ${log.from} to ${log.asOf}.`,
      zh: `结束日期 ${range.to} 早于开始日期 ${range.from}；数据范围为 ${log.from} 至 ${log.asOf}。`,
    };
    throw new ProblemError('invalid_request', message, [{ path: 'to', message }]);
  }
  const filters = params.filters.map((filter, i) => {
    if (!('measure' in filter)) return filter;
    const message = {
      en: `An analysis takes filters on dimensions only; "${filter.measure}" is a measure. POST /api/v1/query filters on measures.`,
      zh: `专题分析只能按维度筛选，“${filter.measure}”是指标；按指标筛选请用 POST /api/v1/query。`,
    };
    throw new ProblemError('invalid_filter', message, [{ path: `filters.${i}`, message }]);
  });
  return { log, range, filters: withOwnTotals(filters, range, engine.state) };
}

/** With a log filter a series counts only if it has views (docs/definitions.md#new_series). */
export const filtersLog = (filters: readonly ScopeFilter[]): boolean =>
  dimensionsOf(filters).some((id) => DIMENSION_CATALOG[id].source.level === 'log');

/** @throws ProblemError `measure_unavailable` */
export function requireMeasure(engine: Engine, id: MeasureId): void {
  if (isAvailable(MEASURE_CATALOG[id], engine.state.columns)) return;
  throw unavailable(MEASURE_CATALOG[id]);
}
