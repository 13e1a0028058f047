/** Reads XML as a stream, with names without their prefixes: some writers say `x:row` for `row`. */
import { SaxesParser } from 'saxes';
import { ProblemError } from '../../../problem.ts';
import { damagedWorkbook } from './archive.ts';
import { nestedTooDeeply, TAG_TOO_LONG } from './messages.ts';

export interface XmlHandler {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

/** Depth of elements; workbooks need about ten. */
const DEEPEST = 64;
/** Characters of a text or a tag: the parser keeps these in memory. */
const LONGEST = 1_000_000;

/** Calls the handler piece by piece, yields after each. @throws ProblemError `unreadable_file` for bad or huge XML */
export async function* walkXml(text: AsyncIterable<string>, handler: XmlHandler): AsyncGenerator<void> {
  const parser = new SaxesParser({ xmlns: false, position: false });
  let depth = 0;
  let open = 0;
  const seen = () => {
    open = 0;
  };
  parser.on('opentag', (tag) => {
    seen();
    if (++depth > DEEPEST) throw new ProblemError('unreadable_file', nestedTooDeeply(DEEPEST));
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
    if (open > LONGEST) throw new ProblemError('unreadable_file', TAG_TOO_LONG);
    yield;
  }
  attempt(() => parser.close());
  yield;
}

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

/** OOXML's notation for what XML cannot hold: `_x000D_`. */
export function unescaped(text: string): string {
  return text.includes('_x')
    ? text.replace(/_x([\dA-Fa-f]{4})_/gu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;
}
