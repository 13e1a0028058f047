/** How many rows of a file are read so far, by its own count or the length of its lines. */

const LF = 0x0a;
const CR = 0x0d;
const WINDOW = 1 << 16;
/** Lines differ in length, and the number must not be too high. */
const CAUTION = 0.97;

export class RowGauge {
  private looked = 0;
  private lines = 0;
  private told = 0;
  private stopped = false;

  /** @param rows of the file, if known beforehand @param bytes of its text */
  constructor(
    private readonly rows: number | null,
    private readonly bytes: number,
  ) {}

  /** Blank lines are no rows. @param whole whether each line so far is a row; after one that is not, the guess stays */
  push(chunk: Buffer, whole: boolean): void {
    this.stopped ||= !whole;
    if (this.rows !== null || this.stopped) return;
    const window = chunk.subarray(0, WINDOW);
    this.looked += window.length;
    for (let at = window.indexOf(LF), start = 0; at >= 0; at = window.indexOf(LF, start)) {
      const length = at - start - (window[at - 1] === CR ? 1 : 0);
      if (length > 0) this.lines++;
      start = at + 1;
    }
  }

  /** Rows at a share of the file (0 to 1); never falls, 0 if unknown. */
  at(share: number): number {
    if (this.stopped) return this.told;
    const guessed = this.looked === 0 ? 0 : (CAUTION * this.lines * this.bytes) / this.looked;
    this.told = Math.max(this.told, Math.floor(share * (this.rows ?? guessed)));
    return this.told;
  }
}
