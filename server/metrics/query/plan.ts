import type { LogColumn } from '../../contract/columns.ts';
import type { DimensionId, Grain, Label, MeasureFilter, Query, ScopeFilter } from '../../contract/query.ts';
import { noSuchName } from '../../given.ts';
import { ProblemError } from '../../problem.ts';
import type { DatasetState } from '../../warehouse/warehouse.ts';
import {
  type Comparison,
  comparisonOf,
  type DayGrain,
  hoursStayWhole,
  type LogSpan,
  lengthOf,
  type Period,
  periodsOf,
  type Range,
  resolveRange,
} from '../language/calendar.ts';
import { DIMENSION_CATALOG } from '../language/dimensions.ts';
import type { Factor } from '../language/exchange-rates.ts';
import { isHeat, onePlatform } from '../language/heat.ts';
import { isAvailable, MEASURE_CATALOG, type Measure, sumsOf, unavailable } from '../language/measures.ts';
import { columnOf } from '../language/sums.ts';
import { type Charts, chartsAsked } from './charts.ts';
import { dimensionsOf } from './log-rows.ts';
import { chooseTable, type TableChoice } from './rollups.ts';
import { withOwnTotals } from './series-filters.ts';

/** A checked query: nothing a client could still bend. */
export interface Plan {
  readonly query: Query;
  readonly log: LogSpan;
  readonly range: Range;
  readonly comparison: Comparison | null;
  readonly periods: readonly Period[];
  /** Hours, with ranks and totals: rows without a time of day do not count. */
  readonly timedRows: boolean;
  readonly measures: readonly Measure[];
  readonly dimensions: readonly DimensionId[];
  readonly scopeFilters: readonly ScopeFilter[];
  readonly measureFilters: readonly MeasureFilter[];
  /** A log dimension is grouped or filtered: a series counts only if it has views. */
  readonly usesLogDimension: boolean;
  readonly choice: TableChoice;
  readonly charts: Charts | null;
  /** For money, if converted. */
  readonly factors: readonly Factor[] | null;
  /** Those shown, when the rest is computed. */
  readonly excluded: { readonly dimensions: readonly DimensionId[]; readonly combos: readonly (readonly string[])[] };
}

/** Cut to the elapsed days if the comparison is. */
export const currentRange = (plan: Plan): Range => plan.comparison?.current ?? plan.range;

/**
 * @throws ProblemError `measure_unavailable`, `one_platform_needed`, `hours_not_comparable`, `invalid_request`,
 * `not_enough_data`. Currencies are looked up later: `moneyOf`.
 */
export function planQuery(query: Query, state: DatasetState, log: LogSpan): Plan {
  const range = resolveRange(query.time, log);
  if (range.from > range.to) {
    throw invalid('time.to', {
      en: `The range ends (${range.to}) before it starts (${range.from}); the data span ${log.from} to ${log.asOf}.`,
      zh: `结束日期 ${range.to} 早于开始日期 ${range.from}；数据范围为 ${log.from} 至 ${log.asOf}。`,
    });
  }
  const dimensions = [...new Set(query.dimensions)];
  const scopeFilters = withOwnTotals(
    query.filters.filter((filter): filter is ScopeFilter => !('measure' in filter)),
    range,
    state,
  );
  const measureFilters = query.filters.filter((filter) => 'measure' in filter);
  const measures = [...new Set([...query.measures, ...measureFilters.map((filter) => filter.measure)])].map(
    (id) => MEASURE_CATALOG[id],
  );
  checkMeasures(measures, dimensions, scopeFilters, state);
  checkSort(query, dimensions);
  const comparison = query.compare ? comparisonOf(range, query.compare, log, query.align) : null;
  const grain = query.time.grain;
  if (grain === 'hour') checkHours({ query, measures, range, comparison }, state.timeZone);
  const used = [...dimensions, ...dimensionsOf(scopeFilters)];
  return {
    query,
    log,
    range,
    comparison,
    timedRows: grain === 'hour',
    periods: grain && grain !== 'hour' ? periodsOf(comparison?.current ?? range, grain, log) : [],
    measures,
    dimensions,
    scopeFilters,
    measureFilters,
    charts: chartsAsked(state, scopeFilters, {
      current: comparison?.current ?? range,
      previous: comparison?.previous,
    }),
    usesLogDimension: used.some((id) => DIMENSION_CATALOG[id].source.level === 'log'),
    excluded: { dimensions: [], combos: [] },
    choice: chooseTable(needsOf({ query, range, comparison, measures, dimensions, scopeFilters }), log),
    factors: null,
  };
}

