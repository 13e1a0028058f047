/** Walks XML as it comes, with names free of their prefixes: some writers say `x:row` for `row`. */
import { SaxesParser } from 'saxes';
import { ProblemError } from '../../../problem.ts';
import { damagedWorkbook } from './archive.ts';

export interface XmlHandler {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

/** Elements in each other; those of a workbook come to some ten. */
const DEEPEST = 64;
/** Characters of one text or one tag: the parser holds these whole. */
const LONGEST = 1_000_000;

/**
 * Calls the handler for each piece of text, and gives control back after each. What would fill the memory is refused.
 * @throws ProblemError `unreadable_file` where it is no well-formed XML, is nested too deeply, or has a text or tag too long
 */
export async function* walkXml(text: AsyncIterable<string>, handler: XmlHandler): AsyncGenerator<void> {
  const parser = new SaxesParser({ xmlns: false, position: false });
  let depth = 0;
  /** Characters since the last whole text or tag. */
  let open = 0;
  const seen = () => {
    open = 0;
  };
  parser.on('opentag', (tag) => {
    seen();
    if (++depth > DEEPEST) throw tooDeep();
    handler.open?.(bare(tag.name), tag.attributes);
  });
  parser.on('closetag', (tag) => {
    seen();
    depth--;
    handler.close?.(bare(tag.name));
  });
  for (const kind of ['text', 'cdata'] as const)
    parser.on(kind, (piece) => {
      seen();
      handler.text?.(piece);
    });
  parser.on('comment', seen);
  parser.on('processinginstruction', seen);
  parser.on('doctype', seen);
  for await (const piece of text) {
    open += piece.length;
    attempt(() => parser.write(piece));
    if (open > LONGEST) throw tooLong();
    yield;
  }
  attempt(() => parser.close());
  yield;
}

function tooDeep(): ProblemError {
  return new ProblemError('unreadable_file', {
    en: `The workbook’s XML is nested more than ${DEEPEST} levels deep, as no spreadsheet program writes it: it was not read further. Save the sheet as CSV (UTF-8), and import that.`,
    zh: `工作簿内部的 XML 嵌套超过 ${DEEPEST} 层，不像表格软件生成的文件，已停止读取。请将工作表另存为 CSV（UTF-8）后导入。`,
  });
}

function tooLong(): ProblemError {
  return new ProblemError('unreadable_file', {
    en: 'A single text or tag in the workbook is longer than a million characters, as no spreadsheet program writes it: it was not read further. Save the sheet as CSV (UTF-8), and import that.',
    zh: '工作簿中有一段文本或标签超过 100 万个字符，不像表格软件生成的文件，已停止读取。请将工作表另存为 CSV（UTF-8）后导入。',
  });
}

/** Walks a part to its end. */
export async function readXml(text: AsyncIterable<string>, handler: XmlHandler): Promise<void> {
  for await (const _ of walkXml(text, handler));
}

function attempt(work: () => void): void {
  try {
    work();
  } catch (cause) {
    throw cause instanceof ProblemError ? cause : damagedWorkbook(cause);
  }
}

function bare(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

/** OOXML's own notation for what XML cannot hold: `_x000D_`. */
export function unescaped(text: string): string {
  return text.includes('_x')
    ? text.replace(/_x([\dA-Fa-f]{4})_/gu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;
}
