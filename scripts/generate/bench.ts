/** A log of any number of rows for measuring: day × series × platform × region, sorted by day, without calibration. */
import { join } from 'node:path';
import { type Database, quoted } from './database.ts';
import type { GeneratedFiles } from './generated.ts';

const from = '2024-10-01';
const days = 396;
/** Each series runs for so many days; those of the first days were released before the log. */
const life = 120;
/** Rows a series may have on one day: places of platform_mix.csv that are used. */
const places = 24;

/**
 * Writes `series.csv`, `bench.parquet` and `bench.csv` with exactly `rows` rows. Each day has the same number of rows: the
 * series then alive, once per place, places outermost, so that no key repeats; at least 12,000 series, more for many rows.
 */
export async function generateBench(
  db: Database,
  { out, rows }: { out: string; rows: number },
): Promise<GeneratedFiles> {
  const perDay = Math.ceil(rows / days);
  const series = Math.max(12_000, Math.ceil((perDay / places) * ((days + life) / life) * 1.02));
  const alive = Math.floor((series * life) / (days + life));
  await db.run(`CREATE TABLE bench_series AS
    SELECT no::INTEGER AS no, series_id(no) AS series_id, DATE ${quoted(from)} + (floor(no * ${days + life} / ${series}) - ${life - 1})::INTEGER AS release,
      pick(['live_action', 'live_action', 'comic', 'ai'], u(no, 'format')) AS format,
      least(1.2e6 * exp(2.1 * gauss(no, 'lifetime')), 3.5e9) AS lifetime,
      1 / (1 + exp(0.75 - 0.6 * gauss(no, 'quality'))) AS completion
    FROM range(${series}) t(no)`);
  const catalogue = join(out, 'series.csv');
  await db.run(`COPY (
    SELECT series_id, '测试剧' || no AS title, 'Bench ' || no AS title_en, '厂牌' || floor(300 * pow(u(no, 'house'), 2))::INTEGER AS producers,
      genre AS genres, pick(['female', 'male'], u(no, 'channel')) AS channel, format, release AS release_at, 60 + floor(40 * u(no, 'episodes'))::INTEGER AS episodes
    FROM bench_series JOIN genre_mix g ON g.line = 1 + floor((SELECT count(*) FROM genre_mix) * pow(u(no, 'genre'), 1.5))::INTEGER ORDER BY no
  ) TO ${quoted(catalogue)} (FORMAT csv, HEADER true)`);
  const parquet = join(out, 'bench.parquet');
  const csv = join(out, 'bench.csv');
  await db.run(
    `COPY (${benchRows(rows, perDay, series, alive)}) TO ${quoted(parquet)} (FORMAT parquet, COMPRESSION snappy)`,
  );
  await db.run(`COPY (FROM ${quoted(parquet)}) TO ${quoted(csv)} (FORMAT csv, HEADER true)`);
  return {
    profile: 'bench',
    catalogue,
    logs: [parquet, csv].map((path) => ({ path, rows })),
    hourly: null,
    series,
  };
}

/**
 * Row i: its day, then series and place within the day. Row order is that of `range`, so the log is sorted by day.
 * Factors are written as doubles (1e-3): a decimal times a whole number is five times slower.
 */
function benchRows(rows: number, perDay: number, series: number, alive: number): string {
  return `
    SELECT time, series_id, platform, region, views, round(views * completion * 8e1)::BIGINT AS watch_seconds, round(views * completion)::BIGINT AS completions,
      round(views * 14e-3)::BIGINT AS likes, round(views * 1e-3)::BIGINT AS comments, round(views * 2e-3)::BIGINT AS shares, round(views * 5e-3)::BIGINT AS favourites
    FROM (
      SELECT DATE ${quoted(from)} + r.day AS time, s.series_id, p.platform, p.region, s.completion,
        1 + round(s.lifetime / 12 / (1 + r.place) * pow(greatest(DATE ${quoted(from)} + r.day - s.release, 0) + 1, -0.6) * (0.8 + 0.4 * u(r.i, 'views')))::BIGINT AS views
      FROM (
        SELECT i, day, (first_alive + j % ${alive})::INTEGER AS no, (j // ${alive})::INTEGER AS place
        FROM (SELECT i, (i // ${perDay})::INTEGER AS day, i % ${perDay} AS j, ceil((i // ${perDay}) * ${series} / ${days + life})::BIGINT AS first_alive FROM range(${rows}) t(i))
      ) r JOIN bench_series s ON s.no = r.no JOIN platform_mix p ON p.line = r.place + 1
    )`;
}
