import type { Field } from '../../contract/imports.ts';
import type { Label } from '../../contract/query.ts';
import type { TotalSpellings } from '../../vocabulary/vocabulary.ts';

/** The columns of `staged`, beside `day`, `name` and `bad`. */
export interface StagedColumns {
  readonly instant: boolean;
  readonly platform: boolean;
  readonly region: boolean;
  readonly episode: boolean;
  readonly currency: boolean;
  /** Dates may lack their year: `yearless` says which do. */
  readonly yearless: boolean;
  /** Counters of views may be rounded: `rounding` says by how much. */
  readonly rounding: boolean;
  readonly measures: readonly string[];
  /** Fields of the catalogue in the file, as text in `f_<field>`. */
  readonly catalog: readonly Field[];
  readonly faults: readonly Field[];
  /** The text of the reject, if the field is not enough. */
  readonly reasons?: readonly (Label | undefined)[];
}

/**
 * `plain`: fields read by casts alone; a refused cell makes the row `bad`. `lineHash`: over all cells, to find
 * identical lines. `cells`: the line itself, and its number in Parquet.
 */
export interface StageExtras {
  readonly plain?: ReadonlySet<Field>;
  readonly lineHash?: boolean;
  readonly cells?: boolean;
  /** Cells for all platforms, regions or genres: their rows are marked if their parts are there, too. */
  readonly totals?: TotalSpellings;
  /** Through `file.numbered`, which leaves no tables of rejects. */
  readonly numbered?: boolean;
}

export interface PartTotals {
  readonly keys: readonly string[];
}
