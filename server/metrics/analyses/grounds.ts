/** What part of the log each question rests on: its days, its filters, and whose rows. */
import type { Scope } from '../../contract/analyses.ts';
import { type Compare, type DimensionFilter, type Grain, grainSchema, type Query } from '../../contract/query.ts';
import { addDays, comparisonOf, endOf, type LogSpan, later, type Range, startOf } from '../language/calendar.ts';
import { type Engine, spanOf } from '../language/engine.ts';
import { MEASURE_CATALOG } from '../language/measures.ts';
import { isMoney } from '../language/money.ts';
import type { Ground, Part } from '../query/lineage.ts';
import { planQuery } from '../query/plan.ts';
import { dateValue, sql } from '../sql/sql.ts';
import { type AnalysisScope, scopeOf } from './parts/scope.ts';

const wholeLog = ({ from, asOf }: LogSpan): Range => ({ from, to: asOf });
const upTo = ({ from }: LogSpan, { to }: Range): Range => ({ from, to });
const named = (series: readonly string[]): DimensionFilter => ({ dimension: 'series', op: 'in', values: [...series] });

/** Age-aligned figures: of series released inside the log, what they earned when they were so old. */
const earlyLife = (log: LogSpan, filters: readonly DimensionFilter[], firstDays: number): Part => ({
  ranges: [wholeLog(log)],
  filters,
  firstDays,
  series: sql`s.release_day >= ${dateValue(log.from)}`,
});

/** All rows of the series released in a range: one row anywhere makes a series count among them. */
const livesOf = ({ range, log, filters }: AnalysisScope): Part => ({
  ranges: [wholeLog(log)],
  filters,
  series: sql`s.release_day BETWEEN ${dateValue(later(range.from, log.from))} AND ${dateValue(range.to)}`,
});

/** Days that a query reads: what it asks and compares with; cumulative measures reach back, ages over first days. */
export function groundOfQuery(engine: Engine, query: Query): Ground {
  const plan = planQuery(query, engine.state, spanOf(engine));
  const { range, comparison, log, dimensionFilters: filters } = plan;
  const asked = comparison ? [comparison.current, comparison.previous] : [range];
  const cumulative = plan.measures.some(({ aggregation }) => aggregation.kind === 'cumulative');
  const ages = plan.measures.flatMap(({ aggregation }) => (aggregation.kind === 'age' ? [aggregation.days] : []));
  return [
    { ranges: asked, filters, converts: query.currency !== undefined && plan.measures.some(isMoney) },
    ...(cumulative ? [{ ranges: asked.map((one) => upTo(log, one)), filters, openings: true }] : []),
    ...(ages.length > 0 ? [earlyLife(log, filters, Math.max(...ages))] : []),
  ];
}

/** Parameters of analyses that shape their ground, by the names they have in requests. */
interface Asked extends Partial<Scope> {
  readonly compare?: Compare;
  readonly base_from?: string | undefined;
  readonly base_to?: string | undefined;
  readonly base?: string | undefined;
  readonly grain?: string;
  readonly measure?: string;
  readonly currency?: string | undefined;
  readonly series?: string | readonly string[] | undefined;
  /** Of the path, for one series. */
  readonly id?: string | undefined;
}

type GroundOf = (scope: AnalysisScope, asked: Asked) => Ground;

const withinRange: GroundOf = ({ range, filters }) => [{ ranges: [range], filters }];
const wholeLives: GroundOf = ({ log, filters }) => [{ ranges: [wholeLog(log)], filters }];
const releasedLives: GroundOf = (scope) => [livesOf(scope)];
const sinceTheStart: GroundOf = ({ range, log, filters }) => [{ ranges: [upTo(log, range)], filters, openings: true }];

const compared: GroundOf = ({ range, log, filters }, { compare = 'previous_period' }) => {
  const { current, previous } = comparisonOf(range, compare, log);
  return [{ ranges: [current, previous], filters }];
};

