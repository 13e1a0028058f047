/** Walks XML as it comes, with names free of their prefixes: some writers say `x:row` for `row`. */
import { SaxesParser } from 'saxes';
import { damagedWorkbook } from './archive.ts';

export interface XmlHandler {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

/**
 * Calls the handler for each piece of text, and gives control back after each.
 * @throws ProblemError `unreadable_file` where it is no well-formed XML
 */
export async function* walkXml(text: AsyncIterable<string>, handler: XmlHandler): AsyncGenerator<void> {
  const parser = new SaxesParser({ xmlns: false, position: false });
  if (handler.open) {
    const { open } = handler;
    parser.on('opentag', (tag) => open(bare(tag.name), tag.attributes));
  }
  if (handler.text) parser.on('text', handler.text);
  if (handler.text) parser.on('cdata', handler.text);
  if (handler.close) {
    const { close } = handler;
    parser.on('closetag', (tag) => close(bare(tag.name)));
  }
  for await (const piece of text) {
    attempt(() => parser.write(piece));
    yield;
  }
  attempt(() => parser.close());
  yield;
}

/** Walks a part to its end. */
export async function readXml(text: AsyncIterable<string>, handler: XmlHandler): Promise<void> {
  for await (const _ of walkXml(text, handler));
}

function attempt(work: () => void): void {
  try {
    work();
  } catch (cause) {
    throw damagedWorkbook(cause);
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
