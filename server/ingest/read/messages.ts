import type { Label } from '../../contract/query.ts';
import { numbered } from '../../wording.ts';

export const AS_GIVEN: Label = { en: 'as given', zh: '由您指定' };

// No table

export const IS_PDF: Label = {
  en: 'This is a PDF. Import the table as CSV, XLSX or Parquet.',
  zh: '这是 PDF 文件。请将表格存为 CSV、XLSX 或 Parquet 后导入。',
};

export const isArchive = (kind: string): Label => ({
  en: `This is a ${kind} archive. Unpack it, and import the files in it.`,
  zh: `这是 ${kind} 压缩包。请解压后导入其中的文件。`,
});

export const isPackedBy = (packer: string): Label => ({
  en: `This file is packed with ${packer}; only gzip and zstd are read. Unpack it, and import what is in it; if that is a tar archive, unpack it, too.`,
  zh: `此文件由 ${packer} 压缩，无法直接读取（可读取 gzip 与 zstd）。请解压后导入；其中若为 tar 包，也请解开。`,
});

export const BROKEN_ZIP: Label = {
  en: 'This is a ZIP archive that is damaged or empty. Copy or export it again.',
  zh: '这是损坏或空的 ZIP 压缩包。请重新复制或导出。',
};

export const IS_PAGE: Label = {
  en: 'This is a page of HTML or XML, not a table; some exports name such a page .xls. Open it in a spreadsheet, save it as XLSX or CSV, and import that.',
  zh: '这是 HTML 或 XML 页面，不是表格（有些平台导出的 .xls 实为网页）。请用表格软件打开，另存为 XLSX 或 CSV 后导入。',
};

export const IS_BINARY: Label = {
  en: 'This is a binary file that is no table known here. Import CSV, TSV, NDJSON, XLSX or Parquet.',
  zh: '无法识别的二进制文件。请导入 CSV、TSV、NDJSON、XLSX 或 Parquet。',
};

export const HAS_PASSWORD: Label = {
  en: 'This workbook is protected by a password. Save it without one, and import that.',
  zh: '此工作簿有密码保护。请去除密码后另存，再导入。',
};

export const IS_OLD_EXCEL: Label = {
  en: 'This is an old Excel file (.xls), or a workbook protected by a password. Save it as XLSX without a password, or as CSV, and import that.',
  zh: '这是旧版 Excel 文件（.xls），或有密码保护的工作簿。请另存为不带密码的 XLSX 或 CSV 后导入。',
};

export const parquetInside = (outside: string): Label => ({
  en: `This is a Parquet file inside ${outside}; unpack it first, Parquet is compressed already.`,
  zh: `这是 ${outside} 压缩的 Parquet 文件。Parquet 本身已压缩，请解压后导入。`,
});

export const zipInside = (outside: string): Label => ({
  en: `This is a workbook or a ZIP archive inside ${outside}; unpack it first, it is compressed already.`,
  zh: `这是 ${outside} 压缩的工作簿或 ZIP 压缩包。其本身已压缩，请解压后导入。`,
});

export const tarInside = (outside: string): Label => ({
  en: `This is a tar archive inside ${outside}. Unpack it, and import the files in it.`,
  zh: `这是 ${outside} 压缩的 tar 包。请解开后导入其中的文件。`,
});

export const PACKED_TWICE: Label = {
  en: 'This file is compressed twice; unpack it once, and import that.',
  zh: '文件被压缩了两次。请解压一次后导入。',
};

// Empty, damaged or too large

export const FILE_EMPTY: Label = { en: 'The file is empty.', zh: '文件是空的。' };

export const nothingPacked = (compression: string): Label => ({
  en: `The ${compression} file has nothing in it.`,
  zh: `${compression} 文件中没有内容。`,
});

export const NO_TABLE: Label = {
  en: 'No table begins in this file: its columns must be separated by commas, tabs, semicolons or |.',
  zh: '文件中没有找到表格：各列应以逗号、制表符、分号或 | 分隔。',
};

export const packedCutShort = (compression: string): Label => ({
  en: `The ${compression} file is cut short: it ends before its data does. Copy or export it again.`,
  zh: `${compression} 文件不完整，末尾缺失。请重新复制或导出。`,
});

export const packedDamaged = (compression: string): Label => ({
  en: `The ${compression} file is damaged and cannot be unpacked. Copy or export it again.`,
  zh: `${compression} 文件已损坏，无法解压。请重新复制或导出。`,
});

export const ZSTD_WINDOW: Label = {
  en: 'The zstd file asks for a window of more than 128 MB. Pack it again without --long, or unpack it, and import that.',
  zh: 'zstd 文件的压缩窗口超过 128 MB。请不加 --long 重新压缩，或解压后导入。',
};

export const PARQUET_FOOTER: Label = {
  en: 'The Parquet file is damaged or cut short: its footer, the last part of the file, cannot be read. Export or copy it again.',
  zh: 'Parquet 文件已损坏或不完整，末尾的元数据无法读取。请重新导出或复制。',
};

