/** How far an import is, in share of the work, bytes and time left; pure, the clock is passed in. */
import type { Phase } from './run.ts';

type Spans = Readonly<Record<Phase, readonly [number, number]>>;

/** Share of the work that is done when a phase begins, and when it ends; measured on ten million rows. */
const SPANS: Readonly<Record<'csv' | 'parquet', Spans>> = {
  csv: {
    reading: [0, 0.4],
    keys: [0.4, 0.45],
    writing: [0.45, 0.75],
    settling: [0.75, 0.8],
    rollups: [0.8, 0.98],
    committing: [0.98, 1],
  },
  // Parquet is read where it lies, again in each phase that needs it.
  parquet: {
    reading: [0, 0.1],
    keys: [0.1, 0.2],
    writing: [0.2, 0.6],
    settling: [0.6, 0.65],
    rollups: [0.65, 0.97],
    committing: [0.97, 1],
  },
};

export interface Progress {
  /** 0 to 1; never falls. */
  readonly progress: number;
  readonly bytes_read: number;
  /** Null until enough is known for an honest guess. */
  readonly seconds_left: number | null;
}

/** Share of the work, and seconds of it, before which no guess is made. */
const ENOUGH = { share: 0.04, seconds: 1.5 };
/** How much of a new guess the shown one takes over at each look. */
const TRUST = 0.25;

export class ProgressMeter {
  private share = 0;
  private readonly started: number;
  /** When the work will probably end, in milliseconds. */
  private end: number | null = null;

  private readonly spans: Spans;

  /**
   * @param now milliseconds of a clock that never runs back
   * @param format as the engine reads it
   */
  constructor(
    private readonly bytes: number,
    private readonly now: () => number,
    format: keyof typeof SPANS,
  ) {
    this.spans = SPANS[format];
    this.started = now();
  }

  /** @param percentage of the running statement, null where the engine cannot tell */
  at(phase: Phase, percentage: number | null): Progress {
    const [from, to] = this.spans[phase];
    // A phase that begins again (a file read once more with care) never moves the bar back.
    this.share = Math.max(this.share, from + ((to - from) * Math.min(percentage ?? 0, 100)) / 100);
    return {
      progress: this.share,
      bytes_read: Math.round(this.bytes * Math.min(1, this.share / this.spans.reading[1])),
      seconds_left: this.guess(),
    };
  }

  /** What is left at the speed so far; the shown moment of the end moves towards it by steps, so that it does not jump. */
  private guess(): number | null {
    const now = this.now();
    const spent = now - this.started;
    if (this.share < ENOUGH.share || spent < ENOUGH.seconds * 1000) return null;
    const end = now + (spent * (1 - this.share)) / this.share;
    this.end = this.end === null ? end : this.end + TRUST * (end - this.end);
    return Math.max(0, Math.ceil((this.end - now) / 1000));
  }
}
