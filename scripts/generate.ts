/** Generates data to show and to measure with: `npm run generate -- --out DIR`. All of it is synthetic. */
import { mkdir } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { Command, Option } from 'commander';
import { z } from 'zod';
import { generateBench } from './generate/bench.ts';
import { calibrateDays, leaveDays } from './generate/calibrate.ts';
import { type Calibration, readCalibration } from './generate/calibration.ts';
import { buildCatalogue, writeCatalogue } from './generate/catalogue.ts';
import { anchorClub, drawCurves, listActiveComics, trimComics } from './generate/curves.ts';
import { type Database, openDatabase } from './generate/database.ts';
import { type GeneratedFiles, type Profile, profiles } from './generate/generated.ts';
import {
  chooseHourly,
  drawTraits,
  settleViews,
  splitByEpisode,
  writeDailyLog,
  writeHourlyLog,
} from './generate/logs.ts';
import { chooseMarkets, spreadOverMarkets } from './generate/markets.ts';
import { loadReference } from './generate/reference.ts';
import { buildSeries } from './generate/series.ts';
import { positiveNumber, readUsage, wholeNumber } from './setup/usage.ts';

/** The seed of the demo that ships: the one whose findings are tested. */
export const DEMO_SEED = 20251031;

export interface GenerateOptions {
  /** Folder to write to; made if it is not there. */
  out: string;
  /** Same seed, same rows, whatever the number of threads. */
  seed: number;
  /** `demo`: calibrated to the findings. `varied`: other decays, for a backtest. `bench`: one log of `rows` rows. */
  profile: Profile;
  /** Number of series relative to the full demo (1) or, for `varied`, to its 2,000. Only 1 keeps every finding. */
  scale?: number;
  /** Rows of the log of `bench`; default 10,000,000. */
  rows?: number | undefined;
  /** Threads of the engine; default: as many as there are cores. */
  threads?: number;
}

/** `varied` has about 2,000 series against the demo's 13,000. */
const variedScale = 0.15;

/** Writes catalogue and logs to `out`. Throws where the calibration does not fit the lists in `data/demo`. */
export async function generateDemo(options: GenerateOptions): Promise<GeneratedFiles> {
  const { out, profile } = options;
  await mkdir(out, { recursive: true });
  const calibration = await readCalibration();
  const db = await openDatabase(options);
  try {
    await db.run("CREATE MACRO series_id(no) AS 'MD' || lpad(no::VARCHAR, 6, '0')");
    await loadReference(db);
    if (profile === 'bench') return await generateBench(db, { out, rows: options.rows ?? 10_000_000 });
    return await generateLogs(db, calibration, options);
  } finally {
    db.close();
  }
}

async function generateLogs(
  db: Database,
  calibration: Calibration,
  { out, profile, scale = 1 }: GenerateOptions,
): Promise<GeneratedFiles> {
  const calibrated = profile === 'demo';
  const size = calibrated ? scale : scale * variedScale;
  await buildSeries(db, calibration, { scale: size, calibrated });
  await drawCurves(db, calibration, !calibrated);
  await anchorClub(db, calibration);
  if (calibrated) await trimComics(db, calibration, size);
  await listActiveComics(db, calibration);
  await chooseHourly(db, calibration);
  await chooseMarkets(db);
  await spreadOverMarkets(db, calibration);
  await (calibrated ? calibrateDays(db, calibration) : leaveDays(db));
  await settleViews(db);
  await buildCatalogue(db, calibration, size);
  await drawTraits(db);
  const catalogue = await writeCatalogue(db, out);
  await splitByEpisode(db);
  const logs = await writeDailyLog(db, calibration, out);
  const hourly = await writeHourlyLog(db, calibration, out);
  return { profile, catalogue, logs, hourly, series: await countSeries(db) };
}

async function countSeries(db: Database): Promise<number> {
  const [row] = await db.rows('SELECT count(*)::INTEGER AS n FROM series', z.object({ n: z.number() }));
  return row?.n ?? 0;
}

/** The command line's options. */
const commandOptions = z.object({
  out: z.string(),
  seed: z.number(),
  profile: z.enum(profiles),
  scale: z.number(),
  rows: z.number().optional(),
});

async function main(): Promise<void> {
  const command = new Command('generate')
    .description('Write synthetic view logs and their catalogue, ready for `npm run import`.')
    .requiredOption('--out <folder>', 'folder to write to')
    .option('--seed <number>', 'same seed, same rows', wholeNumber(0), DEMO_SEED)
    .addOption(new Option('--profile <name>', 'what to write').choices(profiles).default('demo'))
    .option('--scale <factor>', 'number of series relative to the full profile', positiveNumber, 1)
    .option('--rows <count>', 'rows of the log of --profile bench (default: 10000000)', wholeNumber(1));
  const options = commandOptions.parse(readUsage(command).opts());
  if (options.rows !== undefined && options.profile !== 'bench')
    command.error(`error: --rows needs --profile bench; the size of --profile ${options.profile} is said by --scale.`);
  if (options.profile === 'bench' && command.getOptionValueSource('scale') === 'cli')
    command.error('error: --scale needs --profile demo or varied; the size of --profile bench is said by --rows.');
  const started = Date.now();
  const files = await generateDemo(options);
  process.stdout.write(`${JSON.stringify({ ...files, elapsed_ms: Date.now() - started }, null, 2)}\n`);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
