import type { Warehouse } from '../../warehouse/warehouse.ts';
import type { OptionReason } from './doubt.ts';
import type { EncodingChoice } from './encoding/encoding-choice.ts';
import type { WideLayout } from './layout.ts';
import type { ImportLimits } from './limits.ts';
import type { Compression } from './packed/unpack.ts';
import type { TableShape } from './sniff.ts';
import type { DataFile, SampledColumn } from './source.ts';
import type { OpenedWorkbook } from './workbook/workbook.ts';

export interface Inspection {
  readonly format: 'csv' | 'ndjson' | 'xlsx' | 'parquet';
  readonly compression: Compression | null;
  readonly encoding: EncodingChoice | null;
  readonly delimiter: string | null;
  readonly workbook: Pick<OpenedWorkbook, 'sheets' | 'sheet' | 'reason' | 'others'> | null;
  readonly shape: TableShape | null;
  /** Rates with a column per currency (`wide-rates.ts`): whether headers give the base, too. */
  readonly ratesAcross: 'currencies' | 'pairs' | null;
  /** The layout of a wide table, which is read as rows here. */
  readonly wide: Pick<WideLayout, 'across' | 'reason' | 'leftOut'> | null;
  /** JSON with rows under a key: the keys to them, with dots between. */
  readonly under?: string;
  readonly columns: readonly SampledColumn[];
  readonly rows: readonly (readonly (string | null)[])[];
}

export interface OpenedFile {
  readonly inspected: Inspection;
  readonly file: DataFile;
  /** What the folders say against the file's own columns. */
  readonly clashes?: readonly OptionReason[];
}

/** Who may end the work on a file and hears of it. */
export interface Watched {
  readonly signal?: AbortSignal | undefined;
  readonly onPreparing?: ((what: Preparing) => void) | undefined;
}

export interface InspectDesk extends Watched {
  readonly warehouse: Warehouse;
  readonly limits: ImportLimits;
  /** Path for copies, which get endings of their own; nothing is left on failure. */
  readonly scratch: string;
  readonly now: () => Date;
}

export type Preparing = 'unpacking' | 'decoding' | 'converting';

export type Opening = Omit<InspectDesk, 'warehouse' | 'now'>;
