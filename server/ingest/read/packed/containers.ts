import type { Label } from '../../../contract/query.ts';
import { ProblemError } from '../../../problem.ts';
import {
  BROKEN_ZIP,
  HAS_PASSWORD,
  IS_BINARY,
  IS_OLD_EXCEL,
  IS_PAGE,
  IS_PDF,
  isArchive,
  isPackedBy,
  PACKED_TWICE,
  parquetInside,
  tarInside,
  zipInside,
} from '../messages.ts';
import { type Compression, compressionOf } from './unpack.ts';

/** @param wide the head reads as UTF-16, whose zeros mean nothing @throws ProblemError `unsupported_format` */
export function refuseForeign(head: Buffer, wide: boolean): void {
  const start = head.subarray(0, 8);
  const starts = (text: string) => start.toString('latin1').startsWith(text);
  if (starts('\xd0\xcf\x11\xe0')) refuse(olderOffice(head));
  if (starts('%PDF')) refuse(IS_PDF);
  const archive = starts('Rar!') ? 'RAR' : starts('7z\xbc\xaf') ? '7z' : isTar(head) ? 'tar' : null;
  if (archive !== null) refuse(isArchive(archive));
  const packer = /^BZh[1-9]/u.test(start.toString('latin1')) ? 'bzip2' : starts('\xfd7zXZ') ? 'xz' : null;
  if (packer !== null) refuse(isPackedBy(packer));
  if (starts('PK')) refuse(BROKEN_ZIP);
  if (/^\s*<(!doctype|html|table|\?xml)/iu.test(head.subarray(0, 512).toString('latin1'))) refuse(IS_PAGE);
  if (!wide && head.subarray(0, 4096).includes(0)) refuse(IS_BINARY);
}

const isTar = (head: Buffer) => head.toString('latin1', 257, 262) === 'ustar';

function refuse(detail: Label): never {
  throw new ProblemError('unsupported_format', detail);
}

/** OLE2: Excel before 2007, and every password-protected workbook. */
function olderOffice(head: Buffer): Label {
  const encrypted = head.includes(Buffer.from('EncryptedPackage', 'utf16le'));
  return encrypted ? HAS_PASSWORD : IS_OLD_EXCEL;
}

/** @throws ProblemError `unsupported_format` if a packed file is inside a packed file */
export function refusePacked(head: Buffer, outside: Compression): void {
  const start = head.subarray(0, 4).toString('latin1');
  if (start === 'PAR1') refuse(parquetInside(outside));
  if (start.startsWith('PK')) refuse(zipInside(outside));
  if (isTar(head)) refuse(tarInside(outside));
  if (compressionOf(head)) refuse(PACKED_TWICE);
}
