import { z } from 'zod';
import type { DecompositionAnswer, decompositionParams } from '../../contract/analyses.ts';
import type { Compare, DimensionId } from '../../contract/query.ts';
import { said } from '../../given.ts';
import { mapInTurns } from '../../loop-turns.ts';
import { ProblemError } from '../../problem.ts';
import { type Comparison, comparisonOf } from '../language/calendar.ts';
import { DIMENSION_CATALOG } from '../language/dimensions.ts';
import type { Engine } from '../language/engine.ts';
import { activity } from '../query/activity.ts';
import { type Charts, chartsAsked } from '../query/charts.ts';
import { dimensionsOf } from '../query/log-rows.ts';
import { chooseTable } from '../query/rollups.ts';
import { spreadOver } from '../query/spread.ts';
import { parseRows } from '../sql/parse-rows.ts';
import { as, call, column, dateValue, EMPTY, join, type Sql, sql, withTables } from '../sql/sql.ts';
import { columnsOf } from './parts/columns.ts';
import { descending, minus, toCount, type Whole, wholeOrZero } from './parts/counts.ts';
import { comparing } from './parts/members/comparing.ts';
import { namesOf } from './parts/members/members.ts';
import type { AnalysisScope } from './parts/scope.ts';

type Params = z.infer<typeof decompositionParams>;

const IDS = [
  'member',
  'member_label',
  'views_base',
  'views',
  'active_base',
  'active',
  'delta',
  'effect_supply',
  'effect_intensity',
  'new',
  'entered',
  'returning',
  'lost',
  'reason',
] as const;

/**
 * Change of views against a base range (docs/analyses/decomposition.md): by supply and intensity (`effects`), and by
 * new, entered, returning and lost series; each sums to the change. On charts see `unknownOnChart`.
 * @throws ProblemError `invalid_request` for one end of the base alone
 */
export const decomposition = (engine: Engine, params: Params): Promise<DecompositionAnswer> =>
  comparing(engine, params, async (scope) => {
    const comparison = comparisonOf(scope.range, baseOf(params), scope.log);
    const spread = spreadOver(params.by);
    const choice = chooseTable(
      {
        ranges: [comparison.current, comparison.previous],
        dimensions: [...spread.logDimensions, ...dimensionsOf(scope.filters)],
        columns: new Set(['views']),
      },
      scope.log,
    );
    const found = await engine.all(changesSql(scope, comparison, params.by, choice.table));
    const rows = await mapInTurns(await parseRows(memberChange, found), (row) => ({
      ...row,
      delta: minus(row.views, row.views_base),
    }));
    const charts = chartsAsked(engine.state, scope.filters, comparison);
    const shown = largestChanges(rows, params.limit);
    const nameOf = await namesOf(
      engine,
      params.by,
      shown.map(({ member }) => member),
    );
    const answer = {
      columns: columnsOf(IDS, params.by ? { member_label: { label: DIMENSION_CATALOG[params.by].label } } : {}),
      rows: (
        await mapInTurns(shown, (row) => ({
          member: row.member,
          member_label: nameOf(row.member),
          views_base: toCount(row.views_base),
          views: toCount(row.views),
          active_base: row.active_base,
          active: row.active,
          delta: toCount(row.delta),
          ...effects(row),
          new: toCount(row.new),
          entered: toCount(row.entered),
          returning: toCount(row.returning),
          lost: toCount(row.lost),
          reason: null,
          ...(charts ? unknownOnChart(row, charts) : {}),
        }))
      ).toSorted((a, b) => Number(a.delta === null) - Number(b.delta === null)),
    };
    return { answer, comparison, choice, charts, countsReleases: false };
  });

/** On a chart a series without rows is unknown, neither new nor lost. What is left is the change of what is listed. */
function unknownOnChart(row: { active: number; active_base: number }, charts: Charts) {
  const now = charts.absentNow && row.active === 0;
  const before = charts.absentBefore && row.active_base === 0;
  return {
    ...(before ? { views_base: null } : {}),
    ...(now ? { views: null } : {}),
    ...(now || before ? { delta: null } : {}),
    effect_supply: null,
    effect_intensity: null,
    new: null,
    entered: null,
    lost: null,
    reason: 'not_on_chart' as const,
  };
}

function baseOf({ base_from, base_to }: Params): Compare {
  if (base_from === undefined && base_to === undefined) return 'previous_period';
  if (base_from === undefined || base_to === undefined || base_from > base_to) {
    const given = { from: said(base_from), to: said(base_to) };
    const message = {
      en: `base_from: ${given.from.en}; base_to: ${given.to.en}. A base range needs both, in order; leave both out for the previous period.`,
      zh: `base_from：${given.from.zh}；base_to：${given.to.zh}。基期须同时给出两者，且起止有序；两者都不给则取上一周期。`,
    };
    throw new ProblemError('invalid_request', message, [
      { path: base_from === undefined ? 'base_from' : 'base_to', message },
    ]);
  }
  return { from: base_from, to: base_to };
}

