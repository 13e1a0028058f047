/** Where the option `header_row` cannot be honoured. */
import type { ImportOptions } from '../../contract/imports.ts';
import { ProblemError } from '../../problem.ts';

const PATH = 'options.header_row';

/** Formats that name their columns themselves. @throws ProblemError `invalid_request` where a header row is named all the same */
export function refuseHeaderRow({ header_row }: ImportOptions, format: 'Parquet' | 'JSON'): void {
  if (header_row === undefined) return;
  throw new ProblemError(
    'invalid_request',
    {
      en: `This is a ${format} file: it names its columns itself and has no header row. Leave header_row out.`,
      zh: `这是 ${format} 文件，列名由文件自带，没有表头行。请不要指定 header_row。`,
    },
    [{ path: PATH, message: { en: `not for ${format}`, zh: `不适用于 ${format}` } }],
  );
}

/** No row begins where the header is said to be. */
export function noSuchRow(headerRow: number): ProblemError {
  return new ProblemError(
    'invalid_request',
    {
      en: `Row ${headerRow} cannot be the header: it is blank, within a quoted text, or beyond the beginning of the file that is looked at. Name another row, 0 for a file without a header, or leave header_row out.`,
      zh: `第 ${headerRow} 行不能作为表头：该行为空、在引号文本之内，或不在文件开头的检查范围内。请改填其他行，没有表头则填 0，或不指定 header_row。`,
    },
    [{ path: PATH, message: { en: 'no such row', zh: '没有此行' } }],
  );
}
