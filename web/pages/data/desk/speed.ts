/** How much of the newest stretch the shown speed takes over. */
const TRUST = 0.3;

export interface Pace {
  sent: number;
  at: number;
  /** Bytes per second; null until there is anything to tell. */
  speed: number | null;
}

/** The pace after `sent` bytes at `at`; stretches shorter than a fifth of a second are too noisy to tell. */
export function paceAfter(before: Pace, sent: number, at: number): Pace {
  const spent = at - before.at;
  if (spent < 200) return before;
  const newest = ((sent - before.sent) * 1000) / spent;
  return { sent, at, speed: before.speed === null ? newest : before.speed + TRUST * (newest - before.speed) };
}
