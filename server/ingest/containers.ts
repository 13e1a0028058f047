/** Files that are no table at all, told by their first bytes; pure. */
import { ProblemError } from '../problem.ts';
import { type Compression, compressionOf } from './unpack.ts';

/**
 * @param wide the head reads as UTF-16, whose zeros mean nothing
 * @throws ProblemError `unsupported_format`
 */
export function refuseForeign(head: Buffer, wide: boolean): void {
  const start = head.subarray(0, 8);
  const starts = (text: string) => start.toString('latin1').startsWith(text);
  if (starts('\xd0\xcf\x11\xe0')) refuse(olderOffice(head));
  if (starts('%PDF')) refuse('This is a PDF. Import the table as CSV, XLSX or Parquet.');
  if (starts('Rar!') || starts('7z\xbc\xaf')) refuse('This is an archive. Unpack it, and import the files in it.');
  if (starts('PK')) refuse('This is a ZIP archive that is damaged or empty.');
  if (/^\s*<(!doctype|html|table|\?xml)/iu.test(head.subarray(0, 512).toString('latin1')))
    refuse(
      'This is a page of HTML or XML, not a table; some exports name such a page .xls. Open it in a spreadsheet, save it as XLSX or CSV, and import that.',
    );
  if (!wide && head.subarray(0, 4096).includes(0))
    refuse('This is a binary file that is no table known here. Import CSV, TSV, NDJSON, XLSX or Parquet.');
}

function refuse(detail: string): never {
  throw new ProblemError('unsupported_format', detail);
}

/** OLE2, the container of Excel before 2007 and of every password-protected workbook since. */
function olderOffice(head: Buffer): string {
  const encrypted = head.includes(Buffer.from('EncryptedPackage', 'utf16le'));
  return encrypted
    ? 'This workbook is protected by a password. Save it without one, and import that.'
    : 'This is an old Excel file (.xls), or a workbook protected by a password. Save it as XLSX without a password, or as CSV, and import that.';
}

/** @throws ProblemError `unsupported_format` for what packs its content itself */
export function refusePacked(head: Buffer, outside: Compression): void {
  const start = head.subarray(0, 4).toString('latin1');
  if (start === 'PAR1')
    refuse(`This is a Parquet file inside ${outside}; unpack it first, Parquet is compressed already.`);
  if (start.startsWith('PK'))
    refuse(`This is a workbook or a ZIP archive inside ${outside}; unpack it first, it is compressed already.`);
  if (compressionOf(head)) refuse(`This file is compressed twice; unpack it once, and import that.`);
}
