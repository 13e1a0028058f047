import { MOST_COLUMNS, type RowSource, type SourceRow } from '../table-copy.ts';
import type { WorkbookArchive } from './archive.ts';
import { isoOf } from './dates.ts';
import { columnOf, LAST_COLUMN, type Merge, MergedCells, mergesIn } from './merges.ts';
import { refuseLongCell, type SheetPart, type WorkbookParts } from './parts.ts';
import { unescaped, walkXml } from './xml.ts';

export interface ShortCells {
  longNumbers: number;
  withoutResult: number;
}

const LAST_ROW = 1_048_576;

export class SheetRows implements RowSource {
  private columns = 0;
  private merges: readonly Merge[] = [];
  lastRow: number | null = null;
  short: ReadonlyMap<number, Readonly<ShortCells>> = new Map();

  constructor(
    private readonly archive: WorkbookArchive,
    private readonly sheet: SheetPart,
    private readonly parts: WorkbookParts,
  ) {}

  width(): number {
    return this.columns;
  }

  async *rows(): AsyncGenerator<readonly SourceRow[]> {
    const merged = new MergedCells(this.merges);
    const reader = new CellReader(this.parts, (last) => {
      this.lastRow = last;
    });
    this.short = reader.short;
    for await (const _ of walkXml(this.archive.text(this.sheet.part), reader)) {
      this.columns = Math.max(this.columns, reader.width);
      const rows = reader.take().map((row) => merged.fill(row));
      for (const { cells } of rows) if (cells.length > this.columns) this.columns = cells.length;
      yield rows;
    }
  }

  /** Finds merged cells, which come after the rows: `rows` then fills them. @throws Cancelled */
  async findMerges(signal?: AbortSignal): Promise<void> {
    this.merges = await mergesIn(this.archive.text(this.sheet.part), signal);
  }
}

/** Builds rows from cells. Its methods are called by name, without `this`. */
class CellReader {
  private done: SourceRow[] = [];
  private line = 0;
  private cells: (string | null)[] = [];
  private column = -1;
  private type = 'n';
  private style = 0;
  private value = '';
  private reading = false;
  private formula = false;
  readonly short = new Map<number, ShortCells>();
  private aloud = false;
  /** Also of columns beyond those that are read, whose cells are not kept. */
  width = 0;

  constructor(
    private readonly parts: WorkbookParts,
    private readonly onExtent: (lastRow: number) => void,
  ) {}

  take(): SourceRow[] {
    const rows = this.done;
    this.done = [];
    return rows;
  }

  readonly open = (tag: string, attributes: Readonly<Record<string, string>>): void => {
    if (tag === 'c') this.openCell(attributes);
    else if (tag === 'v' || tag === 't') this.reading = true;
    else if (tag === 'f') this.formula = true;
    else if (tag === 'rPh') this.aloud = true;
    else if (tag === 'row') {
      // Places may be left out: rows and cells are consecutive then.
      const said = Number(attributes.r);
      this.line = Number.isInteger(said) && said >= 1 && said <= LAST_ROW ? said : this.line + 1;
      this.cells = [];
      this.column = -1;
    } else if (tag === 'dimension') {
      const last = /:[A-Z]+(\d+)$/u.exec(attributes.ref ?? '')?.[1];
      if (last !== undefined) this.onExtent(Number(last));
    }
  };

  readonly text = (piece: string): void => {
    if (!this.reading || this.aloud) return;
    this.value += piece;
    refuseLongCell(this.value.length);
  };

  readonly close = (tag: string): void => {
    if (tag === 'v' || tag === 't') this.reading = false;
    else if (tag === 'rPh') this.aloud = false;
    else if (tag === 'c') this.closeCell();
    else if (tag === 'row' && this.cells.some((cell) => cell !== null && cell !== ''))
      this.done.push({ line: this.line, cells: this.cells });
  };

  private openCell({ r, t, s }: Readonly<Record<string, string>>): void {
    this.column = r === undefined ? this.column + 1 : columnOf(r);
    this.type = t ?? 'n';
    this.style = Number(s ?? 0);
    this.value = '';
    this.formula = false;
  }

  private tellShort(kind: keyof ShortCells): void {
    const column = this.short.get(this.column) ?? { longNumbers: 0, withoutResult: 0 };
    column[kind]++;
    this.short.set(this.column, column);
  }

  private closeCell(): void {
    if (this.column < 0 || this.column >= LAST_COLUMN) return;
    // A formula with an empty text as its result has a type for it.
    const unworked = this.value === '' ? this.type !== 'str' : this.parts.unworked && this.value === '0';
    if (this.formula && unworked) {
      this.value = '';
      this.tellShort('withoutResult');
    }
    if (this.value === '') return;
    this.width = Math.max(this.width, this.column + 1);
    if (this.column >= MOST_COLUMNS) return;
    while (this.cells.length < this.column) this.cells.push(null);
    this.cells[this.column] = this.cellText();
  }

  private cellText(): string {
    const { value, type } = this;
    if (type === 's') return this.parts.texts[Number(value)] ?? '';
    if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
    if (type === 'd') return value.replace(/T00:00:00(\.0+)?Z?$/u, '').replace('T', ' ');
    if (type !== 'n') return unescaped(value);
    const shown = this.parts.shown[this.style] ?? null;
    const date = shown && isoOf(Number(value), shown, this.parts.since1904);
    if (date !== null) return date;
    const number = plainNumber(value);
    if (LONG_NUMBER.test(number)) this.tellShort('longNumbers');
    return number;
  }
}

/** More digits than spreadsheets keep. */
const LONG_NUMBER = /^-?\d{16,}$/u;

/** `1.2E7` → `12000000`; digits that a double cannot hold stay as written. */
function plainNumber(text: string): string {
  if (!/e/iu.test(text)) return text;
  const number = Number(text);
  if (!Number.isFinite(number)) return text;
  return Number.isInteger(number) && Math.abs(number) < 1e21 ? BigInt(number).toString() : String(number);
}
