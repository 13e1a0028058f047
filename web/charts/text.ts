/** Text before it is drawn: how wide it will be, where it is cut, and that it is never markup. Pure. */
import { MARKS, RANGES, REGULAR, SEMIBOLD } from './letterWidths.ts';

/** What is not in Inter, such as Chinese, is one em; half-width katakana half of one. */
const otherEm = (code: number): number => (code < 0x2e80 ? 0.6 : code >= 0xff61 && code <= 0xff9f ? 0.5 : 1);

const DIGITS = 2;

function widthsIn(table: string): ReadonlyMap<number, number> {
  const letters = [
    ...RANGES.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, at) => from + at)),
    ...[...MARKS].map((mark) => mark.codePointAt(0) ?? 0),
  ];
  return new Map(
    letters.map((code, at) => [code, Number.parseInt(table.slice(at * DIGITS, (at + 1) * DIGITS), 36) / 1000]),
  );
}

const WIDTHS = { regular: widthsIn(REGULAR), semibold: widthsIn(SEMIBOLD) };
/** From here on the bolder of the two fonts is nearer. */
const BOLD = 500;

function em(char: string, weight: number): number {
  const code = char.codePointAt(0) ?? 0;
  return WIDTHS[weight >= BOLD ? 'semibold' : 'regular'].get(code) ?? otherEm(code);
}

/** Width in pixels by the letters' own widths: the same on the page, on the server and in a file. */
export function textWidth(text: string, size: number, weight = 400): number {
  let width = 0;
  for (const char of text) width += em(char, weight);
  return width * size;
}

const FONT = /(?:(\d{3}|bold) )?(\d+(?:\.\d+)?)px/u;
const sizes = new Map<string, { size: number; weight: number }>();

/** The same for whoever names a font as CSS does: `600 16px Inter`. */
export function measureText(text: string, font = '12px'): { width: number } {
  let known = sizes.get(font);
  if (known === undefined) {
    const [, weight = '400', size = '12'] = FONT.exec(font) ?? [];
    known = { size: Number(size), weight: weight === 'bold' ? 700 : Number(weight) };
    sizes.set(font, known);
  }
  return { width: textWidth(text, known.size, known.weight) };
}

/** The text, cut with an ellipsis where it would pass `room` pixels. */
export function ellipsis(text: string, room: number, size: number): string {
  if (textWidth(text, size) <= room) return text;
  const left = room - textWidth('…', size);
  let width = 0;
  let kept = '';
  for (const char of text) {
    width += em(char, 400) * size;
    if (width > left) break;
    kept += char;
  }
  return `${kept.trimEnd()}…`;
}

/** Breaks a text into at most `lines` lines of `room` pixels: Latin between words, Chinese anywhere but before closing marks. */
export function wrap(text: string, room: number, size: number, lines: number): string[] {
  const words = text.match(/[⺀-￿][，。、；：！？）》」』]*|[^\s⺀-￿]+[，。、；：）]*|\s+/g) ?? [];
  const done: string[] = [];
  let line = '';
  for (const word of words) {
    if (line !== '' && textWidth(line + word.trimEnd(), size) > room) {
      done.push(line.trimEnd());
      line = word.trimStart();
    } else line += word;
  }
  if (line.trim() !== '') done.push(line.trimEnd());
  if (done.length <= lines) return done.map((one) => ellipsis(one, room, size));
  return [...done.slice(0, lines - 1), ellipsis(done.slice(lines - 1).join(' '), room, size)];
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as HTML shows it. Every text of data goes through here before ECharts gets it as tooltip markup. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char);
}
