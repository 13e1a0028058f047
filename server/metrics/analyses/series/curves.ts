import { z } from 'zod';
import type { CurvesAnswer, curvesParams } from '../../../contract/analyses-depth.ts';
import { type DimensionFilter, type DimensionId, TOTAL_MEMBER } from '../../../contract/query.ts';
import { ProblemError } from '../../../problem.ts';
import { DIMENSION_CATALOG } from '../../language/dimensions.ts';
import type { Engine } from '../../language/engine.ts';
import { metaOf } from '../../query/meta.ts';
import { spreadOver } from '../../query/spread.ts';
import { parseRows } from '../../sql/parse-rows.ts';
import { as, sql, withTables } from '../../sql/sql.ts';
import { COUNTED_SERIES, columnsOf } from '../parts/columns.ts';
import { toCount, whole } from '../parts/counts.ts';
import { curveSql } from '../parts/curves-sql.ts';
import { tableFor } from '../parts/facts.ts';
import { namesOf } from '../parts/members/members.ts';
import { leftOutByRelease, presentSeries, releasedSeries } from '../parts/released-series.ts';
import { type AnalysisScope, requireMeasure, scopeOf } from '../parts/scope.ts';
import { requireSeries } from './milestones.ts';

type Params = z.infer<typeof curvesParams>;

const IDS = ['member', 'member_label', 'day_since_release', 'value', 'median', 'q1', 'q3', 'series'] as const;

const pointRow = z.object({
  member: z.string(),
  age: whole,
  value: whole,
  quartiles: z.tuple([z.number(), z.number(), z.number()]),
  series: z.number(),
});

/**
 * Views by day since release (docs/analyses/curves.md); day 0 is the release day. Quantiles: R. J. Hyndman and Y. Fan,
 * American Statistician 50 (1996) 361–365, type 7. All days of a group are over the same series (`series`).
 * @throws ProblemError `unknown_member`; `invalid_request` for `series` with `by`
 */
export async function curves(engine: Engine, params: Params): Promise<CurvesAnswer> {
  const startedAt = performance.now();
  const asked = scopeOf(engine, params);
  requireMeasure(engine, 'views');
  const { series } = params;
  if (series && params.by) throw twoQuestions();
  if (series) await requireSeries(engine, series);
  const by = series ? 'series' : params.by;
  const only = series ?? (await largestMembers(engine, asked, by, params.limit));
  const scope = only && by ? { ...asked, filters: [...asked.filters, isOneOf(by, only)] } : asked;
  const { logDimensions } = spreadOver(by);
  const choice = tableFor(
    { filters: scope.filters, column: 'views', grain: 'day', dimensions: logDimensions },
    scope.log,
  );
  const cumulative = params.cumulative === 'true';
  const points = await parseRows(
    pointRow,
    await engine.all(curveSql(scope, { by, days: params.days, cumulative }, choice.table)),
  );
  const members = inOrder(points, only);
  const nameOf = await namesOf(engine, by, [...members.keys()]);
  return {
    columns: columnsOf(IDS, {
      ...COUNTED_SERIES,
      value: { type: 'integer', unit: 'views' },
      ...(by ? { member_label: { label: DIMENSION_CATALOG[by].label } } : {}),
    }),
    rows: [...members].flatMap(([member, own]) => {
      const member_label = nameOf(member);
      return own.map(({ quartiles: [q1, median, q3], ...point }) => ({
        member,
        member_label,
        day_since_release: Number(point.age),
        ...(series
          ? { value: toCount(point.value), median: null, q1: null, q3: null }
          : { value: null, median, q1, q3 }),
        series: point.series,
      }));
    }),
    meta: metaOf({
      state: engine.state,
      startedAt,
      filters: scope.filters,
      choice,
      notes: await leftOutByRelease(engine, scope, { openings: true }),
    }),
  };
}

const isOneOf = (dimension: DimensionId, values: readonly string[]): DimensionFilter => ({
  dimension,
  op: 'in',
  values: [...values],
});

function twoQuestions(): ProblemError {
  const message = {
    en: 'Ask for the curves of named series or of the members of a dimension (by), not both.',
    zh: '曲线可按指定剧集（series）或按维度成员（by）查询，不能同时使用。',
  };
  return new ProblemError('invalid_request', message, [{ path: 'by', message }]);
}

/** By views over all data; null if all series are one group. */
async function largestMembers(
  engine: Engine,
  scope: AnalysisScope,
  by: DimensionId | undefined,
  limit: number,
): Promise<readonly string[] | null> {
  if (by === undefined) return null;
  const spread = spreadOver(by);
  const rows = await engine.all(
    withTables(
      [
        ['present', presentSeries(scope, spread.logDimensions)],
        ['released', releasedSeries(scope)],
      ],
      sql`SELECT ${as(spread.member, 'member')}, coalesce(sum(a.views), 0) AS views
        FROM present a JOIN series s ON s.series_key = a.series_key ${spread.joins}
        WHERE a.series_key IN (SELECT r.series_key FROM released r)
        GROUP BY ${spread.member} ORDER BY views DESC, member LIMIT ${limit}`,
    ),
  );
  return rows.map((row) => String(row.member));
}

/** Members without points drop out. */
function inOrder(points: readonly z.infer<typeof pointRow>[], asked: readonly string[] | null) {
  const found = new Map((asked ?? [TOTAL_MEMBER]).map((member) => [member, [] as z.infer<typeof pointRow>[]]));
  // A series has all its tags, also those not asked for.
  for (const point of points) found.get(point.member)?.push(point);
  for (const [member, own] of found) if (own.length === 0) found.delete(member);
  return found;
}
