/** Jobs run one at a time; the others wait in order and can leave at any moment. */
import type { ImportRecord } from '../../contract/imports.ts';

export interface Queued {
  readonly record: ImportRecord;
  queuedAt(position: number): void;
  /** Ends at once if it was cancelled before. */
  run(): Promise<ImportRecord>;
  cancel(): void;
}

export class ImportQueue<T extends Queued> {
  private readonly waiting: { job: T; start: () => Promise<unknown> }[] = [];
  private readonly unfinished = new Set<Promise<unknown>>();
  private working = false;

  add(job: T): Promise<ImportRecord> {
    const ended = new Promise<ImportRecord>((resolve, reject) => {
      this.waiting.push({ job, start: () => job.run().then(resolve, reject) });
    });
    this.tellPositions();
    this.track(ended);
    this.track(this.work());
    return ended;
  }

  /** A waiting job leaves at once. */
  cancel(job: T): void {
    job.cancel();
    const at = this.waiting.findIndex((entry) => entry.job === job);
    if (at < 0) return;
    const [entry] = this.waiting.splice(at, 1);
    this.tellPositions();
    if (entry) this.track(entry.start());
  }

  async drained(): Promise<void> {
    while (this.unfinished.size > 0) await Promise.allSettled([...this.unfinished]);
  }

  private async work(): Promise<void> {
    if (this.working) return;
    this.working = true;
    try {
      for (let next = this.waiting.shift(); next; next = this.waiting.shift()) {
        this.tellPositions();
        await next.start();
      }
    } finally {
      this.working = false;
    }
  }

  private tellPositions(): void {
    this.waiting.forEach(({ job }, i) => {
      job.queuedAt(i + 1);
    });
  }

  private track(work: Promise<unknown>): void {
    this.unfinished.add(work);
    const forget = () => void this.unfinished.delete(work);
    work.then(forget, forget);
  }
}
