import type { DuckDBConnection } from '@duckdb/node-api';
import { endedBy } from '../../loop-turns.ts';
import { type Asking, Cancelled, TimedOut } from '../warehouse.ts';

/** An interrupt between two statements stops neither, so it is repeated. */
const AGAIN_AFTER = 200;

/**
 * Interrupts engine and loops if the asker goes or time is up.
 * @param told learns the reason at once: the engine may take seconds to let go
 * @throws Cancelled or TimedOut
 */
export async function interruptible<T>(
  connection: Pick<DuckDBConnection, 'interrupt'>,
  work: (signal: AbortSignal) => Promise<T>,
  { signal, seconds }: Asking = {},
  told: (reason: Cancelled | TimedOut) => void = () => {},
): Promise<T> {
  const ended = new AbortController();
  let again: NodeJS.Timeout | undefined;
  const end = (reason: Cancelled | TimedOut) => {
    if (ended.signal.aborted) return;
    ended.abort(reason);
    told(reason);
    connection.interrupt();
    again = setInterval(() => connection.interrupt(), AGAIN_AFTER);
  };
  const cancel = () => end(new Cancelled());
  const timer = seconds === undefined ? undefined : setTimeout(() => end(new TimedOut(seconds)), seconds * 1000);
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    ended.signal.throwIfAborted();
    return await endedBy(ended.signal, () => work(ended.signal));
  } catch (cause) {
    throw ended.signal.aborted ? ended.signal.reason : cause;
  } finally {
    clearTimeout(timer);
    clearInterval(again);
    signal?.removeEventListener('abort', cancel);
  }
}
