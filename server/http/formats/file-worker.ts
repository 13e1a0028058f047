import { parentPort } from 'node:worker_threads';
import type { Cell, Column } from '../../contract/query.ts';
import { FILE_WRITERS, type FileKind } from './file-writers.ts';
import type { FileWriter } from './typed.ts';

/** In order: one `columns`, any number of `rows`, one `end`. */
export type ToWorker =
  | { readonly kind: 'columns'; readonly format: FileKind; readonly columns: readonly Column[] }
  | { readonly kind: 'rows'; readonly rows: readonly (readonly Cell[])[] }
  | { readonly kind: 'end' };

/** `more`: ready for the next part. */
export type FromWorker = { readonly kind: 'more' } | { readonly kind: 'file'; readonly bytes: Uint8Array };

let writer: FileWriter | null = null;
const tell = (message: FromWorker, handedOver: ArrayBuffer[] = []) => parentPort?.postMessage(message, handedOver);

parentPort?.on('message', (message: ToWorker) => {
  if (message.kind === 'end') {
    void finish();
    return;
  }
  if (message.kind === 'columns') writer = FILE_WRITERS[message.format](message.columns);
  else writer?.push(message.rows);
  tell({ kind: 'more' });
});

async function finish(): Promise<void> {
  const bytes = await writer?.end();
  // In memory of its own, so that it is handed over without a copy.
  if (bytes) {
    const own = new Uint8Array(bytes);
    tell({ kind: 'file', bytes: own }, [own.buffer]);
  }
  parentPort?.close();
}
