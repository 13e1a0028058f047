/** How far an import is, as a share of the work, and the time left; the clock is passed in. */
import type { Phase } from '../commit/run.ts';

type Spans = Readonly<Record<Phase, readonly [number, number]>>;

/** Share of the work at the start and the end of each phase, measured on `generate --profile bench`, 3e6 rows. */
const SPANS: Readonly<Record<'csv' | 'parquet', Spans>> = {
  csv: {
    reading: [0, 0.28],
    keys: [0.28, 0.31],
    writing: [0.31, 0.72],
    settling: [0.72, 0.73],
    rollups: [0.73, 0.99],
    committing: [0.99, 1],
  },
  // Parquet is read in its own place, in each phase that needs it.
  parquet: {
    reading: [0, 0.06],
    keys: [0.06, 0.11],
    writing: [0.11, 0.67],
    settling: [0.67, 0.68],
    rollups: [0.68, 0.99],
    committing: [0.99, 1],
  },
};

export interface Progress {
  readonly progress: number;
  readonly bytes_read: number;
  /** Null until there is enough for a guess. */
  readonly seconds_left: number | null;
}

/** Share and seconds of the work before the first guess. */
const ENOUGH = { share: 0.04, seconds: 1.5 };
/** From this share of a phase on the bar slows down, as the phase may take longer than expected. */
const STEADY = 0.8;
/** Weight of a new guess at each look. */
const TRUST = 0.25;

export class ProgressMeter {
  private share = 0;
  private readonly started: number;
  /** The expected end, in milliseconds. */
  private end: number | null = null;
  private phase: Phase | null = null;
  /** When the phase began, and its expected length, in milliseconds. */
  private since = 0;
  private expected = 0;
  private readonly spans: Spans;

  /** @param now milliseconds of a clock that never runs back @param format as the engine reads it */
  constructor(
    private readonly bytes: number,
    private readonly now: () => number,
    format: keyof typeof SPANS,
  ) {
    this.spans = SPANS[format];
    this.started = now();
  }

  /**
   * @param percentage of the running statement, null if unknown. It counts only while the file is read: other phases
   * have
   * several statements and go by the time expected at the speed so far.
   */
  at(phase: Phase, percentage: number | null): Progress {
    const [from, to] = this.spans[phase];
    if (phase !== this.phase) this.begin(phase);
    const done =
      phase === 'reading' ? Math.min(percentage ?? 0, 100) / 100 : paced(this.now() - this.since, this.expected);
    // A phase that begins again (a file read again with care) does not move the bar back.
    this.share = Math.max(this.share, from + (to - from) * done);
    return {
      progress: this.share,
      bytes_read: Math.round(this.bytes * Math.min(1, this.share / this.spans.reading[1])),
      seconds_left: this.guess(),
    };
  }

  private begin(phase: Phase): void {
    const [from, to] = this.spans[phase];
    this.phase = phase;
    this.since = this.now();
    this.expected = from > 0 ? ((this.since - this.started) * (to - from)) / from : 0;
  }

  /** The rest at the speed so far; the shown end moves towards it in steps, so that it does not jump. */
  private guess(): number | null {
    const now = this.now();
    const spent = now - this.started;
    if (this.share < ENOUGH.share || spent < ENOUGH.seconds * 1000) return null;
    const end = now + (spent * (1 - this.share)) / this.share;
    this.end = this.end === null ? end : this.end + TRUST * (end - this.end);
    return Math.max(0, Math.ceil((this.end - now) / 1000));
  }
}

function paced(spent: number, expected: number): number {
  if (expected <= 0) return 0;
  const share = spent / expected;
  return share <= STEADY ? share : 1 - (1 - STEADY) * Math.exp((STEADY - share) / (1 - STEADY));
}
