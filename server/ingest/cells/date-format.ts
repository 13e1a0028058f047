/** The option `date_format`: how dates are written, in the letters of CLDR (`dd.MM.yyyy HH:mm`), as a pattern. */
import { NAME } from './date-grammar.ts';
import { halfWidth, type Pattern } from './grammar.ts';

export interface DateFormat extends Pattern {
  readonly timed: boolean;
}

const FIELDS: Readonly<Record<string, readonly [part: string, pattern: string]>> = {
  yyyy: ['y', '([0-9]{4})'],
  yy: ['y', '([0-9]{2})'],
  MMMM: ['n', NAME],
  MMM: ['n', NAME],
  MM: ['m', '([0-9]{2})'],
  M: ['m', '([0-9]{1,2})'],
  dd: ['d', '([0-9]{2})'],
  d: ['d', '([0-9]{1,2})'],
  HH: ['h', '([0-9]{2})'],
  H: ['h', '([0-9]{1,2})'],
  hh: ['h', '([0-9]{2})'],
  h: ['h', '([0-9]{1,2})'],
  mm: ['i', '([0-9]{2})'],
  ss: ['s', '([0-9]{2})'],
  a: ['half', '(am|pm|a[.]m[.]|p[.]m[.]|上午|下午|午前|午後|오전|오후)'],
};

/** Gives null if the text is no format: a letter that is unknown or comes twice, or no year or month. */
export function dateFormat(format: string): DateFormat | null {
  const parts: string[] = [];
  let source = '';
  for (const [token, quoted] of format.matchAll(/'([^']*)'|[a-z]+|./gisu)) {
    const field = FIELDS[token];
    if (field && parts.includes(field[0])) return null;
    if (field) parts.push(field[0]);
    else if (quoted === undefined && /^[a-z]/iu.test(token)) return null;
    source += field ? field[1] : literally(quoted ?? token);
  }
  const has = (part: string) => parts.includes(part);
  if (!has('y') || has('m') === has('n')) return null;
  if ((has('i') || has('s') || has('half')) && !has('h')) return null;
  return { source: `^${source}$`, parts, timed: has('h') };
}

/** A literal text; any run of spaces in it matches any other. */
const literally = (text: string) =>
  halfWidth(text)
    .replace(/[.*+?^${}()|[\]\\/]/gu, '\\$&')
    .replace(/\s+/gu, ' +');
