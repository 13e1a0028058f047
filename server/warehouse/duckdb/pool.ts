import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { Cancelled } from '../warehouse.ts';

/**
 * Connections for readers. One connection runs one query at a time, and each running query blocks a libuv thread, so
 * at most `size` work at once and the rest wait in line, leaving the line when their signal fires.
 */
export class ConnectionPool {
  private readonly idle: DuckDBConnection[] = [];
  private readonly waiting: (() => void)[] = [];
  private working = 0;

  constructor(
    private readonly instance: DuckDBInstance,
    private readonly size: number,
  ) {}

  /**
   * Lends a connection to `work`. One whose work failed is closed rather than lent again: whatever state the failure
   * left it in goes with it.
   * @throws Cancelled when `signal` fires while waiting in line
   */
  async use<T>(work: (connection: DuckDBConnection) => Promise<T>, signal?: AbortSignal): Promise<T> {
    await this.enter(signal);
    try {
      const connection = this.idle.pop() ?? (await this.instance.connect());
      try {
        const result = await work(connection);
        this.idle.push(connection);
        return result;
      } catch (thrown) {
        connection.closeSync();
        throw thrown;
      }
    } finally {
      this.working--;
      this.waiting.shift()?.();
    }
  }

  private async enter(signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) throw new Cancelled();
    while (this.working >= this.size) await this.turn(signal);
    this.working++;
  }

  private turn(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        const at = this.waiting.indexOf(proceed);
        if (at >= 0) this.waiting.splice(at, 1);
        reject(new Cancelled());
      };
      const proceed = () => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      this.waiting.push(proceed);
      signal?.addEventListener('abort', leave, { once: true });
    });
  }

  close(): void {
    for (const connection of this.idle.splice(0)) connection.closeSync();
  }
}

/** Runs work on a connection and interrupts the engine, not only the waiting, when the signal fires. */
export async function interruptible<T>(
  connection: DuckDBConnection,
  work: (connection: DuckDBConnection) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const interrupt = () => connection.interrupt();
  signal?.addEventListener('abort', interrupt, { once: true });
  try {
    return await work(connection);
  } catch (cause) {
    throw signal?.aborted ? new Cancelled({ cause }) : cause;
  } finally {
    signal?.removeEventListener('abort', interrupt);
  }
}
