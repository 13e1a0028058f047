import type { Label } from '../../../contract/query.ts';
import { quoted } from '../../../wording.ts';

export const ONLY_SHEET: Label = { en: 'the only sheet', zh: '唯一的工作表' };

export const MOST_LIKE_A_TABLE: Label = {
  en: 'of the sheets, the one most like a table',
  zh: '各工作表中最像表格的一个',
};

export function sheetNotFound(asked: string, sheets: readonly string[]): Label {
  const { en, zh } = quoted(sheets);
  return {
    en: `The workbook has no sheet “${asked}”. Its sheets are: ${en}.`,
    zh: `工作簿中没有工作表“${asked}”。现有工作表：${zh}。`,
  };
}

export const NO_SUCH_SHEET: Label = { en: 'no such sheet', zh: '没有此工作表' };
export const NO_SHEETS: Label = { en: 'The workbook has no sheets.', zh: '工作簿中没有工作表。' };

export const sheetEmpty = (name: string): Label => ({
  en: `The sheet “${name}” holds no table: it is empty.`,
  zh: `工作表“${name}”是空的，没有表格。`,
});

// Not a workbook that can be read

export const BINARY_WORKBOOK: Label = {
  en: 'This is a binary workbook (.xlsb). Save it as XLSX or CSV, and import that.',
  zh: '这是二进制工作簿（.xlsb）。请另存为 XLSX 或 CSV 后导入。',
};

export const OPEN_DOCUMENT: Label = {
  en: 'This is an OpenDocument file (.ods). Save it as XLSX or CSV, and import that.',
  zh: '这是 OpenDocument 文件（.ods）。请另存为 XLSX 或 CSV 后导入。',
};

export const ZIP_IS_NO_WORKBOOK: Label = {
  en: 'This is a ZIP archive that is no workbook. Unpack it, and import the files in it.',
  zh: '这是 ZIP 压缩包，不是工作簿。请解压后导入其中的文件。',
};

export const OTHER_OFFICE_DOCUMENT: Label = {
  en: 'This is an Office document that is no workbook. Save its table as XLSX or CSV, and import that.',
  zh: '这是 Office 文档，不是工作簿。请将其中的表格存为 XLSX 或 CSV 后导入。',
};

export const WORKBOOK_DAMAGED: Label = {
  en: 'The workbook is damaged or cut short and cannot be read. Export or copy it again.',
  zh: '工作簿已损坏或不完整，无法读取。请重新导出或复制。',
};

// Too large

const exact = (n: number) => n.toLocaleString('en');

export const tooManyParts = (most: number): Label => ({
  en: `The workbook is an archive of more than ${exact(most)} parts, the most that are read. Save its table as a workbook of its own, or as CSV, and import that.`,
  zh: `工作簿内部的部件超过可读取的上限 ${exact(most)} 个。请将其中的表格另存为单独的工作簿或 CSV 后导入。`,
});

export const partTooLarge = (part: string): Label => ({
  en: `The workbook’s part ${part} is far larger than such a part ever is, so it was not read. Save the table as a workbook of its own, or as CSV, and import that.`,
  zh: `工作簿的部件 ${part} 异常大，未予读取。请将其中的表格另存为单独的工作簿或 CSV 后导入。`,
});

export const tooManySheets = (most: number): Label => ({
  en: `The workbook has more than ${exact(most)} sheets, the most that are looked at. Save the one to be imported as a workbook of its own, or as CSV.`,
  zh: `工作簿的工作表超过可读取的上限 ${exact(most)} 个。请将要导入的工作表另存为单独的工作簿或 CSV。`,
});

export const cellTooLong = (most: number): Label => ({
  en: `A cell of the workbook holds more than ${exact(most)} characters; spreadsheet programs hold 32,767. Shorten it, or save the sheet as CSV (UTF-8), and import that.`,
  zh: `工作簿中有单元格超过 ${exact(most)} 个字符（表格软件的上限为 32,767）。请缩短内容，或将工作表另存为 CSV（UTF-8）后导入。`,
});

export const TOO_MUCH_TEXT: Label = {
  en: 'The workbook holds more text than can be read. Save the sheet as CSV (UTF-8), and import that.',
  zh: '工作簿的文本过多，无法读取。请将工作表另存为 CSV（UTF-8）后导入。',
};

export const nestedTooDeeply = (deepest: number): Label => ({
  en: `The workbook’s XML is nested more than ${deepest} levels deep, as no spreadsheet program writes it: it was not read further. Save the sheet as CSV (UTF-8), and import that.`,
  zh: `工作簿内部的 XML 嵌套超过 ${deepest} 层，不像表格软件生成的文件，已停止读取。请将工作表另存为 CSV（UTF-8）后导入。`,
});

export const TAG_TOO_LONG: Label = {
  en: 'A single text or tag in the workbook is longer than a million characters, as no spreadsheet program writes it: it was not read further. Save the sheet as CSV (UTF-8), and import that.',
  zh: '工作簿中有一段文本或标签超过 100 万个字符，不像表格软件生成的文件，已停止读取。请将工作表另存为 CSV（UTF-8）后导入。',
};
