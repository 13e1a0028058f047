import { z } from 'zod';
import type { ConcentrationAnswer, concentrationParams } from '../../contract/analyses-depth.ts';
import { type DimensionId, type Note, UNKNOWN_MEMBER } from '../../contract/query.ts';
import { type DayGrain, periodsOf } from '../language/calendar.ts';
import { DIMENSION_CATALOG } from '../language/dimensions.ts';
import type { Engine } from '../language/engine.ts';
import { activity } from '../query/activity.ts';
import { chartsAsked } from '../query/charts.ts';
import { periodOfDay } from '../query/families/periods.ts';
import { dayOf, logExpression, rangeCondition, sumExpression } from '../query/log-rows.ts';
import { metaOf } from '../query/meta.ts';
import type { TableChoice } from '../query/rollups.ts';
import { spreadOver } from '../query/spread.ts';
import { parseRows } from '../sql/parse-rows.ts';
import { as, call, type Sql, sql, withTables } from '../sql/sql.ts';
import { columnsOf, sharesOfChart } from './parts/columns.ts';
import { factsOf, tableFor } from './parts/facts.ts';
import { type AnalysisScope, requireMeasure, scopeOf } from './parts/scope.ts';

const IDS = ['period', 'hhi', 'cr4', 'cr10', 'gini', 'members', 'partial'] as const;

const shareRow = z.object({
  period: z.string(),
  hhi: z.number(),
  cr4: z.number(),
  cr10: z.number(),
  gini: z.number(),
  members: z.number(),
  unknown: z.boolean(),
});

/**
 * Concentration (docs/analyses/concentration.md): HHI = Σ s² · 10 000 (A. O. Hirschman, American Economic Review 54
 * (1964) 761), CR4, CR10 and Gini of shares s per period. With several members per series, shares are of the members'
 * sum. `(unknown)` is one member, and noted.
 */
export async function concentration(
  engine: Engine,
  params: z.infer<typeof concentrationParams>,
): Promise<ConcentrationAnswer> {
  const startedAt = performance.now();
  const scope = scopeOf(engine, params);
  requireMeasure(engine, 'views');
  const { by, grain } = params;
  const { logDimensions } = spreadOver(by);
  const choice = tableFor(
    { filters: scope.filters, column: 'views', ranges: [scope.range], grain, dimensions: logDimensions },
    scope.log,
  );
  const rows = await parseRows(shareRow, await engine.all(concentrationSql(scope, by, grain, choice)));
  const partial = new Set(
    periodsOf(scope.range, grain, scope.log)
      .filter((period) => period.partial)
      .map(({ id }) => id),
  );
  const charts = chartsAsked(engine.state, scope.filters, { current: scope.range });
  return {
    columns: columnsOf(IDS, {
      ...sharesOfChart(['hhi', 'cr4', 'cr10', 'gini'], charts),
      members: {
        label: { en: `Members (${DIMENSION_CATALOG[by].label.en})`, zh: `${DIMENSION_CATALOG[by].label.zh}数` },
      },
    }),
    rows: rows.map(({ unknown: _, ...row }) => ({ ...row, partial: partial.has(row.period) })),
    meta: metaOf({
      state: engine.state,
      startedAt,
      filters: scope.filters,
      ranges: [scope.range],
      choice,
      partialPeriods: [...partial],
      charts,
      notes: rows.some(({ unknown }) => unknown) ? [UNKNOWN_COUNTS] : [],
    }),
  };
}

function membersSql({ range, filters }: AnalysisScope, by: DimensionId, grain: DayGrain, { table }: TableChoice): Sql {
  const period = periodOfDay(grain, dayOf(table));
  const spread = spreadOver(by);
  if (spread.logDimensions.length > 0) {
    // The row says its member: nothing to keep per series.
    const views = sumExpression('views', table);
    const conditions = rangeCondition(table, range);
    return sql`SELECT ${as(period, 'period')}, ${as(logExpression(by, table), 'member')}, ${as(views, 'views')}
      ${factsOf({ table, filters, dimensions: [by], conditions })} GROUP BY 1, 2 HAVING ${views} > 0`;
  }
  const earned = activity({
    table,
    branches: [{ name: 'asked', range }],
    logDimensions: [],
    filters,
    sums: ['views'],
    period,
  });
  return sql`SELECT a.period, ${as(spread.member, 'member')}, sum(a.views) AS views
    FROM (${earned}) a JOIN series s ON s.series_key = a.series_key ${spread.joins}
    GROUP BY 1, 2 HAVING sum(a.views) > 0`;
}

function concentrationSql(scope: AnalysisScope, by: DimensionId, grain: DayGrain, choice: TableChoice): Sql {
  // `place` counts from the largest; the order of equals changes no figure.
  const placed = sql`SELECT m.period, m.member, m.views,
      row_number() OVER (PARTITION BY m.period ORDER BY m.views DESC) AS place,
      sum(m.views) OVER (PARTITION BY m.period) AS total
    FROM m`;
  const share = sql`${call('double', sql`p.views`)} / ${call('double', sql`p.total`)}`;
  const first = (n: number) => shareOf(sql`sum(p.views) FILTER (WHERE p.place <= ${n})`);
  return withTables(
    [
      ['m', membersSql(scope, by, grain, choice)],
      ['p', placed],
    ],
    sql`SELECT p.period, sum((${share}) * (${share})) * 10000 AS hhi, ${as(first(4), 'cr4')}, ${as(first(10), 'cr10')},
        ${as(gini(), 'gini')}, count(*) AS members, count(*) FILTER (WHERE p.member = ${UNKNOWN_MEMBER}) > 0 AS unknown
      FROM p GROUP BY p.period ORDER BY p.period`,
  );
}

/** Sums of whole numbers: all members together are exactly 1. */
const shareOf = (part: Sql): Sql => sql`${call('double', part)} / ${call('double', sql`max(p.total)`)}`;

/** G = (n + 1)/n − 2 Σ i·x_i / (n Σ x), i = 1 for the largest (P. M. Dixon et al., Ecology 68 (1987) 1548–1551). */
function gini(): Sql {
  const n = call('double', sql`count(*)`);
  const weighted = call('double', sql`sum(p.place * p.views)`);
  return sql`greatest(0, (${n} + 1) / ${n} - 2 * ${weighted} / (${n} * ${call('double', sql`max(p.total)`)}))`;
}

const UNKNOWN_COUNTS: Note = {
  code: 'unknown_member_counts',
  text: {
    en: 'Views whose member is not stated count as one member, (unknown); filter it out with not_null to leave it out.',
    zh: '未注明成员的播放量合并为一个成员（未知）参与计算；用 not_null 筛选可将其排除。',
  },
};
