/** Import rows/s beside plain DuckDB, and page latency beside the same questions asked of the raw log. */
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type BenchFiles, type ImportFigures, measureImport } from './import-speed.ts';
import { measurePages } from './page-speed.ts';
import { megabytes, percentile, table } from './report.ts';

export async function benchSpeed(
  files: BenchFiles,
  { rows, runs, repeat, folder }: { rows: number; runs: number; repeat: number; folder: string },
): Promise<void> {
  const figures: ImportFigures[] = [];
  for (const format of ['csv', 'parquet'] as const) {
    for (let run = 0; run < runs; run++) figures.push(await measureImport(format, files, join(folder, 'import')));
  }
  const medianOf = (format: string, pick: (figure: ImportFigures) => number) =>
    percentile(figures.filter((figure) => figure.format === format).map(pick), 0.5);
  console.log(
    '\nImport (keys, checks, rollups, commit and checkpoint counted; plain = CREATE TABLE AS with the same columns and types, checkpoint counted)',
  );
  console.log(
    table(
      ['format', 'file', 'plain rows/s', 'ours rows/s', 'ours / plain', 'by processor time', 'peak memory'],
      (['csv', 'parquet'] as const).map((format) => [
        format,
        megabytes(statSync(files[format]).size),
        Math.round(rows / medianOf(format, (f) => f.plainSeconds)).toLocaleString('en'),
        Math.round(rows / medianOf(format, (f) => f.ourSeconds)).toLocaleString('en'),
        `${(100 * medianOf(format, (f) => f.plainSeconds / f.ourSeconds)).toFixed(0)} %`,
        `${(100 * medianOf(format, (f) => f.plainCpu / f.ourCpu)).toFixed(0)} %`,
        megabytes(Math.max(...figures.filter((f) => f.format === format).map((f) => f.peakMemory))),
      ]),
    ),
  );

  const pages = await measurePages(files, join(folder, 'pages'), repeat);
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
}
