import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { ProblemError } from '../../problem.ts';
import { Cancelled } from '../../warehouse/warehouse.ts';
import type { FromWorker, ToWorker } from './file-worker.ts';
import { FILE_WRITERS, type FileKind } from './file-writers.ts';
import { cellOf, rowsOfPart, type Table } from './table.ts';

/** Below this many cells a thread costs more than it saves. */
const SMALL = 20_000;
/** Handing over this many holds the event loop for a few milliseconds. */
const PART = 8_000;
/** Megabytes; a workbook of 200,000 rows and 20 columns takes some 1,500. */
const MOST_MEMORY = 3072;

/** One large file at a time, so that many askers cannot fill the memory. */
let last: Promise<unknown> = Promise.resolve();

/** A file of many rows is written in a thread, one at a time. @throws Cancelled when `signal` fires first */
export function makeFile(format: FileKind, table: Table, signal?: AbortSignal): Promise<Uint8Array> {
  if (table.columns.length * table.rows.length <= SMALL) return writeHere(format, table);
  const turn = last.then(() => inThread(format, table, signal));
  last = turn.catch(() => undefined);
  return turn;
}

export async function writeHere(format: FileKind, table: Table): Promise<Uint8Array> {
  const writer = FILE_WRITERS[format](table.columns);
  writer.push(cellsOf(table, 0, table.rows.length));
  return writer.end();
}

const cellsOf = ({ columns, rows }: Table, from: number, to: number) =>
  rows.slice(from, to).map((row) => columns.map(({ id }) => cellOf(row[id])));

function inThread(format: FileKind, table: Table, signal: AbortSignal | undefined): Promise<Uint8Array> {
  if (signal?.aborted) return Promise.reject(new Cancelled());
  return new Promise((resolve, reject) => {
    const worker = startWorker();
    const fail = (error: unknown) => {
      reject(error);
      void worker.terminate();
    };
    const leave = () => fail(new Cancelled());
    signal?.addEventListener('abort', leave, { once: true });
    const tell = (message: ToWorker) => worker.postMessage(message);
    const part = rowsOfPart(table.columns, PART);
    let at = 0;
    // The next part goes when the last is taken: no second table waits between the threads.
    const next = () => {
      if (at >= table.rows.length) return tell({ kind: 'end' });
      tell({ kind: 'rows', rows: cellsOf(table, at, at + part) });
      at += part;
    };
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'file') return resolve(message.bytes);
      try {
        next();
      } catch (error) {
        fail(error);
      }
    });
    worker.once('error', (error) => reject(isOutOfMemory(error) ? tooLarge(format, error) : error));
    worker.once('exit', (code) => {
      signal?.removeEventListener('abort', leave);
      reject(new Error(`the thread that writes files ended with code ${code}`));
    });
    tell({ kind: 'columns', format, columns: table.columns });
  });
}

const isOutOfMemory = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';

function tooLarge(format: FileKind, cause: unknown): ProblemError {
  return new ProblemError(
    'answer_too_large',
    {
      en: `The answer is too large to be made into one ${format} file. Ask for fewer measures, members or days, or for CSV, which is sent as it is made.`,
      zh: `结果过大，无法生成一个 ${format} 文件。请减少指标、成员或天数，或改用 CSV（边生成边发送）。`,
    },
    undefined,
    { cause },
  );
}

/** In development the thread reads TypeScript only by tsx's own hooks. */
function startWorker(): Worker {
  const resourceLimits = { maxOldGenerationSizeMb: MOST_MEMORY };
  if (!fileURLToPath(import.meta.url).endsWith('.ts'))
    return new Worker(new URL('./file-worker.mjs', import.meta.url), { resourceLimits });
  const source = JSON.stringify(new URL('./file-worker.ts', import.meta.url).href);
  return new Worker(`import('tsx/esm/api').then(({ register }) => { register(); return import(${source}); });`, {
    eval: true,
    resourceLimits,
  });
}
