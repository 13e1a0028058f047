/** Files that are no table at all, told by their first bytes; pure. */
import type { Label } from '../../contract/query.ts';
import { ProblemError } from '../../problem.ts';
import { type Compression, compressionOf } from './unpack.ts';

/**
 * @param wide the head reads as UTF-16, whose zeros mean nothing
 * @throws ProblemError `unsupported_format`
 */
export function refuseForeign(head: Buffer, wide: boolean): void {
  const start = head.subarray(0, 8);
  const starts = (text: string) => start.toString('latin1').startsWith(text);
  if (starts('\xd0\xcf\x11\xe0')) refuse(olderOffice(head));
  if (starts('%PDF'))
    refuse({
      en: 'This is a PDF. Import the table as CSV, XLSX or Parquet.',
      zh: '这是 PDF 文件。请将表格存为 CSV、XLSX 或 Parquet 后导入。',
    });
  const archive = starts('Rar!') ? 'RAR' : starts('7z\xbc\xaf') ? '7z' : isTar(head) ? 'tar' : null;
  if (archive !== null)
    refuse({
      en: `This is a ${archive} archive. Unpack it, and import the files in it.`,
      zh: `这是 ${archive} 压缩包。请解压后导入其中的文件。`,
    });
  const packer = /^BZh[1-9]/u.test(start.toString('latin1')) ? 'bzip2' : starts('\xfd7zXZ') ? 'xz' : null;
  if (packer !== null)
    refuse({
      en: `This file is packed with ${packer}, which is not read: gzip and zstd are. Unpack it, and import what is in it; a tar archive in it is unpacked, too.`,
      zh: `此文件由 ${packer} 压缩，无法直接读取（可读取 gzip 与 zstd）。请解压后导入；其中若为 tar 包，也请解开。`,
    });
  if (starts('PK'))
    refuse({ en: 'This is a ZIP archive that is damaged or empty.', zh: '这是损坏或空的 ZIP 压缩包。' });
  if (/^\s*<(!doctype|html|table|\?xml)/iu.test(head.subarray(0, 512).toString('latin1')))
    refuse({
      en: 'This is a page of HTML or XML, not a table; some exports name such a page .xls. Open it in a spreadsheet, save it as XLSX or CSV, and import that.',
      zh: '这是 HTML 或 XML 页面，不是表格（有些平台导出的 .xls 实为网页）。请用表格软件打开，另存为 XLSX 或 CSV 后导入。',
    });
  if (!wide && head.subarray(0, 4096).includes(0))
    refuse({
      en: 'This is a binary file that is no table known here. Import CSV, TSV, NDJSON, XLSX or Parquet.',
      zh: '无法识别的二进制文件。请导入 CSV、TSV、NDJSON、XLSX 或 Parquet。',
    });
}

/** Its first header has this mark behind the name and the numbers. */
const isTar = (head: Buffer) => head.toString('latin1', 257, 262) === 'ustar';

function refuse(detail: Label): never {
  throw new ProblemError('unsupported_format', detail);
}

/** OLE2, the container of Excel before 2007 and of every password-protected workbook since. */
function olderOffice(head: Buffer): Label {
  const encrypted = head.includes(Buffer.from('EncryptedPackage', 'utf16le'));
  return encrypted
    ? {
        en: 'This workbook is protected by a password. Save it without one, and import that.',
        zh: '此工作簿有密码保护。请去除密码后另存，再导入。',
      }
    : {
        en: 'This is an old Excel file (.xls), or a workbook protected by a password. Save it as XLSX without a password, or as CSV, and import that.',
        zh: '这是旧版 Excel 文件（.xls），或有密码保护的工作簿。请另存为不带密码的 XLSX 或 CSV 后导入。',
      };
}

/** @throws ProblemError `unsupported_format` for what packs its content itself */
export function refusePacked(head: Buffer, outside: Compression): void {
  const start = head.subarray(0, 4).toString('latin1');
  if (start === 'PAR1')
    refuse({
      en: `This is a Parquet file inside ${outside}; unpack it first, Parquet is compressed already.`,
      zh: `这是 ${outside} 压缩的 Parquet 文件。Parquet 本身已压缩，请解压后导入。`,
    });
  if (start.startsWith('PK'))
    refuse({
      en: `This is a workbook or a ZIP archive inside ${outside}; unpack it first, it is compressed already.`,
      zh: `这是 ${outside} 压缩的工作簿或 ZIP 压缩包。其本身已压缩，请解压后导入。`,
    });
  if (isTar(head))
    refuse({
      en: `This is a tar archive inside ${outside}. Unpack it, and import the files in it.`,
      zh: `这是 ${outside} 压缩的 tar 包。请解开后导入其中的文件。`,
    });
  if (compressionOf(head))
    refuse({
      en: 'This file is compressed twice; unpack it once, and import that.',
      zh: '文件被压缩了两次。请解压一次后导入。',
    });
}
