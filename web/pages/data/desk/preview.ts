/** The first rows of a delimited text file, read in the browser before anything is sent. Loaded only when it is needed. */
import Papa from 'papaparse';

export const LOOKED_AT = 256 * 1024;
const ROWS = 12;

export interface FilePreview {
  encoding: string;
  delimiter: string;
  rows: string[][];
  more: boolean;
}

/** In this order: the strict ones first. GB18030 can decode nearly anything, so that what follows it is rarely reached. */
const ENCODINGS = ['utf-8', 'gb18030', 'big5', 'shift_jis'] as const;

/** @param whole whether `bytes` are all of the file @returns null where it is no text */
export function previewOf(bytes: Uint8Array, whole: boolean): FilePreview | null {
  const decoded = decode(bytes);
  if (decoded === null) return null;
  const parsed = Papa.parse<string[]>(decoded.text, { preview: ROWS + 1, skipEmptyLines: 'greedy' });
  // A cut may run through the last line.
  const rows = whole || parsed.data.length > ROWS ? parsed.data : parsed.data.slice(0, -1);
  return {
    encoding: decoded.encoding,
    delimiter: parsed.meta.delimiter,
    rows: rows.slice(0, ROWS),
    more: !whole || rows.length > ROWS,
  };
}

function decode(bytes: Uint8Array): { encoding: string; text: string } | null {
  const marked = byMark(bytes);
  if (marked !== null) return { encoding: marked, text: new TextDecoder(marked).decode(bytes) };
  if (isBinary(bytes)) return null;
  for (const encoding of ENCODINGS) {
    try {
      // As a stream: the last character may be cut off, which is no fault of the encoding.
      return { encoding, text: new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true }) };
    } catch {
      // Not this one.
    }
  }
  return { encoding: 'windows-1252', text: new TextDecoder('windows-1252').decode(bytes) };
}

function byMark([a, b, c]: Uint8Array): string | null {
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  return a === 0xfe && b === 0xff ? 'utf-16be' : null;
}

/** Text has no zero bytes; packed files and workbooks have them early. */
const isBinary = (bytes: Uint8Array): boolean =>
  bytes.subarray(0, 4096).includes(0) || (bytes[0] === 0x1f && bytes[1] === 0x8b);
