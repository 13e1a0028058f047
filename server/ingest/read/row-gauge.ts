/** How many rows of a file are read so far: of its own count if there is one, else of its lines' length. */

const LF = 0x0a;
const CR = 0x0d;
/** Of each piece of text this much is looked at. */
const WINDOW = 1 << 16;
/** Lines differ in length, and what is told must not be more than there are. */
const CAUTION = 0.97;

export class RowGauge {
  private looked = 0;
  private lines = 0;
  private told = 0;
  private stopped = false;

  /**
   * @param rows of the file, if it is known before it is read
   * @param bytes of its text
   */
  constructor(
    private readonly rows: number | null,
    private readonly bytes: number,
  ) {}

  /**
   * Takes a piece of the text; lines that hold nothing are no rows.
   * @param whole whether every line up to here is a row of its own; after the first that is not, nothing more is guessed
   */
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

  /**
   * Rows that are read once a share of the file is; never falls. 0 if nothing is known.
   * @param share 0 to 1
   */
  at(share: number): number {
    if (this.stopped) return this.told;
    const guessed = this.looked === 0 ? 0 : (CAUTION * this.lines * this.bytes) / this.looked;
    this.told = Math.max(this.told, Math.floor(share * (this.rows ?? guessed)));
    return this.told;
  }
}
