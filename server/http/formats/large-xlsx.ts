import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Cancelled } from '../../warehouse/warehouse.ts';
import type { Table } from './table.ts';
import { toXlsx } from './xlsx.ts';
import type { ToWorker } from './xlsx-worker.ts';

/** Cells that are written in some tens of milliseconds, where a thread would cost more than it saves. */
const SMALL = 20_000;
/** Rows handed over at once: their copy holds the event loop for a few milliseconds. */
const PART = 2_000;

/** The tail of the line: one large workbook is made at a time, so that many askers cannot fill the memory. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Rows as a workbook (see `toXlsx`), written by a thread of its own where they are many, so that the server answers
 * others meanwhile; large ones are made one after the other.
 * @param signal the asker went away: the thread is ended (it holds nothing but this table)
 * @throws Cancelled when `signal` fires first
 */
export function writeXlsx(table: Table, signal?: AbortSignal): Promise<Uint8Array> {
  if (table.columns.length * table.rows.length <= SMALL) return toXlsx(table);
  const turn = last.then(() => inThread(table, signal));
  last = turn.catch(() => undefined);
  return turn;
}

function inThread(table: Table, signal: AbortSignal | undefined): Promise<Uint8Array> {
  if (signal?.aborted) return Promise.reject(new Cancelled());
  return new Promise((resolve, reject) => {
    const worker = startWorker();
    const leave = () => {
      reject(new Cancelled());
      void worker.terminate();
    };
    signal?.addEventListener('abort', leave, { once: true });
    worker.once('message', (bytes: Uint8Array) => resolve(bytes));
    worker.once('error', reject);
    worker.once('exit', (code) => {
      signal?.removeEventListener('abort', leave);
      reject(new Error(`the thread that writes workbooks ended with code ${code}`));
    });
    handOver(table, worker, signal).catch(reject);
  });
}

/** In parts, and other work between them. */
async function handOver({ columns, rows }: Table, worker: Worker, signal: AbortSignal | undefined): Promise<void> {
  const tell = (message: ToWorker) => worker.postMessage(message);
  tell({ kind: 'columns', columns });
  for (let at = 0; at < rows.length && !signal?.aborted; at += PART) {
    tell({ kind: 'rows', rows: rows.slice(at, at + PART) });
    await new Promise((resolve) => setImmediate(resolve));
  }
  tell({ kind: 'end' });
}

/** Beside the bundle in production; in development the TypeScript source, which a thread reads only by tsx's own hooks. */
function startWorker(): Worker {
  if (!fileURLToPath(import.meta.url).endsWith('.ts')) return new Worker(new URL('./xlsx-worker.mjs', import.meta.url));
  const source = JSON.stringify(new URL('./xlsx-worker.ts', import.meta.url).href);
  return new Worker(`import('tsx/esm/api').then(({ register }) => { register(); return import(${source}); });`, {
    eval: true,
  });
}
