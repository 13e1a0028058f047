import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setInterval } from 'node:timers';
import { DuckDBInstance } from '@duckdb/node-api';
import pino from 'pino';
import { createImports } from '../../server/ingest/queue/imports.ts';
import { openState } from '../../server/state/state.ts';
import { loadVocabulary } from '../../server/vocabulary/vocabulary.ts';
import { openDuckDB } from '../../server/warehouse/duckdb/warehouse.ts';

export interface BenchFiles {
  readonly csv: string;
  readonly parquet: string;
  readonly catalogue: string;
}

export interface ImportFigures {
  readonly format: 'csv' | 'parquet';
  readonly plainSeconds: number;
  readonly ourSeconds: number;
  /** Processor seconds of the same; they say more where other work shares the machine. */
  readonly plainCpu: number;
  readonly ourCpu: number;
  /** Resident memory at its highest while importing, in bytes. */
  readonly peakMemory: number;
}

/** Columns of the bench log and their types, the same for both sides. */
const COLUMNS = {
  time: 'DATE',
  series_id: 'VARCHAR',
  platform: 'VARCHAR',
  region: 'VARCHAR',
  views: 'BIGINT',
  watch_seconds: 'DOUBLE',
  completions: 'BIGINT',
  likes: 'BIGINT',
  comments: 'BIGINT',
  shares: 'BIGINT',
  favourites: 'BIGINT',
};

/** One import of ours and one plain load of the same file, in one run, each into a fresh database file. */
export async function measureImport(
  format: 'csv' | 'parquet',
  files: BenchFiles,
  folder: string,
): Promise<ImportFigures> {
  const plain = await plainLoad(format, files[format], join(folder, 'plain'));
  const ours = await ourImport(files, format, join(folder, 'ours'));
  return {
    format,
    plainSeconds: plain.seconds,
    ourSeconds: ours.seconds,
    plainCpu: plain.cpu,
    ourCpu: ours.cpu,
    peakMemory: ours.peakMemory,
  };
}

interface Spent {
  readonly seconds: number;
  readonly cpu: number;
}

/** Tells what was spent since it was started. */
function stopwatch(): () => Spent {
  const started = performance.now();
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return { seconds: (performance.now() - started) / 1000, cpu: (user + system) / 1e6 };
  };
}

function fresh(folder: string): string {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

async function plainLoad(format: 'csv' | 'parquet', file: string, folder: string): Promise<Spent> {
  const instance = await DuckDBInstance.create(join(fresh(folder), 'plain.duckdb'));
  const connection = await instance.connect();
  const path = `'${file.replaceAll("'", "''")}'`;
  const typed = Object.entries(COLUMNS)
    .map(([name, type]) => `'${name}': '${type}'`)
    .join(', ');
  const reader = format === 'csv' ? `read_csv(${path}, header = true, columns = {${typed}})` : `read_parquet(${path})`;
  const columns = Object.entries(COLUMNS)
    .map(([name, type]) => `CAST("${name}" AS ${type}) AS "${name}"`)
    .join(', ');
  const spent = stopwatch();
  await connection.run(`CREATE TABLE plain AS SELECT ${columns} FROM ${reader}`);
  await connection.run('CHECKPOINT');
  const figures = spent();
  connection.closeSync();
  instance.closeSync();
  return figures;
}

async function ourImport(
  files: BenchFiles,
  format: 'csv' | 'parquet',
  folder: string,
): Promise<Spent & { readonly peakMemory: number }> {
  fresh(folder);
  const warehouse = await openDuckDB({ path: join(folder, 'ours.duckdb'), spill: join(folder, 'spill') });
  const state = await openState(join(folder, 'state.sqlite'));
  const imports = await createImports({
    warehouse,
    state,
    folders: { uploads: join(folder, 'uploads') },
    vocabulary: loadVocabulary('data/vocabulary'),
    logger: pino({ level: 'silent' }),
  });
  await imports.importFile(files.catalogue, {});
  let peakMemory = 0;
  const watch = setInterval(() => {
    peakMemory = Math.max(peakMemory, process.memoryUsage.rss());
  }, 50);
  const spent = stopwatch();
  await imports.importFile(files[format], {});
  await imports.close();
  state.close();
  // Closing writes the checkpoint that plain DuckDB's figure has too.
  await warehouse.close();
  const figures = spent();
  clearInterval(watch);
  return { ...figures, peakMemory };
}
