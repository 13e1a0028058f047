import { parentPort } from 'node:worker_threads';
import { ProblemError } from '../../problem.ts';
import { openHere } from './inspect.ts';
import type { FromWorker, Task } from './large-file.ts';
import type { Preparing } from './opened.ts';
import { unpivotHere } from './unpivot.ts';

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

/** An error that can be copied to another thread. */
function plain(error: unknown): Error {
  const copy = new Error(error instanceof Error ? error.message : String(error));
  if (error instanceof Error && error.stack !== undefined) copy.stack = error.stack;
  return copy;
}