/** Growth and movers take any measure: some look further than the days that are asked. */
const ofMeasure =
  (plain: GroundOf): GroundOf =>
  (scope, asked) => {
    const days = /^views_(?:d|per_episode_d)(\d+)$/u.exec(asked.measure ?? '')?.[1];
    return [
      ...plain(scope, asked),
      ...(asked.measure === 'cumulative_views' ? sinceTheStart(scope, asked) : []),
      ...(days === undefined ? [] : [earlyLife(scope.log, scope.filters, Number(days))]),
    ];
  };

/** The range, the base period, and the period before the range, which its first growth is told against. */
const growthPeriods: GroundOf = ({ range, filters, log }, { grain: asked, base }) => {
  const grain: Grain = grainSchema.catch('month').parse(asked);
  if (grain === 'hour') return [{ ranges: [range], filters }];
  const before = startOf(grain, addDays(startOf(grain, range.from), -1));
  const around = (day: string): Range => ({ from: startOf(grain, day), to: endOf(grain, day) });
  const ranges = [range, ...(before >= log.from ? [around(before)] : []), ...(base ? [around(base)] : [])];
  return [{ ranges, filters }];
};

const producersGround: GroundOf = (scope, asked) => [
  ...compared(scope, asked),
  ...sinceTheStart(scope, asked),
  livesOf(scope),
];

const genresGround: GroundOf = (scope, asked) => [...compared(scope, asked), earlyLife(scope.log, scope.filters, 30)];

/** Its own life, and its peers' views in the range: the series of its format. */
const oneSeries: GroundOf = ({ range, log, filters }, { id = '' }) => [
  { ranges: [wholeLog(log)], filters: [...filters, named([id])] },
  {
    ranges: [range],
    filters,
    series: sql`coalesce(s.format, '(unknown)') = (SELECT coalesce(f.format, '(unknown)') FROM series f WHERE f.series_id = ${id})`,
  },
];

const GROUNDS: Readonly<Record<string, GroundOf>> = {
  '/club': sinceTheStart,
  // The largest series come first, by all that they ever reached.
  '/milestones': wholeLives,
  '/growth': ofMeasure(growthPeriods),
  '/growth/decomposition': (scope, { base_from: from, base_to: to }) =>
    compared(scope, { compare: from !== undefined && to !== undefined ? { from, to } : 'previous_period' }),
  '/growth/movers': ofMeasure(compared),
  '/genres': genresGround,
  '/producers': producersGround,
  '/genres/compare': (scope, asked) => [...genresGround(scope, asked), livesOf(scope)],
  '/producers/compare': (scope, asked) => [...genresGround(scope, asked), livesOf(scope)],
  '/concentration': withinRange,
  '/retention': withinRange,
  '/decay': withinRange,
  '/quality': withinRange,
  '/cohorts': releasedLives,
  '/curves': releasedLives,
  '/forecast': sinceTheStart,
  // The level that a day is held against comes from the series' whole life.
  '/anomalies': wholeLives,
  // A source's first and last day are over the whole log.
  '/coverage': wholeLives,
  '/brief': wholeLives,
  '/series/:id': oneSeries,
};

/**
 * The part of the log that an analysis rests on; series that it names are a filter like any other. An analysis that
 * is not known here rests on the whole log.
 */
export function groundOfAnalysis(engine: Engine, path: string, asked: Asked): Ground {
  const scope = scopeOf(engine, { ...asked, filters: asked.filters ?? [] });
  const only = asked.series === undefined ? [] : [named([asked.series].flat())];
  const ground = GROUNDS[path] ?? wholeLives;
  const money = Object.values(MEASURE_CATALOG).some((measure) => measure.id === asked.measure && isMoney(measure));
  const converts = asked.currency !== undefined && money;
  const parts = ground({ ...scope, filters: [...scope.filters, ...only] }, asked);
  return parts.map((part) => ({ ...part, converts }));
}
