import type { Field, FileKind, ImportOptions, Mapping, ViewsAre } from '../../contract/imports.ts';
import type { Label } from '../../contract/query.ts';
import type { HeaderMatch } from '../cells/headers.ts';
import type { OptionReason } from '../read/doubt.ts';
import type { SampledColumn } from '../read/source.ts';

export interface Proposal {
  readonly kind: FileKind;
  readonly mapping: Mapping;
  readonly options: ImportOptions;
  readonly reasons: readonly OptionReason[];
  /** Why a column is proposed for its field, by column name. */
  readonly columns: ReadonlyMap<string, ColumnRole>;
  /** What the header of the views says, beside the others. */
  readonly headerSays?: Exclude<ViewsAre, 'event'>;
  /** What the steps of the file itself show its views to be, where they decide. */
  readonly valuesSay?: Exclude<ViewsAre, 'event'>;
}

export interface ColumnRole {
  readonly field: Field;
  readonly reason: Label;
  /** Its name told nothing: its values alone speak for it. */
  readonly byValues?: true;
}

export const SOURCE_REASON: Label = {
  en: 'the file name without extension, dates and digits',
  zh: '取自文件名，去掉扩展名、日期与数字',
};

export type Matches = Map<Field, { column: SampledColumn; match: HeaderMatch }>;
