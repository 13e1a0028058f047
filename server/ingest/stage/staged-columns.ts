import type { Field } from '../../contract/imports.ts';
import type { Label } from '../../contract/query.ts';
import type { TotalSpellings } from '../../vocabulary/vocabulary.ts';

/** Columns of `staged` that an import has, beside `day`, `name` and `bad`. */
export interface StagedColumns {
  readonly instant: boolean;
  readonly platform: boolean;
  readonly region: boolean;
  readonly episode: boolean;
  readonly currency: boolean;
  /** Dates may lack their year: `yearless` tells which do. */
  readonly yearless: boolean;
  /** Counters of views may be rounded: `rounding` tells by how much. */
  readonly rounding: boolean;
  /** Measured columns of `view_log` that the file fills. */
  readonly measures: readonly string[];
  /** Fields of the catalogue that the file states, as text in `f_<field>`. */
  readonly catalog: readonly Field[];
  /** `bad` → the field it stands for. */
  readonly faults: readonly Field[];
  /** What a reject says of the same fault, if the field alone does not tell. */
  readonly reasons?: readonly (Label | undefined)[];
}

/**
 * `plain`: fields whose cells are read by the engine's casts alone; a cell that these refuse makes the row `bad`.
 * `lineHash`: a hash over all cells of the line, to tell identical lines. `cells`: the line itself, and its number in Parquet.
 */
export interface StageExtras {
  readonly plain?: ReadonlySet<Field>;
  readonly lineHash?: boolean;
  readonly cells?: boolean;
  /** Cells that mean all platforms, regions or genres together: such rows are marked if they stand beside their parts. */
  readonly totals?: TotalSpellings;
  /** Read through `file.numbered`, which leaves no tables of rejects behind. */
  readonly numbered?: boolean;
}

/** What marks totals in `staged`. */
export interface PartTotals {
  /** Columns of `staged_totals` by which rows are found. */
  readonly keys: readonly string[];
}
