/** The view log: final whole numbers with their measures, by day as Parquet and, for big launches, by hour as CSV. */
import { join } from 'node:path';
import { z } from 'zod';
import type { Calibration } from './calibration.ts';
import { writeWithBom } from './catalogue.ts';
import { type Database, quoted } from './database.ts';

/**
 * Makes `hourly_series` (no, release_at, last_day): series that start big, with the hour they went online (the named ones
 * and most others at midnight), logged by the hour for whole days until the first 72 hours are covered.
 */
export async function chooseHourly(db: Database, { hourly, log }: Calibration): Promise<void> {
  await db.run(`CREATE TABLE hourly_series AS
    SELECT no, release_at + to_hours(hour) AS release_at,
      least(release + (CASE WHEN hour = 0 THEN 0 ELSE 1 END + ${hourly.hours / 24} - 1)::INTEGER, DATE ${quoted(log.to)}) AS last_day
    FROM (
      SELECT s.no, s.release_at, s.release, CASE WHEN s.named IS NOT NULL OR u(s.no, 'hour') < 0.7 THEN 0
        ELSE pick([8, 10, 12, 18], u(s.no, 'which hour')) END::BIGINT AS hour
      FROM series s JOIN series_day d ON d.no = s.no AND d.age = 1
      WHERE d.milli >= ${1000 * hourly.first_day_views})`);
}

/** Makes `traits` (no, completion, watch, liking): rates per view; popular series are somewhat better, not always. */
export async function drawTraits(db: Database): Promise<void> {
  await db.run(`CREATE TABLE traits AS
    SELECT no, completion, 25 + 70 * completion * (0.8 + 0.4 * u(no, 'length')) AS watch, liking
    FROM (
      SELECT no, 1 / (1 + exp(-(-0.75 + 0.16 * size + 0.55 * gauss(no, 'quality')))) AS completion,
        0.014 * exp(0.12 * size + 0.25 * gauss(no, 'quality') + 0.4 * gauss(no, 'liking')) AS liking
      FROM (SELECT no, (ln(lifetime) - 14.3) / 2 AS size FROM series))`);
}

/** Makes `log_day`: calibrated whole views by day and cell; rows of hour-resolved days are marked. */
export async function settleViews(db: Database): Promise<void> {
  await db.run(`CREATE TABLE log_day AS
    SELECT d.no, d.day, d.cell, views, h.no IS NOT NULL AS by_hour FROM (
      SELECT c.no, c.day, c.cell, round(c.milli / 1000.0 * CASE WHEN c.kind = 'comic' THEN f.factor ELSE 1 END
        * CASE WHEN c.overseas AND NOT c.fixed THEN o.factor ELSE 1 END)::BIGINT AS views
      FROM cell_day c JOIN comic_factor f ON f.day = c.day JOIN overseas_factor o ON o.day = c.day
    ) d LEFT JOIN hourly_series h ON h.no = d.no AND d.day <= h.last_day
    WHERE views > 0`);
}

/** The additive measures of a row with `views`, `key` (a number of its own) and its series' traits, as SELECT items. */
const measures = (key: string) => `
  round(views * watch * (0.97 + 0.06 * ${key}))::BIGINT AS watch_seconds,
  round(views * completion * (0.96 + 0.08 * ${key}))::BIGINT AS completions,
  round(views * liking * (1.05 - 0.1 * ${key}))::BIGINT AS likes,
  round(views * liking * (0.07 + 0.03 * ${key}))::BIGINT AS comments,
  round(views * liking * (0.17 - 0.04 * ${key}))::BIGINT AS shares,
  round(views * liking * (0.3 + 0.2 * ${key}))::BIGINT AS favourites`;

/** The platform's index from the views of 24 hours: bent towards a cap, which the first platform lifted on the break's day. */
const heat = (recent: string, day: string, breakDay: string) => {
  const bent = (gain: string, cap: string) => `${cap} * (1 - exp(-${gain} * ${recent} / ${cap}))`;
  return `round(CASE WHEN ${day} < DATE ${quoted(breakDay)} THEN ${bent('heat_gain_before', 'heat_cap_before')}
    ELSE ${bent('heat_gain', 'heat_cap')} END)::BIGINT`;
};

/** The one platform that states its views by episode, of the named series; it has no heat, which is not an episode's. */
const episodePlatform = 'wechat_channels';

/**
 * Makes `log_daily` (no, day, cell, episode, views): rows of whole days, on one platform by episode. Of those who watch an
 * episode some leave before the next: most in the first ones, and at the paywall. A day's views are cut at the running
 * share of its episodes, so the episodes add up to the day exactly.
 */
