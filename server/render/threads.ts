import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { fontFolder } from './fonts.ts';
import type { Done, Job } from './render-thread.ts';

type Given<J> = J extends unknown ? Omit<J, 'job'> : never;
export type JobGiven = Given<Job>;

interface Waiting {
  readonly resolve: (done: Done) => void;
  readonly reject: (error: Error) => void;
}

class Thread {
  readonly waiting = new Map<number, Waiting>();
  private readonly worker = startWorker();

  constructor(ended: (thread: Thread) => void) {
    this.worker.unref();
    this.worker.on('message', (done: Done) => {
      const one = this.waiting.get(done.job);
      this.waiting.delete(done.job);
      if (this.waiting.size === 0) this.worker.unref();
      if ('error' in done) one?.reject(new Error(done.error));
      else one?.resolve(done);
    });
    const fail = (error: Error) => {
      ended(this);
      for (const one of this.waiting.values()) one.reject(error);
      this.waiting.clear();
    };
    this.worker.once('error', fail);
    this.worker.once('exit', (code) => fail(new Error(`a thread that draws ended with code ${code}`)));
  }

  run(job: Job): Promise<Done> {
    this.worker.ref();
    return new Promise((resolve, reject) => {
      this.waiting.set(job.job, { resolve, reject });
      this.worker.postMessage(job);
    });
  }

  end(): void {
    void this.worker.terminate();
  }
}

/** Threads that draw, begun when there is work; one that fails is replaced. */
export class Threads {
  private threads: readonly Thread[] = [];
  private jobs = 0;

  constructor(private readonly most: number) {}

  /** @throws Error if the figure cannot be drawn */
  run(given: JobGiven): Promise<Done> {
    this.jobs += 1;
    return this.freest().run({ ...given, job: this.jobs });
  }

  close(): void {
    for (const thread of this.threads) thread.end();
    this.threads = [];
  }

  private freest(): Thread {
    const [freest] = this.threads.toSorted((a, b) => a.waiting.size - b.waiting.size);
    if (freest !== undefined && (freest.waiting.size === 0 || this.threads.length >= this.most)) return freest;
    const thread = new Thread((ended) => {
      this.threads = this.threads.filter((one) => one !== ended);
    });
    this.threads = [...this.threads, thread];
    return thread;
  }
}

/** In development the thread reads TypeScript only by tsx's own hooks. */
function startWorker(): Worker {
  const folder = fontFolder();
  if (!fileURLToPath(import.meta.url).endsWith('.ts'))
    return new Worker(new URL('./render-thread.mjs', import.meta.url), { workerData: folder });
  const source = JSON.stringify(new URL('./render-thread.ts', import.meta.url).href);
  return new Worker(`import('tsx/esm/api').then(({ register }) => { register(); return import(${source}); });`, {
    eval: true,
    workerData: folder,
  });
}
