import type { Scope } from '../../../contract/analyses.ts';
import {
  type Compare,
  type DimensionFilter,
  type Grain,
  grainSchema,
  type Query,
  type ScopeFilter,
} from '../../../contract/query.ts';
import { addDays, comparisonOf, endOf, type LogSpan, later, type Range, startOf } from '../../language/calendar.ts';
import { type Engine, spanOf } from '../../language/engine.ts';
import { MEASURE_CATALOG } from '../../language/measures.ts';
import { isMoney } from '../../language/money.ts';
import type { Inputs, Part } from '../../query/lineage.ts';
import { planQuery } from '../../query/plan.ts';
import { totalOf } from '../../query/series-filters.ts';
import { dateValue, sql } from '../../sql/sql.ts';
import { type AnalysisScope, scopeOf } from './scope.ts';

const wholeLog = ({ from, asOf }: LogSpan): Range => ({ from, to: asOf });
const upTo = ({ from }: LogSpan, { to }: Range): Range => ({ from, to });
const named = (series: readonly string[]): DimensionFilter => ({ dimension: 'series', op: 'in', values: [...series] });

/** Which series a total chooses rests on the rows of all. */
const choicesOf = (filters: readonly ScopeFilter[]): Part[] =>
  filters.flatMap((filter) => {
    const over = 'dimension' in filter ? undefined : totalOf(filter).over;
    return over === undefined ? [] : [{ ranges: [over], filters: over.filters }];
  });

/** Of series released inside the log. */
const earlyLife = (log: LogSpan, filters: readonly ScopeFilter[], firstDays: number): Part => ({
  ranges: [wholeLog(log)],
  filters,
  firstDays,
  series: sql`s.release_day >= ${dateValue(log.from)}`,
});

/** One row anywhere makes a series count. */
const livesOf = ({ range, log, filters }: AnalysisScope): Part => ({
  ranges: [wholeLog(log)],
  filters,
  series: sql`s.release_day BETWEEN ${dateValue(later(range.from, log.from))} AND ${dateValue(range.to)}`,
});

/** Cumulative measures reach back; ages cover first days. */
export function inputsOfQuery(engine: Engine, query: Query): Inputs {
  const plan = planQuery(query, engine.state, spanOf(engine));
  const { range, comparison, log, scopeFilters: filters } = plan;
  const asked = comparison ? [comparison.current, comparison.previous] : [range];
  const cumulative = plan.measures.some(({ aggregation }) => aggregation.kind === 'cumulative');
  const ages = plan.measures.flatMap(({ aggregation }) => (aggregation.kind === 'age' ? [aggregation.days] : []));
  return [
    ...choicesOf(filters),
    { ranges: asked, filters, converts: query.currency !== undefined && plan.measures.some(isMoney) },
    ...(cumulative ? [{ ranges: asked.map((one) => upTo(log, one)), filters, openings: true }] : []),
    ...(ages.length > 0 ? [earlyLife(log, filters, Math.max(...ages))] : []),
  ];
}

/** Parameters that shape inputs, by their names in requests. */
export interface Asked extends Partial<Scope> {
  readonly compare?: Compare | 'none' | undefined;
  readonly base_from?: string | undefined;
  readonly base_to?: string | undefined;
  readonly base?: string | undefined;
  readonly grain?: string;
  readonly measure?: string;
  readonly currency?: string | undefined;
  readonly series?: string | readonly string[] | undefined;
  readonly id?: string | undefined;
}

export type InputsOf = (scope: AnalysisScope, asked: Asked) => Inputs;

export const withinRange: InputsOf = ({ range, filters }) => [{ ranges: [range], filters }];
export const wholeLives: InputsOf = ({ log, filters }) => [{ ranges: [wholeLog(log)], filters }];
export const releasedLives: InputsOf = (scope) => [livesOf(scope)];
export const sinceTheStart: InputsOf = ({ range, log, filters }) => [
  { ranges: [upTo(log, range)], filters, openings: true },
];

export const compared: InputsOf = ({ range, log, filters }, { compare = 'previous_period' }) => {
  if (compare === 'none') return [{ ranges: [range], filters }];
  const { current, previous } = comparisonOf(range, compare, log);
  return [{ ranges: [current, previous], filters }];
};

/** Some measures look further than the asked days. */
export const ofMeasure =
  (plain: InputsOf): InputsOf =>
  (scope, asked) => {
    const days = /^views_(?:d|per_episode_d)(\d+)$/u.exec(asked.measure ?? '')?.[1];
    return [
      ...plain(scope, asked),
      ...(asked.measure === 'cumulative_views' ? sinceTheStart(scope, asked) : []),
      ...(days === undefined ? [] : [earlyLife(scope.log, scope.filters, Number(days))]),
    ];
  };

/** The range, the base, and the period before the range. */
export const growthPeriods: InputsOf = ({ range, filters, log }, { grain: asked, base }) => {
  const grain: Grain = grainSchema.catch('month').parse(asked);
  if (grain === 'hour') return [{ ranges: [range], filters }];
  const before = startOf(grain, addDays(startOf(grain, range.from), -1));
  const around = (day: string): Range => ({ from: startOf(grain, day), to: endOf(grain, day) });
  const ranges = [range, ...(before >= log.from ? [around(before)] : []), ...(base ? [around(base)] : [])];
  return [{ ranges, filters }];
};

export const inputsOfProducers: InputsOf = (scope, asked) => [
  ...compared(scope, asked),
  ...sinceTheStart(scope, asked),
  livesOf(scope),
];

export const inputsOfGenres: InputsOf = (scope, asked) => [
  ...compared(scope, asked),
  earlyLife(scope.log, scope.filters, 30),
];

/** As for genres and producers, and all rows of the range's releases. */
export const inputsOfCompared: InputsOf = (scope, asked) => [...inputsOfGenres(scope, asked), livesOf(scope)];

/** Without a base: the period before. */
export const againstBase: InputsOf = (scope, { base_from: from, base_to: to }) =>
  compared(scope, { compare: from !== undefined && to !== undefined ? { from, to } : 'previous_period' });

/** Its own life, and the views of its format in the range. */
export const oneSeries: InputsOf = ({ range, log, filters }, { id = '' }) => [
  { ranges: [wholeLog(log)], filters: [...filters, named([id])] },
  {
    ranges: [range],
    filters,
    series: sql`coalesce(s.format, '(unknown)') = (SELECT coalesce(f.format, '(unknown)') FROM series f WHERE f.series_id = ${id})`,
  },
];

/** Named series are a filter like any other. */
export function inputsOfAnalysis(engine: Engine, inputs: InputsOf, asked: Asked): Inputs {
  const scope = scopeOf(engine, { ...asked, filters: asked.filters ?? [] });
  const only = asked.series === undefined ? [] : [named([asked.series].flat())];
  const money = Object.values(MEASURE_CATALOG).some((measure) => measure.id === asked.measure && isMoney(measure));
  const converts = asked.currency !== undefined && money;
  const parts = inputs({ ...scope, filters: [...scope.filters, ...only] }, asked);
  return [...choicesOf(scope.filters), ...parts.map((part) => ({ ...part, converts }))];
}
