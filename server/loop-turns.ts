import { AsyncLocalStorage } from 'node:async_hooks';

/** What ends the work that a loop is part of, however deep it lies. */
const ending = new AsyncLocalStorage<AbortSignal>();

/** Runs work whose loops end, at their next turn, with the reason of the signal once it fires. */
export const endedBy = <T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> => ending.run(signal, work);

/** Longest stretch of work before the event loop has a turn, in milliseconds: others wait that long at most. */
const STRETCH = 10;

/**
 * For long work in the one thread that answers everybody: awaited between two steps, it gives the event loop a turn if
 * the last one is long past, and costs nothing otherwise.
 * @throws the reason why the work that it is part of was ended (`endedBy`)
 */
export function loopTurns(): () => Promise<void> | undefined {
  let since = performance.now();
  const signal = ending.getStore();
  return () => {
    if (performance.now() - since < STRETCH) return undefined;
    return new Promise((resolve, reject) => {
      setImmediate(() => {
        since = performance.now();
        if (signal?.aborted) reject(signal.reason);
        else resolve();
      });
    });
  };
}

/** `items.map(step)`, with turns of the event loop between. */
export async function mapInTurns<T, R>(items: readonly T[], step: (item: T, index: number) => R): Promise<R[]> {
  const turn = loopTurns();
  const done: R[] = [];
  for (const [index, item] of items.entries()) {
    done.push(step(item, index));
    const due = turn();
    // Awaiting nothing for each of 200,000 rows would cost more than the rows.
    if (due) await due;
  }
  return done;
}
