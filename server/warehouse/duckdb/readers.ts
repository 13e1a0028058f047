import { type Asking, Busy, Cancelled } from '../warehouse.ts';

/** Most askers that wait at once, of all clients and of one. */
const MOST_WAITING = 200;
const MOST_WAITING_OF_ONE = 100;
/** Longest time that `Busy` tells to wait, in seconds. */
const LONGEST_RETRY = 30;
/** What the server itself asks, such as for an import under way. */
const SERVER = '(server)';

interface Waiter {
  readonly start: () => void;
}

/**
 * Turns at the readers. At most `size` work at once, because each running query blocks a libuv thread; the rest wait in
 * a line for each client, and the lines take turns. The last free reader is kept for a client that has none, so one
 * client with many slow questions cannot hold up the others.
 */
export class ReaderTurns {
  /** Readers that each client holds. */
  private readonly held = new Map<string, number>();
  /** In the order of their turns; a client without waiters has no line. */
  private readonly lines = new Map<string, Waiter[]>();
  private working = 0;
  private waiting = 0;
  /** How long a turn took lately, in seconds. */
  private usual = 0.1;

  constructor(private readonly size: number) {}

  /**
   * Runs work once it is the asker's turn.
   * @throws Cancelled if its signal fires while it waits; Busy if too many wait, or its seconds pass before its turn
   */
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

  /** The first line whose client may start: its first waiter goes, and the line goes to the end. */
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
