/** Entry of a worker thread: is told of one file, opens it or puts it into rows, and says what it found. */
import { parentPort } from 'node:worker_threads';
import type { ImportOptions } from '../contract/imports.ts';
import { ProblemError } from '../problem.ts';
import type { FileFacts } from './facts.ts';
import { type OpenedFile, openHere, type Preparing } from './inspect.ts';
import type { ImportLimits } from './limits.ts';
import { type Unpivoted, type Unpivoting, unpivotHere } from './unpivot.ts';

export type Task =
  | {
      readonly kind: 'open';
      readonly path: string;
      readonly facts: FileFacts;
      readonly options: ImportOptions;
      readonly limits: ImportLimits;
      readonly scratch: string;
    }
  | { readonly kind: 'unpivot'; readonly job: Unpivoting; readonly limits: ImportLimits };

/** Any number of `preparing`, then one of the others. An error loses its class on the way: a problem travels apart. */
export type FromWorker =
  | { readonly kind: 'preparing'; readonly what: Preparing }
  | { readonly kind: 'opened'; readonly opened: OpenedFile }
  | { readonly kind: 'unpivoted'; readonly unpivoted: Unpivoted }
  | {
      readonly kind: 'failed';
      readonly problem: Pick<ProblemError, 'code' | 'detail' | 'errors'> | null;
      readonly cause: Error;
    };

const tell = (message: FromWorker): void => parentPort?.postMessage(message);

parentPort?.once('message', (task: Task) => {
  answerTo(task)
    .then(tell, (error: unknown) => tell({ kind: 'failed', problem: problemOf(error), cause: plain(error) }))
    .finally(() => parentPort?.close());
});

async function answerTo(task: Task): Promise<FromWorker> {
  if (task.kind === 'unpivot') return { kind: 'unpivoted', unpivoted: await unpivotHere(task, task.job) };
  const { path, facts, options, limits, scratch } = task;
  const desk = { limits, scratch, onPreparing: (what: Preparing) => tell({ kind: 'preparing', what }) };
  return { kind: 'opened', opened: await openHere(desk, path, facts, options) };
}

const problemOf = (error: unknown) =>
  error instanceof ProblemError ? { code: error.code, detail: error.detail, errors: error.errors } : null;

/** What can be copied to another thread. */
function plain(error: unknown): Error {
  const copy = new Error(error instanceof Error ? error.message : String(error));
  if (error instanceof Error && error.stack !== undefined) copy.stack = error.stack;
  return copy;
}
