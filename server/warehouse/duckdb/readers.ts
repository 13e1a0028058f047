import { type Asking, Busy, Cancelled } from '../warehouse.ts';

/** At once: of all clients, and of one. */
const MOST_WAITING = 200;
const MOST_WAITING_OF_ONE = 100;
/** Seconds. */
const LONGEST_RETRY = 30;
/** What the server itself asks, such as an import. */
const SERVER = '(server)';

interface Waiter {
  readonly start: () => void;
}

/** Each running query blocks a libuv thread. The last free reader is kept for a client that has none. */
export class ReaderTurns {
  private readonly held = new Map<string, number>();
  /** In the order of turns; a client without waiters has no line. */
  private readonly lines = new Map<string, Waiter[]>();
  private working = 0;
  private waiting = 0;
  /** Seconds of a turn lately. */
  private usual = 0.1;

  constructor(private readonly size: number) {}

  /** @throws Cancelled if its signal fires while it waits; Busy if too many wait, or its seconds pass */
  async take<T>(work: () => Promise<T>, asking: Asking = {}): Promise<T> {
    const client = asking.client ?? SERVER;
    await this.enter(client, asking);
    const started = performance.now();
    try {
      return await work();
    } finally {
      this.usual = 0.8 * this.usual + 0.2 * ((performance.now() - started) / 1000);
      this.leave(client);
    }
  }

  private enter(client: string, { signal, seconds }: Asking): Promise<void> {
    if (signal?.aborted) return Promise.reject(new Cancelled());
    if (this.mayStart(client)) {
      this.begin(client);
      return Promise.resolve();
    }
    const line = this.lines.get(client) ?? [];
    const full = this.waiting >= MOST_WAITING || line.length >= MOST_WAITING_OF_ONE;
    if (full && client !== SERVER) return Promise.reject(this.busy());
    return new Promise((resolve, reject) => {
      const done = () => {
        if (timer) clearTimeout(timer);
        signal?.removeEventListener('abort', cancel);
      };
      const quit = (reason: Error) => {
        done();
        this.forget(client, waiter);
        reject(reason);
      };
      const cancel = () => quit(new Cancelled());
      const waiter: Waiter = {
        start: () => {
          done();
          this.begin(client);
          resolve();
        },
      };
      const timer = seconds === undefined ? null : setTimeout(() => quit(this.busy()), seconds * 1000);
      signal?.addEventListener('abort', cancel, { once: true });
      line.push(waiter);
      this.lines.set(client, line);
      this.waiting++;
    });
  }

  private mayStart(client: string): boolean {
    const free = this.size - this.working;
    if (free <= 0) return false;
    return this.size === 1 || client === SERVER || free > 1 || !this.held.has(client);
  }

  private begin(client: string): void {
    this.working++;
    this.held.set(client, (this.held.get(client) ?? 0) + 1);
  }

  private leave(client: string): void {
    this.working--;
    const left = (this.held.get(client) ?? 1) - 1;
    if (left === 0) this.held.delete(client);
    else this.held.set(client, left);
    this.startNext();
  }

  /** The first line whose client may start; it then goes to the end. */
  private startNext(): void {
    for (const [client, line] of this.lines) {
      const [first] = line;
      if (first === undefined || !this.mayStart(client)) continue;
      this.forget(client, first);
      if (line.length > 0) {
        this.lines.delete(client);
        this.lines.set(client, line);
      }
      first.start();
      return;
    }
  }

  private forget(client: string, waiter: Waiter): void {
    const line = this.lines.get(client);
    const at = line?.indexOf(waiter) ?? -1;
    if (!line || at < 0) return;
    line.splice(at, 1);
    this.waiting--;
    if (line.length === 0) this.lines.delete(client);
  }

  private busy(): Busy {
    const seconds = Math.ceil((this.waiting * this.usual) / this.size);
    return new Busy(Math.min(LONGEST_RETRY, Math.max(1, seconds)));
  }
}
