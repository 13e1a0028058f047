/**
 * `series_day` and `series_month` are sums of `view_log`. They are rebuilt for the business days that a change
 * touched, in the change's own transaction, so they can never disagree with the log.
 */
import type { WriteSession } from '../warehouse.ts';

const additive = ['views', 'valid_views'] as const;
const plain = [
  'watch_seconds',
  'completions',
  'likes',
  'comments',
  'shares',
  'favourites',
  'revenue',
  'spend',
] as const;
const integers = new Set<string>(['views', 'valid_views', 'completions', 'likes', 'comments', 'shares', 'favourites']);

const cast = (column: string, sum: string) => (integers.has(column) ? `${sum}::BIGINT` : sum);
const measures = [
  ...additive.map((c) => cast(c, `sum(${c}) FILTER (kind = 'increment')`)),
  ...plain.map((c) => cast(c, `sum(${c}) FILTER (kind = 'increment')`)),
  ...additive.map((c) => cast(c, `sum(${c}) FILTER (kind = 'opening')`)),
  'max(viewers)',
].join(', ');
const columns = [...additive, ...plain, 'opening_views', 'opening_valid_views', 'viewers'].join(', ');

/**
 * Rebuilds both rollups for the whole months that the business days `from`..`to` lie in.
 * @param from first touched business day, ISO
 * @param to last touched business day, ISO
 */
export async function rebuildRollups(session: Pick<WriteSession, 'run'>, from: string, to: string): Promise<void> {
  const values = [from, to];
  await session.run({ text: 'DELETE FROM series_day WHERE day BETWEEN $1::DATE AND $2::DATE', values });
  await session.run({
    text: `INSERT INTO series_day (day, series_key, market, timed, ${columns})
      SELECT day, series_key, r.market, bool_and(instant IS NOT NULL), ${measures}
      FROM view_log JOIN region r USING (region_key)
      WHERE day BETWEEN $1::DATE AND $2::DATE
      GROUP BY day, series_key, r.market ORDER BY day, series_key`,
    values,
  });
  const months = `day >= date_trunc('month', $1::DATE) AND day < date_trunc('month', $2::DATE) + INTERVAL 1 MONTH`;
  await session.run({
    text: `DELETE FROM series_month WHERE month BETWEEN date_trunc('month', $1::DATE) AND $2::DATE`,
    values,
  });
  await session.run({
    text: `INSERT INTO series_month (month, series_key, platform_key, region_key, source_key, ${columns}, heat_max, heat_sum, heat_rows)
      SELECT date_trunc('month', day)::DATE AS month, series_key, platform_key, region_key, source_key, ${measures},
        max(heat), sum(heat), count(heat)
      FROM view_log WHERE ${months}
      GROUP BY month, series_key, platform_key, region_key, source_key ORDER BY month, series_key`,
    values,
  });
}