const memberChange = z.object({
  member: z.string(),
  views_base: wholeOrZero,
  views: wholeOrZero,
  active_base: z.number(),
  active: z.number(),
  new: wholeOrZero,
  entered: wholeOrZero,
  returning: wholeOrZero,
  lost: wholeOrZero,
});

function changesSql(
  { filters }: AnalysisScope,
  { current, previous }: Comparison,
  by: DimensionId | undefined,
  table: Parameters<typeof activity>[0]['table'],
): Sql {
  const spread = spreadOver(by);
  const sums = activity({
    table,
    branches: [
      { name: 'current', range: current },
      { name: 'previous', range: previous },
    ],
    logDimensions: spread.logDimensions,
    filters,
    sums: ['views'],
  });
  const keys = [sql`p.series_key`, ...spread.logDimensions.map((id) => column('p', id))];
  const side = (branch: Sql) => sql`coalesce(max(p.views) FILTER (WHERE p.branch = ${branch}), 0)`;
  const pairs = sql`SELECT ${join(keys, ', ')}, ${side(sql`'previous'`)} AS v0, ${side(sql`'current'`)} AS v1
    FROM sums p GROUP BY ${join(keys, ', ')}`;
  const released = sql`s.release_day BETWEEN ${dateValue(current.from)} AND ${dateValue(current.to)}`;
  const sum = (value: Sql, where: Sql) => call('integer', sql`coalesce(sum(${value}) FILTER (WHERE ${where}), 0)`);
  const columns = [
    as(spread.member, 'member'),
    as(sum(sql`a.v0`, sql`TRUE`), 'views_base'),
    as(sum(sql`a.v1`, sql`TRUE`), 'views'),
    as(sql`count(*) FILTER (WHERE a.v0 > 0)`, 'active_base'),
    as(sql`count(*) FILTER (WHERE a.v1 > 0)`, 'active'),
    as(sum(sql`a.v1`, sql`a.v1 > 0 AND a.v0 = 0 AND coalesce(${released}, FALSE)`), 'new'),
    as(sum(sql`a.v1`, sql`a.v1 > 0 AND a.v0 = 0 AND NOT coalesce(${released}, FALSE)`), 'entered'),
    as(sum(sql`a.v1 - a.v0`, sql`a.v1 > 0 AND a.v0 > 0`), 'returning'),
    as(sum(sql`-a.v0`, sql`a.v1 = 0 AND a.v0 > 0`), 'lost'),
  ];
  return withTables(
    [
      ['sums', sums],
      ['a', pairs],
    ],
    sql`SELECT ${join(columns, ', ')} FROM a JOIN series s ON s.series_key = a.series_key ${spread.joins}
      ${by === undefined ? EMPTY : sql`GROUP BY ${spread.member}`}`,
  );
}

/** (a − b) / (ln a − ln b); a if equal. For positive numbers. */
export function logarithmicMean(a: number, b: number): number {
  if (a === b) return a;
  // log1p keeps its digits if a and b are nearly equal.
  return (a - b) / Math.log1p((a - b) / b);
}

/** LMDI, additive (B. W. Ang, Energy Policy 33 (2005) 867–871), V = N · v. All supply if V0 or V1 is 0. */
export function effects(row: {
  readonly views_base: Whole;
  readonly views: Whole;
  readonly active_base: number;
  readonly active: number;
}): { effect_supply: number; effect_intensity: number } {
  const v0 = Number(row.views_base);
  const v1 = Number(row.views);
  const delta = Number(minus(row.views, row.views_base));
  if (v0 <= 0 || v1 <= 0) return { effect_supply: delta, effect_intensity: 0 };
  const supply = logarithmicMean(v1, v0) * Math.log(row.active / row.active_base);
  return { effect_supply: supply, effect_intensity: delta - supply };
}

/** The `limit` largest changes, from the largest rise to the largest fall. */
export function largestChanges<T extends { readonly member: string; readonly delta: Whole }>(
  rows: readonly T[],
  limit: number | undefined,
): T[] {
  const byId = (a: T, b: T) => (a.member < b.member ? -1 : a.member > b.member ? 1 : 0);
  const size = (value: Whole): Whole => (value < 0 ? minus(0, value) : value);
  const kept = rows.toSorted((a, b) => descending(size(a.delta), size(b.delta)) || byId(a, b)).slice(0, limit);
  return kept.toSorted((a, b) => descending(a.delta, b.delta) || byId(a, b));
}