export async function splitByEpisode(db: Database): Promise<void> {
  await db.run(`CREATE TABLE episode_weight AS
    SELECT no, episode, greatest(1, round(1000000 * exp(sum(ln(1 - leaving)) OVER (PARTITION BY no ORDER BY episode))))::BIGINT AS weight
    FROM (
      SELECT no, episode, CASE WHEN episode = 1 THEN 0 WHEN episode = paywall THEN 0.24 + 0.14 * u(no, 'leave at paywall')
        ELSE (0.07 + 0.05 * u(no, 'leaving')) / pow(episode, 0.7) END AS leaving
      FROM (
        SELECT s.no, unnest(range(1, "集数" + 1))::INTEGER AS episode, c."付费起始集" AS paywall
        FROM series s JOIN catalogue c USING (no) WHERE s.named IS NOT NULL
      )
    )`);
  await db.run(`CREATE TABLE log_daily AS
    WITH day AS (SELECT d.*, p.platform = '${episodePlatform}' AND s.named IS NOT NULL AS split
      FROM log_day d JOIN platform_mix p ON p.line = cell JOIN series s USING (no) WHERE NOT by_hour),
    running AS (
      SELECT d.no, day, cell, views AS day_views, w.episode, weight,
        sum(weight) OVER (PARTITION BY d.no, day, cell ORDER BY w.episode) AS upto,
        sum(weight) OVER (PARTITION BY d.no, day, cell) AS whole
      FROM day d JOIN episode_weight w USING (no) WHERE split
    )
    SELECT no, day, cell, NULL::INTEGER AS episode, views FROM day WHERE NOT split
    UNION ALL
    SELECT * FROM (
      SELECT no, day, cell, episode, (day_views * upto // whole - day_views * (upto - weight) // whole)::BIGINT AS views FROM running
    ) WHERE views > 0`);
}

const logFile = z.object({ name: z.string(), from: z.string(), to: z.string(), n: z.number() });

/** Writes one Parquet file per quarter, sorted by day, series and place; gives paths and row counts. */
export async function writeDailyLog(
  db: Database,
  { heat_break }: Calibration,
  out: string,
): Promise<{ path: string; rows: number }[]> {
  const quarters = await db.rows(
    `SELECT 'views_' || year(q) || 'Q' || quarter(q) || '.parquet' AS name, q::VARCHAR AS "from", (q + INTERVAL 3 MONTH)::DATE::VARCHAR AS "to", n
     FROM (SELECT date_trunc('quarter', day)::DATE AS q, count(*)::INTEGER AS n FROM log_daily GROUP BY 1) ORDER BY q`,
    logFile,
  );
  for (const quarter of quarters) {
    await db.run(`COPY (
      SELECT day AS time, series_id(no) AS series_id, episode, platform, region, views, ${measures('noise')}, ${heat('views', 'day', heat_break)} AS heat
      FROM (SELECT *, u(no::BIGINT * 100000 + (day - DATE '2024-01-01') * 50 + cell, concat('measures', episode)) AS noise FROM log_daily
          WHERE day >= ${quoted(quarter.from)} AND day < ${quoted(quarter.to)})
        JOIN traits USING (no) JOIN platform_mix p ON p.line = cell
      ORDER BY day, no, cell, episode
    ) TO ${quoted(join(out, quarter.name))} (FORMAT parquet, COMPRESSION snappy)`);
  }
  return quarters.map(({ name, n }) => ({ path: join(out, name), rows: n }));
}

/** Share of a day's views by hour, Shanghai time: low at four, a noon step, high from eight to eleven in the evening. */
const hourWeights = [38, 24, 15, 10, 8, 10, 18, 30, 36, 38, 40, 46, 60, 54, 46, 44, 46, 52, 62, 72, 84, 90, 84, 62];

/**
 * Writes `launch_hours.csv` (UTF-8 with BOM). A day's views are cut at the running share of its hours, so the hours add up
 * to the day exactly; on the day of release they start with the hour of release.
 */
export async function writeHourlyLog(
  db: Database,
  { heat_break }: Calibration,
  out: string,
): Promise<{ path: string; rows: number }> {
  const path = join(out, 'launch_hours.csv');
  const weights = `(VALUES ${hourWeights.map((weight, hour) => `(${hour}, ${weight})`).join(', ')}) AS w(hour, weight)`;
  await db.run(`CREATE TABLE log_hour AS
    WITH running AS (
      SELECT d.no, d.day, d.cell, d.views AS day_views, day + to_hours(hour) AS time,
        sum(weight) OVER (PARTITION BY d.no, d.day, d.cell ORDER BY hour) AS upto, weight,
        sum(weight) OVER (PARTITION BY d.no, d.day, d.cell) AS whole
      FROM log_day d JOIN hourly_series h USING (no) CROSS JOIN ${weights}
      WHERE d.by_hour AND day + to_hours(hour) >= h.release_at
    )
    SELECT no, time, cell, (day_views * upto // whole - day_views * (upto - weight) // whole)::BIGINT AS views FROM running`);
  const rows = `SELECT *, u(no::BIGINT * 100000 + cell * 1000 + hour(time) + 24 * day(time), 'hour measures') AS noise,
      sum(views) OVER (PARTITION BY no, cell ORDER BY time RANGE BETWEEN INTERVAL 23 HOURS PRECEDING AND CURRENT ROW) AS recent
    FROM log_hour`;
  await writeWithBom(
    db,
    `SELECT strftime(time, '%Y-%m-%d %H:%M:%S') AS "时间", series_id(no) AS "剧集ID", p.platform AS "平台", p.region AS "地区", views AS "播放量", heat AS "热度值",
       watch_seconds AS "观看时长(秒)", completions AS "完播量", likes AS "点赞数", comments AS "评论数", shares AS "分享数", favourites AS "收藏数"
     FROM (SELECT no, cell, time, views, ${measures('noise')}, ${heat('recent', 'time', heat_break)} AS heat
       FROM (${rows}) JOIN traits USING (no) JOIN platform_mix p ON p.line = cell)
       JOIN platform_mix p ON p.line = cell
     WHERE views > 0 ORDER BY time, no, cell`,
    path,
  );
  const [count] = await db.rows(
    'SELECT count(*)::INTEGER AS n FROM log_hour WHERE views > 0',
    z.object({ n: z.number() }),
  );
  return { path, rows: count?.n ?? 0 };
}
