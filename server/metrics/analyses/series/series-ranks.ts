import { z } from 'zod';
import type { SeriesRanksAnswer, seriesRanksParams } from '../../../contract/analyses-depth.ts';
import { periodsOf } from '../../language/calendar.ts';
import type { Engine } from '../../language/engine.ts';
import { activity } from '../../query/activity.ts';
import { chartsAsked } from '../../query/charts.ts';
import { periodOfDay } from '../../query/families/periods.ts';
import { dayOf } from '../../query/log-rows.ts';
import { metaOf } from '../../query/meta.ts';
import { parseRows } from '../../sql/parse-rows.ts';
import { sql, withTables } from '../../sql/sql.ts';
import { rowOfSeries, seriesInfo } from '../parts/catalogue.ts';
import { columnsOf } from '../parts/columns.ts';
import { toCount, whole } from '../parts/counts.ts';
import { tableFor } from '../parts/facts.ts';
import { placeAmong } from '../parts/ranks.ts';
import { requireMeasure, scopeOf } from '../parts/scope.ts';

const IDS = ['period', 'views', 'rank', 'n', 'percentile', 'percentile_reason', 'partial'] as const;

const placed = z.object({
  period: z.string(),
  views: whole,
  n: z.number(),
  above: z.number(),
  below: z.number(),
});

/**
 * Ranks over time (docs/analyses/series-ranks.md): per period the place of a series among all that have views in it. A
 * merged id answers for the series it went into. Periods without views of it have no row.
 * @throws ProblemError `unknown_member`, `measure_unavailable`
 */
export async function seriesRanks(
  engine: Engine,
  id: string,
  params: z.infer<typeof seriesRanksParams>,
): Promise<SeriesRanksAnswer> {
  const startedAt = performance.now();
  const scope = scopeOf(engine, params);
  requireMeasure(engine, 'views');
  const info = seriesInfo.parse(await rowOfSeries(engine, id));
  const { range, filters, log } = scope;
  const { grain } = params;
  const choice = tableFor({ filters, column: 'views', ranges: [range], grain }, log);
  const earned = activity({
    table: choice.table,
    branches: [{ name: 'asked', range }],
    logDimensions: [],
    filters,
    sums: ['views'],
    period: periodOfDay(grain, dayOf(choice.table)),
  });
  const rows = await parseRows(
    placed,
    await engine.all(
      withTables(
        [
          ['a', sql`SELECT e.* FROM (${earned}) e WHERE e.views > 0`],
          [
            'o',
            sql`SELECT a.period, a.views FROM a JOIN series s ON s.series_key = a.series_key WHERE s.series_id = ${info.id}`,
          ],
        ],
        sql`SELECT o.period, max(o.views) AS views, count(*) AS n,
            count(*) FILTER (WHERE a.views > o.views) AS above, count(*) FILTER (WHERE a.views < o.views) AS below
          FROM o JOIN a ON a.period = o.period GROUP BY o.period ORDER BY o.period`,
      ),
    ),
  );
  const partial = new Set(periodsOf(range, grain, log).flatMap((period) => (period.partial ? [period.id] : [])));
  return {
    columns: columnsOf(IDS, {
      n: { label: { en: 'Series with views in the period', zh: '当期有播放的剧数' } },
      percentile_reason: { label: { en: 'Why no part', zh: '无占比原因' } },
    }),
    rows: rows.map(({ period, views, n, above, below }) => {
      const { percentile, reason } = placeAmong(below, n);
      return {
        period,
        views: toCount(views),
        rank: above + 1,
        n,
        percentile,
        percentile_reason: reason,
        partial: partial.has(period),
      };
    }),
    meta: metaOf({
      state: engine.state,
      startedAt,
      filters,
      ranges: [range],
      choice,
      partialPeriods: [...partial],
      charts: chartsAsked(engine.state, filters, { current: range }),
    }),
  };
}
