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
  /** Files of text only. */
  readonly encoding: EncodingChoice | null;
  readonly delimiter: string | null;
  /** Workbooks only. */
  readonly workbook: Pick<OpenedWorkbook, 'sheets' | 'sheet' | 'reason' | 'others'> | null;
  /** Delimited files and sheets only. */
  readonly shape: TableShape | null;
  /** Rates that had a column per currency (`wide-rates.ts`): whether the headers told the base, too. */
  readonly ratesAcross: 'currencies' | 'pairs' | null;
  /** What was across in the table, which is read as rows here (`wide.ts`). */
  readonly wide: Pick<WideLayout, 'across' | 'reason' | 'leftOut'> | null;
  /** Of JSON whose rows stand under a key: the keys on the way there, with dots between. */
  readonly under?: string;
  readonly columns: readonly SampledColumn[];
  /** Sampled rows, as text. */
  readonly rows: readonly (readonly (string | null)[])[];
}

export interface OpenedFile {
  readonly inspected: Inspection;
  readonly file: DataFile;
  /** What the folders on its way say against its own columns. */
  readonly clashes?: readonly OptionReason[];
}

/** Who may end the work on a file, and is told of it. */
export interface Watched {
  readonly signal?: AbortSignal | undefined;
  /** Told what is done with the file before any row of it is read. */
  readonly onPreparing?: ((what: Preparing) => void) | undefined;
}

export interface InspectDesk extends Watched {
  readonly warehouse: Warehouse;
  readonly limits: ImportLimits;
  /** Path that copies of the file may be written to, with endings of their own; nothing is left there on failure. */
  readonly scratch: string;
  readonly now: () => Date;
}

export type Preparing = 'unpacking' | 'decoding' | 'converting';

/** What opening a file takes if no engine is needed. */
export type Opening = Omit<InspectDesk, 'warehouse' | 'now'>;