export const unpacksTooLarge = (most: number): Label => ({
  en: `Unpacked, the file is larger than ${sizeText(most)}, the most that is taken here. Split it, or raise DRAMASCOPE_MAX_UNPACKED.`,
  zh: `文件解压后超过上限 ${sizeText(most)}。请拆分文件，或调高 DRAMASCOPE_MAX_UNPACKED。`,
});

export const unpacksTooFar = (ratio: number): Label => ({
  en: `The file unpacks to more than ${ratio} times its size, as no export does: it was not read further. If it is sound, unpack it yourself and import that.`,
  zh: `文件解压后超过原大小的 ${ratio} 倍，不像正常导出的文件，已停止读取。如确认无误，请自行解压后导入。`,
});

export const tooManyColumns = (most: number): Label => ({
  en: `The table has more than ${exact(most)} columns, the most that are read. Export it with a row per series and day, and import that.`,
  zh: `表格的列数超过可读取的上限 ${exact(most)}。请改为每部剧每天一行的格式导出后再导入。`,
});

export const DISK_FULL: Label = {
  en: 'The server’s disk has no room for this file; free some and send it again.',
  zh: '服务器磁盘空间不足，无法存放此文件。请释放空间后重新上传。',
};

export const uploadTooLarge = (most: number): Label => ({
  en: `The file is larger than ${sizeText(most)}, the most that is taken here. Split or compress it, or raise DRAMASCOPE_MAX_UPLOAD.`,
  zh: `文件超过上限 ${sizeText(most)}。请拆分或压缩文件，或调高 DRAMASCOPE_MAX_UPLOAD。`,
});

export const TOO_MUCH_TEXT: Label = {
  en: 'The file needs more memory than the server has for one file: its texts are too many. Save it as CSV, or split it, and import that.',
  zh: '文件中的文本过多，所需内存超过服务器可用于单个文件的上限。请另存为 CSV 或拆分后导入。',
};

const exact = (n: number) => n.toLocaleString('en');

function sizeText(bytes: number): string {
  const [unit, name] = bytes >= 1024 ** 3 ? [1024 ** 3, 'GB'] : bytes >= 1024 ** 2 ? [1024 ** 2, 'MB'] : [1024, 'kB'];
  return `${Number((bytes / unit).toFixed(1))} ${name}`;
}

// Uploads

export const UPLOAD_CUT_OFF: Label = {
  en: 'The upload ended before the whole file was sent; send it again.',
  zh: '上传中断，文件未传完。请重新上传。',
};

export const uploadNotFound = (id: string): Label => ({
  en: `There is no upload ${id}: it was imported, or the server was restarted since. Upload the file again.`,
  zh: `没有上传 ${id}：可能已导入，或服务器已重启。请重新上传文件。`,
});

// The header

export const noHeaderRowIn = (format: string): Label => ({
  en: `This is a ${format} file: it names its columns itself and has no header row. Leave header_row out.`,
  zh: `这是 ${format} 文件，列名由文件自带，没有表头行。请不要指定 header_row。`,
});

export const notForFormat = (format: string): Label => ({ en: `not for ${format}`, zh: `不适用于 ${format}` });

export const cannotBeHeader = (row: number): Label => ({
  en: `Row ${row} cannot be the header: it is blank, within a quoted text, or too far down in the file. Name another row, 0 for a file without a header, or leave header_row out.`,
  zh: `第 ${row} 行不能作为表头：该行为空、在引号文本之内，或不在文件开头的检查范围内。请改填其他行，没有表头则填 0，或不指定 header_row。`,
});

export const NO_SUCH_ROW: Label = { en: 'no such row', zh: '没有此行' };

// Lines

export const quoteOpen = (line: number, column: number, closed: boolean): Label => ({
  en: `Line ${line}, column ${column}: a quote (") is opened here and ${closed ? 'not closed on its line' : 'never closed'}, so the lines after it cannot be told apart. Close or remove it, and import the file again.`,
  zh: `第 ${line} 行第 ${column} 个字符：此处的引号（"）${closed ? '没有在本行闭合' : '没有闭合'}，其后各行无法分清。请补上或删去引号后重新导入。`,
});

export const UNTERMINATED_QUOTE: Label = { en: 'unterminated quote', zh: '引号没有闭合' };

export const QUOTE_IN_CELL: Label = {
  en: 'a quote (") is not closed before the end of its cell',
  zh: '单元格的引号（"）没有闭合',
};

export const cellsOfAnotherWidth = (cells: number, columns: number): Label => ({
  en: `has ${numbered(cells, 'cell')}, the header has ${columns}`,
  zh: `有 ${cells} 个单元格，表头有 ${columns} 列`,
});

export const rowTooLong = (row: number): Label => ({
  en: `Row ${row} is longer than 5 million characters, more than any table needs. Shorten it, and import the file again.`,
  zh: `第 ${row} 行超过 500 万个字符，远超正常表格。请缩短后重新导入。`,
});

export const LONGER_THAN_5_MILLION: Label = { en: 'longer than 5 million characters', zh: '超过 500 万个字符' };

// Tables that are turned

export const CURRENCIES_ACROSS: Label = {
  en: 'a column per currency: read as a row for each day and currency',
  zh: '每个币种一列：按每天、每个币种一行读取',
};
