/** Entry of a worker thread: takes a table's columns, then its rows in parts, and gives the workbook's bytes back. */
import { parentPort } from 'node:worker_threads';
import type { Column, Row } from '../../contract/query.ts';
import { toXlsx } from './xlsx.ts';

/** What the thread is told, in order: one `columns`, any number of `rows`, one `end`. */
export type ToWorker =
  | { readonly kind: 'columns'; readonly columns: readonly Column[] }
  | { readonly kind: 'rows'; readonly rows: readonly Row[] }
  | { readonly kind: 'end' };

let columns: readonly Column[] = [];
const rows: Row[] = [];

parentPort?.on('message', (message: ToWorker) => {
  if (message.kind === 'columns') columns = message.columns;
  else if (message.kind === 'rows') rows.push(...message.rows);
  else void finish();
});

async function finish(): Promise<void> {
  // Of its own memory, so that it can be handed over without a copy.
  const bytes = new Uint8Array(await toXlsx({ columns, rows }));
  parentPort?.postMessage(bytes, [bytes.buffer]);
  parentPort?.close();
}
