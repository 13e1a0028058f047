/**
 * Measures the forecast: `node scripts/run.mjs scripts/backtest.ts --series 300` generates the demo and the varied
 * profile, takes a sample of their mature series (60 days or more) and prints the error and the coverage of the
 * product's method beside the seasonal-naive forecast and a power law fitted to each series; then the same by size, as
 * the largest series are few in a sample: the 20 with the most views, the next 80, and those of the sample behind them.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { Command } from 'commander';
import { z } from 'zod';
import { type Backtest, backtest } from '../server/metrics/forecasting/backtest.ts';
import { pointsOf } from '../server/metrics/forecasting/points.ts';
import { median } from '../server/metrics/forecasting/robust.ts';
import { loadOutlookTables, movingHoliday } from '../server/vocabulary/holidays.ts';
import type { Profile } from './generate/generated.ts';
import { DEMO_SEED, generateDemo } from './generate.ts';
import { readUsage, wholeNumber } from './setup/usage.ts';

const seriesRow = z.object({
  series_id: z.string(),
  release: z.string(),
  days: z.array(z.string()),
  views: z.array(z.coerce.number()),
  /** Place by views among the mature series of the data. */
  place: z.coerce.number(),
  /** Drawn without regard to size. */
  drawn: z.boolean(),
});
type SeriesRow = z.infer<typeof seriesRow>;

const options = z.object({
  series: z.number(),
  seed: z.number(),
  days: z.number(),
  data: z.number(),
});
type Options = z.infer<typeof options>;

/** Places up to which the largest series are looked at whether drawn or not. */
const LARGEST = 20;
const LARGE = 100;

/** Daily views of the largest and of a sample of the series with enough days, straight from the generated files. */
async function sample(profile: Profile, { series, seed, days, data }: Options): Promise<SeriesRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'dramascope-backtest-'));
  try {
    await generateDemo({ out: folder, seed: data, profile });
    const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
    const connection = await instance.connect();
    const file = (name: string) => `'${join(folder, name)}'`;
    const result = await connection.runAndReadAll(`
      WITH log AS (
        SELECT series_id, time::DATE AS day, views FROM read_parquet(${file('views_*.parquet')})
        UNION ALL SELECT "剧集ID", "时间"::DATE, "播放量" FROM read_csv(${file('launch_hours.csv')})
      ), daily AS (SELECT series_id, day, sum(views)::DOUBLE AS views FROM log GROUP BY ALL), mature AS (
        SELECT sum(d.views) AS total, d.series_id, min(c."上线日期"::DATE)::VARCHAR AS release,
          list(d.day::VARCHAR ORDER BY d.day) AS days, list(d.views ORDER BY d.day) AS views
        FROM daily d JOIN read_csv(${file('series.csv')}, all_varchar = true) c ON c."剧集ID" = d.series_id
        GROUP BY d.series_id HAVING count(*) >= ${days}
      )
      SELECT * EXCLUDE total, row_number() OVER (ORDER BY total DESC, series_id) AS place,
        row_number() OVER (ORDER BY hash(series_id || '${seed}')) <= ${series} AS drawn
      FROM mature QUALIFY drawn OR place <= ${LARGE} ORDER BY place`);
    const rows = seriesRow.array().parse(result.getRowObjectsJson());
    connection.closeSync();
    return rows;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** One row of the table: means over series, so that none counts more for being larger. */
function summary(results: readonly Backtest[]) {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const held = results.reduce((sum, one) => sum + one.held_out_days, 0);
  const pooled = (of: (one: Backtest) => number) =>
    results.reduce((sum, one) => sum + of(one) * one.held_out_days, 0) / held;
  const share = (of: (one: Backtest) => boolean) => results.filter(of).length / results.length;
  const mase = results.flatMap((one) => (one.mase === null ? [] : [one.mase]));
  const power = results.flatMap((one) => (one.mase_power_law === null ? [] : [one.mase_power_law]));
  const round = (value: number) => Math.round(value * 1000) / 1000;
  return {
    series: results.length,
    'MASE mean': round(mean(mase)),
    'MASE median': round(median(mase)),
    naive: 1,
    'power law mean': round(mean(power)),
    'power law median': round(median(power)),
    'beats naive': round(share((one) => one.beats_naive)),
    'beats power law': round(share((one) => one.beats_power_law)),
    'coverage 80': round(pooled((one) => one.coverage80)),
    'coverage 95': round(pooled((one) => one.coverage95)),
  };
}

async function main(): Promise<void> {
  const command = new Command('backtest')
    .description('Error and coverage of the forecast on generated series, beside what it has to beat.')
    .option('--series <number>', 'series of each profile', wholeNumber(1), 300)
    .option('--seed <number>', 'another sample', wholeNumber(0), 1)
    .option('--data <number>', 'seed of the generated data', wholeNumber(0), DEMO_SEED)
    .option('--days <number>', 'days with rows from which a series is mature', wholeNumber(15), 60);
  const asked = options.parse(readUsage(command).opts());
  const { holidays } = loadOutlookTables();
  const table: Record<string, ReturnType<typeof summary>> = {};
  for (const profile of ['demo', 'varied'] as const) {
    const results = (await sample(profile, asked)).flatMap((row) => {
      const days = row.days.map((day, i) => ({ day, views: row.views[i] ?? 0 }));
      const series = pointsOf(days, row.release, (day) => movingHoliday(holidays, day) !== null);
      const result = series && backtest(series.points);
      return result ? [{ ...row, result }] : [];
    });
    const add = (name: string, chosen: (row: SeriesRow) => boolean) => {
      table[`${profile}, ${name}`] = summary(results.filter(chosen).map(({ result }) => result));
    };
    add('sample', ({ drawn }) => drawn);
    add(`largest ${LARGEST}`, ({ place }) => place <= LARGEST);
    add(`next ${LARGE - LARGEST}`, ({ place }) => place > LARGEST && place <= LARGE);
    add('the rest of the sample', ({ place, drawn }) => drawn && place > LARGE);
  }
  console.table(table);
}

await main();
