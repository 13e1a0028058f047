import { inflateRawSync } from 'node:zlib';

export type SheetCell = string | number | boolean | Date | null;

export interface Sheet {
  readonly rows: readonly (readonly SheetCell[])[];
  /** Rows above the frozen line. */
  readonly frozen: number;
  /** How many cells hold a formula. */
  readonly formulas: number;
}

/** Reads the first sheet of a workbook by the format's own rules, with none of the writer's code. */
export function readXlsx(bytes: Buffer): Sheet {
  const files = unzip(bytes);
  const part = (name: string) => files.get(name)?.toString('utf8') ?? '';
  const shared = matches(part('xl/sharedStrings.xml'), /<si>(.*?)<\/si>/gs).map(([, item = '']) =>
    matches(item, /<t[^>]*>(.*?)<\/t>/gs)
      .map(([, text = '']) => unescaped(text))
      .join(''),
  );
  const dated = datedStyles(part('xl/styles.xml'));
  const sheet = part('xl/worksheets/sheet1.xml');
  const rows = matches(sheet, /<row [^>]*?(?:\/>|>(.*?)<\/row>)/gs).map(([, row = '']) => {
    const cells: SheetCell[] = [];
    for (const [, attributes = '', body = ''] of matches(row, /<c ([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)) {
      const at = columnOf(/\br="([A-Z]+)/.exec(attributes)?.[1] ?? '');
      while (cells.length < at) cells.push(null);
      cells.push(cellOf(attributes, /<v>(.*?)<\/v>/s.exec(body)?.[1], shared, dated));
    }
    return cells;
  });
  const pane = /<pane [^>]*ySplit="(\d+)"[^>]*state="frozen"/.exec(sheet)?.[1];
  return { rows, frozen: Number(pane ?? 0), formulas: matches(sheet, /<f[ >]/g).length };
}

function cellOf(
  attributes: string,
  value: string | undefined,
  shared: readonly string[],
  dated: readonly boolean[],
): SheetCell {
  if (value === undefined) return null;
  const type = /\bt="(\w+)"/.exec(attributes)?.[1] ?? 'n';
  if (type === 's') return shared[Number(value)] ?? null;
  if (type === 'b') return value === '1';
  if (type !== 'n') return unescaped(value);
  const style = Number(/\bs="(\d+)"/.exec(attributes)?.[1] ?? 0);
  // Serial 25,569 is 1970-01-01; whole milliseconds, as a day's fraction is a float.
  return dated[style] ? new Date(Math.round((Number(value) - 25_569) * 86_400_000)) : Number(value);
}

/** Which cell styles show a date, by style number. */
function datedStyles(styles: string): boolean[] {
  const codes = new Map(
    matches(styles, /<numFmt numFmtId="(\d+)" formatCode="([^"]*)"/g).map(([, id, code = '']) => [id, code]),
  );
  const formats = /<cellXfs[^>]*>(.*)<\/cellXfs>/s.exec(styles)?.[1] ?? '';
  return matches(formats, /<xf ([^>]*)>/g).map(([, attributes = '']) =>
    /y+-m+-d+/.test(codes.get(/numFmtId="(\d+)"/.exec(attributes)?.[1] ?? '') ?? ''),
  );
}

const matches = (text: string, pattern: RegExp): RegExpExecArray[] => [...text.matchAll(pattern)];

const columnOf = (letters: string): number =>
  [...letters].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0) - 1;

/** XML's entities, then OOXML's own notation of what XML cannot hold. */
function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&')
    .replace(/_x([\dA-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** The files of a zip by its central directory. */
function unzip(zip: Buffer): Map<string, Buffer> {
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  const files = new Map<string, Buffer>();
  let at = zip.readUInt32LE(end + 16);
  for (let i = 0; i < zip.readUInt16LE(end + 10); i++) {
    const [method, size] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)];
    const [name, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset));
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const body = zip.subarray(start, start + size);
    files.set(zip.toString('utf8', at + 46, at + 46 + (name ?? 0)), method === 0 ? body : inflateRawSync(body));
    at += 46 + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return files;
}