const needsOf = (plan: Pick<Plan, 'query' | 'range' | 'comparison' | 'measures' | 'dimensions' | 'scopeFilters'>) => ({
  ranges: plan.comparison ? [plan.comparison.current, plan.comparison.previous] : [plan.range],
  grain: plan.query.time.grain,
  dimensions: [...plan.dimensions, ...dimensionsOf(plan.scopeFilters)],
  columns: columnsOf(plan.measures),
});

/** On a table that keeps currencies apart. */
export const convertedPlan = (plan: Plan, factors: readonly Factor[]): Plan => ({
  ...plan,
  factors,
  choice: chooseTable({ ...needsOf(plan), currencies: true }, plan.log),
});

const invalid = (path: string, message: Label) => new ProblemError('invalid_request', message, [{ path, message }]);

export function columnsOf(measures: readonly Measure[]): ReadonlySet<LogColumn> {
  return new Set(measures.flatMap((measure) => sumsOf(measure).map(columnOf)));
}

function checkMeasures(
  measures: readonly Measure[],
  dimensions: readonly DimensionId[],
  filters: readonly ScopeFilter[],
  state: DatasetState,
): void {
  for (const measure of measures) {
    if (!isAvailable(measure, state.columns)) {
      throw unavailable(measure);
    }
    if (isHeat(measure) && !dimensions.includes('platform') && !onePlatform(filters)) {
      throw new ProblemError('one_platform_needed', {
        en: `${measure.id} is an index of one platform: group by platform, or filter to one with {"dimension":"platform","op":"in","values":["…"]}.`,
        zh: `${measure.label.zh}（${measure.id}）是单个平台的指数：请按平台分组，或用 {"dimension":"platform","op":"in","values":["…"]} 只选一个平台。`,
      });
    }
  }
}

function checkHours(
  { query, measures, range, comparison }: Pick<Plan, 'query' | 'measures' | 'range' | 'comparison'>,
  zone: string,
): void {
  if (measures.some(({ aggregation }) => ['cumulative', 'new_series'].includes(aggregation.kind))) {
    throw invalid('time.grain', {
      en: 'cumulative_views and new_series are stated by day; ask for grain "day" or coarser.',
      zh: 'cumulative_views 与 new_series 按日统计，请用日（day）或更粗的粒度。',
    });
  }
  if (query.per_day) {
    throw invalid('per_day', {
      en: 'An hour is less than a day, and hours are of one length already: leave out per_day, or ask for grain "day" or coarser.',
      zh: '小时短于一天且长度一致，无需折算日均：请去掉 per_day，或用日（day）及更粗的粒度。',
    });
  }
  const ranges = comparison ? [comparison.current, comparison.previous] : [range];
  for (const days of ranges.map(lengthOf)) {
    if (days > 93)
      throw invalid('time.grain', {
        en: `Hours are given for at most 93 days at once; this range has ${days}.`,
        zh: `按小时查询一次最多 93 天，所选区间有 ${days} 天。`,
      });
  }
  if (comparison && !ranges.every((one) => hoursStayWhole(zone, one))) {
    throw new ProblemError(
      'hours_not_comparable',
      {
        en: `The clock of ${zone} moves by part of an hour within ${ranges.map(({ from, to }) => `${from} to ${to}`).join(' or ')}, so the hours of the two ranges do not lie on each other. Ask for grain "day", or for ranges that do not hold the change.`,
        zh: `${zone} 的时钟在 ${ranges.map(({ from, to }) => `${from} 至 ${to}`).join('或')} 期间调整了不足一小时，两个区间的小时无法对齐。请用日（day）粒度，或避开调整的日期。`,
      },
      [
        {
          path: 'time.grain',
          message: {
            en: `the clock of ${zone} moves by part of an hour`,
            zh: `${zone} 的时钟调整了不足一小时`,
          },
        },
      ],
    );
  }
}

/** Measures (with comparison), dimensions and period. */
function checkSort(query: Query, dimensions: readonly DimensionId[]): void {
  const allowed = new Set<string>(dimensions);
  for (const id of query.measures) {
    allowed.add(id);
    if (query.compare) for (const suffix of ['previous', 'delta', 'growth']) allowed.add(`${id}__${suffix}`);
  }
  if (query.time.grain) allowed.add('period');
  query.sort?.forEach((sort, i) => {
    if (!allowed.has(sort.by)) {
      throw invalid(`sort.${i}.by`, noSuchName(sort.by, [...allowed]));
    }
  });
}

export function isDayGrain(grain: Grain | undefined): grain is DayGrain {
  return grain !== undefined && grain !== 'hour';
}
