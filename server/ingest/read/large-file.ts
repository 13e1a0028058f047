/** Large files are opened in a thread, so that the server answers others meanwhile. */
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { ImportOptions } from '../../contract/imports.ts';
import { ProblemError } from '../../problem.ts';
import { Cancelled } from '../../warehouse/warehouse.ts';
import type { FileFacts } from './facts.ts';
import type { Unpivoted, Unpivoting } from './layout.ts';
import type { ImportLimits } from './limits.ts';
import { TOO_MUCH_TEXT } from './messages.ts';
import type { OpenedFile, Opening, Preparing } from './opened.ts';

/** Megabytes of the thread: up to some hundred million characters of a workbook's texts. */
const MOST_MEMORY = 2048;

/** One at a time: there are few cores, and a workbook's texts are in memory. */
let last: Promise<unknown> = Promise.resolve();

/** `openHere` in a thread, which `signal` ends. @throws as `openHere`; `unpacked_too_large` if memory runs out */
export function openInThread(
  desk: Opening,
  path: string,
  facts: FileFacts,
  options: ImportOptions,
): Promise<OpenedFile> {
  const { limits, scratch } = desk;
  const copies = ['unpacked', 'decoded', 'table'].map((copy) => `${scratch}.${copy}`);
  return inTurn(desk, { kind: 'open', path, facts, options, limits, scratch }, copies, (message) =>
    message.kind === 'opened' ? message.opened : null,
  );
}

/** `unpivotHere` in a thread. @throws as `openInThread` */
export function unpivotInThread(desk: Opening, job: Unpivoting): Promise<Unpivoted> {
  return inTurn(desk, { kind: 'unpivot', job, limits: desk.limits }, [job.to], (message) =>
    message.kind === 'unpivoted' ? message.unpivoted : null,
  );
}

function inTurn<T>(
  desk: Opening,
  task: Task,
  copies: readonly string[],
  read: (message: FromWorker) => T | null,
): Promise<T> {
  const turn = last.then(() => inThread(desk, task, copies, read));
  last = turn.catch(() => undefined);
  return turn;
}

async function inThread<T>(
  desk: Opening,
  task: Task,
  copies: readonly string[],
  read: (message: FromWorker) => T | null,
): Promise<T> {
  if (desk.signal?.aborted) throw new Cancelled();
  const worker = startWorker();
  try {
    return await answerOf(worker, desk, task, read);
  } catch (cause) {
    // It holds no engine, so it can be ended at any moment.
    await worker.terminate();
    for (const copy of copies) await rm(copy, { force: true });
    throw isOutOfMemory(cause) ? tooMuchMemory(cause) : cause;
  }
}

function answerOf<T>(
  worker: Worker,
  { onPreparing, signal }: Opening,
  task: Task,
  read: (message: FromWorker) => T | null,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(new Cancelled());
    signal?.addEventListener('abort', leave, { once: true });
    worker.on('message', (message: FromWorker) => {
      const answer = read(message);
      if (answer !== null) resolve(answer);
      else if (message.kind === 'preparing') onPreparing?.(message.what);
      else if (message.kind !== 'failed') reject(new Error(`the thread answered ${message.kind}`));
      else if (message.problem) {
        const { code, detail, errors } = message.problem;
        reject(new ProblemError(code, detail, errors, { cause: message.cause }));
      } else reject(message.cause);
    });
    worker.once('error', reject);
    worker.once('exit', (code) => {
      signal?.removeEventListener('abort', leave);
      reject(new Error(`the thread that opens files ended with code ${code}`));
    });
    worker.postMessage(task);
  });
}

const isOutOfMemory = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';

const tooMuchMemory = (cause: unknown) => new ProblemError('unpacked_too_large', TOO_MUCH_TEXT, undefined, { cause });

/** Beside the bundle in production; in development TypeScript, which a thread reads only with tsx's hooks. */
function startWorker(): Worker {
  const resourceLimits = { maxOldGenerationSizeMb: MOST_MEMORY };
  if (!fileURLToPath(import.meta.url).endsWith('.ts'))
    return new Worker(new URL('./large-file-worker.mjs', import.meta.url), { resourceLimits });
  const source = JSON.stringify(new URL('./large-file-worker.ts', import.meta.url).href);
  return new Worker(`import('tsx/esm/api').then(({ register }) => { register(); return import(${source}); });`, {
    eval: true,
    resourceLimits,
  });
}

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

/** Any number of `preparing`, then one other. Errors lose their class on the way, so a problem travels apart. */
export type FromWorker =
  | { readonly kind: 'preparing'; readonly what: Preparing }
  | { readonly kind: 'opened'; readonly opened: OpenedFile }
  | { readonly kind: 'unpivoted'; readonly unpivoted: Unpivoted }
  | {
      readonly kind: 'failed';
      readonly problem: Pick<ProblemError, 'code' | 'detail' | 'errors'> | null;
      readonly cause: Error;
    };
