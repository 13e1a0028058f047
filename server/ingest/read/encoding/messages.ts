import type { Label } from '../../../contract/query.ts';
import type { Candidate } from './encoding-scores.ts';

export const ENCODING_REASONS = {
  mark: { en: 'its byte order mark says so', zh: '文件开头的字节顺序标记（BOM）' },
  utf8: { en: 'every byte of it is UTF-8', zh: '全部字节均符合 UTF-8' },
  nearlyUtf8: { en: 'nearly all of it is UTF-8', zh: '绝大部分符合 UTF-8' },
  utf16: {
    en: 'every other byte of its digits and signs is zero, as in UTF-16',
    zh: '数字与符号的字节间隔为零，符合 UTF-16',
  },
} as const satisfies Readonly<Record<string, Label>>;

const READS_AS: Readonly<Record<Candidate, Label>> = {
  gb18030: { en: 'Chinese in GB18030', zh: ' GB18030 编码的中文' },
  big5: { en: 'Chinese in Big5', zh: ' Big5 编码的中文' },
  shift_jis: { en: 'Japanese in Shift_JIS', zh: ' Shift_JIS 编码的日文' },
  'windows-1252': { en: 'a Western language in Windows-1252', zh: ' Windows-1252 编码的西文' },
  'euc-jp': { en: 'Japanese in EUC-JP', zh: ' EUC-JP 编码的日文' },
  'euc-kr': { en: 'Korean in EUC-KR', zh: ' EUC-KR 编码的韩文' },
};

export function encodingByText(best: Candidate, second: Candidate | null): Label {
  const first = READS_AS[best];
  const next = second === null ? null : READS_AS[second];
  return {
    en: `not UTF-8, and reads best as ${first.en}${next ? `; next ${next.en}` : ''}`,
    zh: `不是 UTF-8，最像${first.zh}${next ? `，其次是${next.zh}` : ''}`,
  };
}

export const encodingUnknown = (name: string): Label => ({
  en: `“${name}” is no encoding that is known here; try utf-8, gb18030, big5, shift_jis, utf-16le or windows-1252.`,
  zh: `不支持编码“${name}”；可用 utf-8、gb18030、big5、shift_jis、utf-16le 或 windows-1252。`,
});

export const UNKNOWN_ENCODING: Label = { en: 'unknown encoding', zh: '不支持的编码' };

export const isUtf16 = (asked: string): Label => ({
  en: `The file is UTF-16, not ${asked}: every second byte of it is zero. Leave the encoding out, or name utf-16le or utf-16be.`,
  zh: `该文件是 UTF-16 编码，不是 ${asked}。请不指定编码，或指定 utf-16le 或 utf-16be。`,
});

export const bytesOfAnotherEncoding = (line: number, column: number, encoding: string): Label => ({
  en: `Line ${line}, column ${column}: the bytes here are not ${encoding}. Repair the line, or name the file's encoding if it is another.`,
  zh: `第 ${line} 行第 ${column} 个字符：此处不是 ${encoding} 编码。请修正该行；若文件是其他编码，请另行指定。`,
});

export const notInEncoding = (encoding: string): Label => ({ en: `not ${encoding}`, zh: `不是 ${encoding} 编码` });
