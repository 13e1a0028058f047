/** Slows down guesses: after some wrong ones an address waits. */

const MOST_WRONG = 10;
const WINDOW = 5 * 60_000;
/** The oldest is forgotten first. */
const MOST_ADDRESSES = 10_000;

export interface Attempts {
  /** Milliseconds until this address may try again; 0 if it may now. */
  wait(address: string, now?: number): number;
  wrong(address: string, now?: number): void;
  right(address: string): void;
}

export function countAttempts(): Attempts {
  const seen = new Map<string, { wrong: number; until: number }>();
  return {
    wait(address, now = Date.now()) {
      const one = seen.get(address);
      return one && one.wrong >= MOST_WRONG ? Math.max(0, one.until - now) : 0;
    },
    wrong(address, now = Date.now()) {
      const before = seen.get(address);
      const counted = before && before.until > now ? before : { wrong: 0, until: now + WINDOW };
      seen.delete(address);
      seen.set(address, { ...counted, wrong: counted.wrong + 1 });
      const oldest = seen.keys().next();
      if (seen.size > MOST_ADDRESSES && !oldest.done) seen.delete(oldest.value);
    },
    right: (address) => void seen.delete(address),
  };
}
