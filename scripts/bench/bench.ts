/**
 * npm run bench: generates a log of 10 million rows and prints, from one run on one machine, import rows/s beside plain
 * DuckDB, the latency of each page's whole set of queries beside the same questions asked of the raw log, and memory.
 */
import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { DEMO_SEED, generateDemo } from '../generate.ts';
import { type ImportFigures, measureImport } from './import-speed.ts';
import { measurePages } from './page-speed.ts';
import { megabytes, percentile, table } from './report.ts';

const options = new Command('bench')
  .description('Measure import and page speed against plain DuckDB.')
  .option('--rows <count>', 'rows of the log', '10000000')
  .option('--runs <count>', 'runs of each import; the median is printed', '3')
  .option('--repeat <count>', 'times each page is asked, each time of another month', '20')
  .option('--folder <path>', 'where files and databases are kept', '.bench')
  .parse()
  .opts<{ rows: string; runs: string; repeat: string; folder: string }>();

const rows = Number(options.rows);
const folder = options.folder;
mkdirSync(folder, { recursive: true });
const source = join(folder, `log-${rows}`);
if (!existsSync(join(source, 'series.csv'))) {
  console.log(`Generating ${rows.toLocaleString('en')} rows …`);
  await generateDemo({ out: source, seed: DEMO_SEED, profile: 'bench', rows });
}
const files = {
  csv: join(source, 'bench.csv'),
  parquet: join(source, 'bench.parquet'),
  catalogue: join(source, 'series.csv'),
};

const figures: ImportFigures[] = [];
for (const format of ['csv', 'parquet'] as const) {
  for (let run = 0; run < Number(options.runs); run++)
    figures.push(await measureImport(format, files, join(folder, 'import')));
}
const medianOf = (format: string, pick: (figure: ImportFigures) => number) =>
  percentile(figures.filter((figure) => figure.format === format).map(pick), 0.5);
console.log(
  '\nImport (keys, checks, rollups, commit and checkpoint counted; plain = CREATE TABLE AS with the same columns and types, checkpoint counted)',
);
console.log(
  table(
    ['format', 'file', 'plain rows/s', 'ours rows/s', 'ours / plain', 'peak memory'],
    (['csv', 'parquet'] as const).map((format) => [
      format,
      megabytes(statSync(files[format]).size),
      Math.round(rows / medianOf(format, (f) => f.plainSeconds)).toLocaleString('en'),
      Math.round(rows / medianOf(format, (f) => f.ourSeconds)).toLocaleString('en'),
      `${(100 * medianOf(format, (f) => f.plainSeconds / f.ourSeconds)).toFixed(0)} %`,
      megabytes(Math.max(...figures.filter((f) => f.format === format).map((f) => f.peakMemory))),
    ]),
  ),
);

const pages = await measurePages(files, join(folder, 'pages'), Number(options.repeat));
console.log('\nPages (whole set of queries of one visit, sent together as the page does, uncached, in milliseconds)');
console.log(
  table(
    ['page', 'queries', 'p50', 'p95', 'raw log p50', 'raw log p95'],
    pages.map(({ page, queries, rollups, raw }) => [
      page,
      String(queries),
      percentile(rollups, 0.5).toFixed(0),
      percentile(rollups, 0.95).toFixed(0),
      percentile(raw, 0.5).toFixed(0),
      percentile(raw, 0.95).toFixed(0),
    ]),
  ),
);
console.log(`\nMemory of this process at its peak: ${megabytes(process.resourceUsage().maxRSS * 1024)}`);
for (const name of ['import', 'pages']) rmSync(join(folder, name), { recursive: true, force: true });
