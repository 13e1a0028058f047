/** Text before it is drawn: how wide it will be, where it is cut, and that it is never markup. Pure. */

/** Widths in em of Inter's characters by class; CJK and full-width characters are one em. */
function em(char: string): number {
  const code = char.codePointAt(0) ?? 0;
  if (code >= 0x2e80) return code >= 0xff61 && code <= 0xff9f ? 0.5 : 1;
  if (/[ilj.,:;'|!I ]/.test(char)) return 0.3;
  if (/[frt()[\]{}\-/]/.test(char)) return 0.4;
  if (char === '%') return 1;
  if (/[mwMW@—]/.test(char)) return 0.9;
  if (/[A-Z]/.test(char)) return 0.7;
  if (/[0-9+−<>=–]/.test(char)) return 0.66;
  return 0.59;
}

/** Width in pixels, a little too wide rather than too narrow. A canvas would measure better; the server has none. */
export function textWidth(text: string, size: number): number {
  let width = 0;
  for (const char of text) width += em(char);
  return Math.ceil(width * size);
}

/** The text, cut with an ellipsis where it would pass `room` pixels. */
export function ellipsis(text: string, room: number, size: number): string {
  if (textWidth(text, size) <= room) return text;
  const left = room - size;
  let width = 0;
  let kept = '';
  for (const char of text) {
    width += em(char) * size;
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
