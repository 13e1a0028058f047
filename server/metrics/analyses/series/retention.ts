import { z } from 'zod';
import type { RetentionAnswer, retentionParams } from '../../../contract/analyses-depth.ts';
import type { DimensionFilter, Note } from '../../../contract/query.ts';
import type { Engine } from '../../language/engine.ts';
import { sumExpression } from '../../query/log-rows.ts';
import { metaOf } from '../../query/meta.ts';
import { parseRows } from '../../sql/parse-rows.ts';
import { as, call, dateValue, type Sql, sql, withTables } from '../../sql/sql.ts';
import { COUNTED_SERIES, columnsOf } from '../parts/columns.ts';
import { toCount, type Whole, wholeOrZero } from '../parts/counts.ts';
import { factsOf, tableFor } from '../parts/facts.ts';
import { ratioOf } from '../parts/ratios.ts';
import { type AnalysisScope, requireMeasure, scopeOf } from '../parts/scope.ts';
import { requireSeries } from './milestones.ts';

const IDS = ['episode', 'views', 'series', 'retained', 'drop', 'largest_drop', 'paywall'] as const;

const pooledRow = z.object({
  episode: z.number(),
  views: wholeOrZero,
  /** Of series with this episode and episode 1. */
  series: z.number(),
  with_first: wholeOrZero,
  first: wholeOrZero,
  /** Of series with this episode and the one before. */
  with_before: wholeOrZero,
  before: wholeOrZero,
  paywall_low: z.number().nullable(),
  paywall_high: z.number().nullable(),
  paywall_stated: z.number(),
  pooled: z.number(),
});
type Pooled = z.infer<typeof pooledRow>;

/**
 * Retention (docs/analyses/retention.md): views of k / views of 1, drop = 1 − k / (k − 1); pooled as ratios of sums
 * over series that have both. Rows without an episode and episodes below 1 take no part.
 * @throws ProblemError `unknown_member`
 */
export async function retention(engine: Engine, params: z.infer<typeof retentionParams>): Promise<RetentionAnswer> {
  const startedAt = performance.now();
  const scope = scopeOf(engine, params);
  requireMeasure(engine, 'views');
  if (params.series) await requireSeries(engine, params.series);
  const only: DimensionFilter[] = params.series ? [{ dimension: 'series', op: 'in', values: params.series }] : [];
  const pooled = await parseRows(
    pooledRow,
    await engine.all(retentionSql({ ...scope, filters: [...scope.filters, ...only] })),
  );
  const rows = pooled.map((row) => ({
    episode: row.episode,
    views: toCount(row.views),
    series: row.series,
    retained: ratioOf(row.with_first, row.first),
    drop: row.episode === 1 ? null : dropOf(row.with_before, row.before),
  }));
  const steepest = largestDrop(rows);
  const paywall = samePaywall(pooled);
  return {
    columns: columnsOf(IDS, COUNTED_SERIES),
    rows: rows.map((row) => ({
      ...row,
      largest_drop: row.episode === steepest,
      paywall: row.episode === paywall,
    })),
    meta: metaOf({
      state: engine.state,
      startedAt,
      filters: scope.filters,
      ranges: [scope.range],
      choice: tableFor({ filters: scope.filters, column: 'views', dimensions: ['episode'] }, scope.log),
      notes: pooled.length === 0 ? [NO_EPISODES] : paywall === null ? paywallNote(pooled) : [],
    }),
  };
}

/** Each series × episode beside its episode 1 and the episode before. */
function retentionSql({ range, filters }: AnalysisScope): Sql {
  const inRange = sql`t.day BETWEEN ${dateValue(range.from)} AND ${dateValue(range.to)}`;
  const facts = factsOf({
    table: 'view_log',
    filters,
    conditions: [inRange, sql`t.episode >= 1`, sql`t.kind = 'increment'`, sql`t.views IS NOT NULL`],
  });
  const sum = (value: Sql, where: Sql) => call('integer', sql`sum(${value}) FILTER (WHERE ${where})`);
  return withTables(
    [
      [
        'e',
        sql`SELECT t.series_key, t.episode, ${as(sumExpression('views', 'view_log'), 'views')}
          ${facts} GROUP BY t.series_key, t.episode`,
      ],
      ['f', sql`SELECT e.series_key, e.views FROM e WHERE e.episode = 1`],
      ['b', sql`SELECT e.series_key, e.episode + 1 AS episode, e.views FROM e`],
      [
        'paywall',
        sql`SELECT min(s.paywall_episode) AS paywall_low, max(s.paywall_episode) AS paywall_high,
            count(s.paywall_episode) AS paywall_stated, count(*) AS pooled
          FROM series s WHERE s.series_key IN (SELECT e.series_key FROM e)`,
      ],
      [
        'pooled',
        sql`SELECT e.episode, ${as(sum(sql`e.views`, sql`TRUE`), 'views')}, count(f.series_key) AS series,
            ${as(sum(sql`e.views`, sql`f.series_key IS NOT NULL`), 'with_first')}, ${as(sum(sql`f.views`, sql`TRUE`), 'first')},
            ${as(sum(sql`e.views`, sql`b.series_key IS NOT NULL`), 'with_before')}, ${as(sum(sql`b.views`, sql`TRUE`), 'before')}
          FROM e LEFT JOIN f ON f.series_key = e.series_key
          LEFT JOIN b ON b.series_key = e.series_key AND b.episode = e.episode
          GROUP BY e.episode`,
      ],
    ],
    sql`SELECT p.*, w.* FROM pooled p CROSS JOIN paywall w ORDER BY p.episode`,
  );
}

function dropOf(now: Whole, before: Whole): number | null {
  const kept = ratioOf(now, before);
  return kept === null ? null : 1 - kept;
}

/** The earliest of equals; null if views never fall. */
export function largestDrop(
  rows: readonly { readonly episode: number; readonly drop: number | null }[],
): number | null {
  let steepest: { episode: number; drop: number } | null = null;
  for (const { episode, drop } of rows) {
    if (drop !== null && drop > 0 && (steepest === null || drop > steepest.drop)) steepest = { episode, drop };
  }
  return steepest?.episode ?? null;
}

/** Null unless every pooled series states the same one. */
function samePaywall([row]: readonly Pooled[]): number | null {
  if (row === undefined || row.paywall_stated < row.pooled || row.paywall_low !== row.paywall_high) return null;
  return row.paywall_low;
}

function paywallNote([row]: readonly Pooled[]): Note[] {
  if (row === undefined || row.paywall_stated === 0) return [];
  return [
    {
      code: 'paywall_differs',
      text: {
        en: `The paywall episode is not marked: of ${row.pooled} series ${row.paywall_stated} state one, and they do not all share it.`,
        zh: `未标注付费卡点：${row.pooled} 部剧集中 ${row.paywall_stated} 部注明了卡点，且并非全部相同。`,
      },
    },
  ];
}

const NO_EPISODES: Note = {
  code: 'no_episodes',
  text: {
    en: 'No row in the range states an episode, so retention from episode to episode cannot be told.',
    zh: '区间内没有分集记录，无法计算分集留存。',
  },
};
