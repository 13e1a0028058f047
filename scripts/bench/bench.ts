/**
 * npm run bench -- [speed | readers | uploads]: one run on one machine, printed. `speed`: import rows/s beside plain
 * DuckDB, and page latency; `readers`: page latency while an import runs, beside idle; `uploads`: memory of the server
 * while it takes a body of gigabytes.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Argument, Command } from 'commander';
import { DEMO_SEED, generateDemo } from '../generate.ts';
import { positiveNumber, readUsage, wholeNumber } from '../setup/usage.ts';
import { benchReaders } from './readers.ts';
import { benchSpeed } from './speed.ts';
import { benchUploads } from './uploads.ts';

const program = readUsage(
  new Command('bench')
    .description('Measure import and page speed against plain DuckDB, pages while an import runs, or an upload.')
    .addArgument(new Argument('[what]', 'what to measure').choices(['speed', 'readers', 'uploads']).default('speed'))
    .option('--rows <count>', 'rows of the log', wholeNumber(1), 10_000_000)
    .option('--runs <count>', 'runs of each import; the median is printed', wholeNumber(1), 3)
    .option('--repeat <count>', 'times each page is asked, each time of another month', wholeNumber(1), 20)
    .option('--gigabytes <count>', 'size of the upload', positiveNumber, 5)
    .option('--folder <path>', 'where files and databases are kept', '.bench'),
);
const options = program.opts<{ rows: number; runs: number; repeat: number; gigabytes: number; folder: string }>();
const folder = options.folder;
mkdirSync(folder, { recursive: true });

async function files() {
  const { rows } = options;
  const source = join(folder, `log-${rows}`);
  if (!existsSync(join(source, 'series.csv'))) {
    console.log(`Generating ${rows.toLocaleString('en')} rows …`);
    await generateDemo({ out: source, seed: DEMO_SEED, profile: 'bench', rows });
  }
  return {
    csv: join(source, 'bench.csv'),
    parquet: join(source, 'bench.parquet'),
    catalogue: join(source, 'series.csv'),
  };
}

const { rows, runs, repeat } = options;
const settings = { rows, runs, repeat, folder };
if (program.processedArgs[0] === 'uploads') await benchUploads(options.gigabytes * 1e9, folder);
else if (program.processedArgs[0] === 'readers') await benchReaders(await files(), settings);
else await benchSpeed(await files(), settings);
