import { AsyncLocalStorage } from 'node:async_hooks';

const ending = new AsyncLocalStorage<AbortSignal>();

/** Loops within `work` end at their next turn, with the signal's reason. */
export const endedBy = <T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> => ending.run(signal, work);

/** Milliseconds: others wait that long at most. */
const STRETCH = 10;

/** Awaited between steps of long work: gives the event loop a turn if due. @throws the `endedBy` reason */
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

/** `items.map(step)` with turns between. */
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
