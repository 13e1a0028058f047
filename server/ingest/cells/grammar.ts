/**
 * The grammar of numbers in cells: `values.ts` makes SQL of it, `numbers.ts` reads the same in JavaScript. The patterns
 * mean the same in RE2 and JavaScript and match tidied text; `~` stands for any number of spaces.
 */
import { INVISIBLE } from '../../vocabulary/text.ts';

/** U+FF01 to U+FF5E are ASCII in the width of a Chinese character. */
const WIDE = Array.from({ length: 94 }, (_, i) => String.fromCharCode(0xff01 + i)).join('');
const NARROW = Array.from({ length: 94 }, (_, i) => String.fromCharCode(0x21 + i)).join('');
const ODD = '\u3000\u00a0\u2007\u2008\u2009\u200a\u202f\t\n\v\f\r\u2212\u2013\u2010\u2011\u301c\u2019\u02bc￥';
const EVEN = "            ----~''¥";

/** Each character of `from` becomes the one at its place in `to`; invisible ones have none and go. */
export const TRANSLATED = { from: WIDE + ODD + INVISIBLE, to: NARROW + EVEN } as const;

const narrow = new Map([...TRANSLATED.from].map((odd, i) => [odd, TRANSLATED.to[i] ?? '']));

export const halfWidth = (text: string): string =>
  [...text]
    .map((c) => narrow.get(c) ?? c)
    .join('')
    .toLowerCase();

/** No date and no number is longer. */
const LONGEST = 100;

/** Half-width, lower case, without spaces around it; nothing if it is too long to be a date or a number: patterns are slow on it. */
export function tidied(cell: string): string {
  const text = cell.trim();
  return text.length > LONGEST ? '' : halfWidth(text).replace(/^ +| +$/gu, '');
}

export const spaced = (source: string): string => source.replaceAll('~', ' *');

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/gu, '\\$&');
export const anyOf = (texts: Iterable<string>): string =>
  [...new Set(texts)]
    .sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
    .map(escaped)
    .join('|');

/** Units of a number, and their factors. */
export const UNITS: readonly (readonly [string, number])[] = (
  [
    [1e12, ['万亿', '兆', '조', 'trillion', 'tn']],
    [1e9, ['billion', 'bn', 'b', 'mrd']],
    [1e8, ['亿', '億', '억']],
    [1e7, ['千万', '천만', 'crore', 'crores', 'cr']],
    [1e6, ['百万', '백만', 'million', 'mio', 'mn', 'm']],
    [1e5, ['lakh', 'lakhs', 'lac', 'lacs']],
    [1e4, ['万', '萬', '만', 'w']],
    [1e3, ['千', '천', 'thousand', 'k']],
  ] as const
).flatMap(([value, names]) => names.map((name) => [name, value] as const));

/** Before a number that is rounded, or a bound. */
const ABOUT = "'?~(?:大约|约|約|大概|近|超过|超|逾|≈|\\x7e)?";
const MORE = '(?:[+]|余|餘|多|以上)?';
const CURRENCY = `[a-z]{0,3}\\p{Sc}|${anyOf([
  ...Intl.supportedValuesOf('currency').map((code) => code.toLowerCase()),
  'rmb',
  'rp',
  'rm',
  '元',
  '圆',
  '円',
  '원',
])}`;
const COUNTED = '(?:次播放|人次|次|人|播放|回|회|명|views?|plays?|times)?';

export interface Pattern {
  readonly source: string;
  readonly parts: readonly string[];
}

/** Any number but a compound; `BODIES` reads its body. */
export const NUMBER: Pattern = {
  source: spaced(
    `^${ABOUT}~([-+]?)~(${CURRENCY})?~([-+]?)~([0-9.](?:[0-9.,'_ ]*[0-9.])?)(e[-+]?[0-9]{1,3})?~(${anyOf(UNITS.map(([name]) => name))})?~${MORE}~${COUNTED}~(${CURRENCY})?~[+]?$`,
  ),
  parts: ['sign', 'before', 'sign2', 'body', 'exponent', 'unit', 'after'],
};

export const COMPOUND: Pattern = {
  source: spaced(
    `^${ABOUT}~(?:([0-9]{1,6})~[兆조])?~(?:([0-9]{1,6})~[亿億억])?~(?:([0-9]{1,6}(?:[.][0-9]+)?)~[万萬만])?~([0-9]{4})?~${MORE}~${COUNTED}~(?:元|圆|円|원)?$`,
  ),
  parts: ['trillions', 'yi', 'wan', 'ones'],
};
/** The factor of each part of a compound. */
export const COMPOUND_UNITS: Readonly<Record<string, number>> = { trillions: 1e12, yi: 1e8, wan: 1e4, ones: 1 };

/** Bodies with `.` before the fraction and marks between thousands, Indian lakhs, Swiss or spaced thousands. */
export const GROUPED =
  "^(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}|[0-9]{1,3}(?:'[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+|[0-9]+(?:_[0-9]+)+)(?:[.][0-9]*)?$|^[.][0-9]+$";
export const GROUP_MARKS = ",'_ ";
/** Bodies that can only have a decimal comma. */
export const TURNED =
  '^[0-9]{1,3}(?:(?:[.][0-9]{3}){2,}(?:,[0-9]+)?|(?:[.][0-9]{3})+,[0-9]+|(?: [0-9]{3})+,[0-9]{1,2})$';
/** The same beside a currency or a unit: `12,50 €`, `1,2M`. */
export const TURNED_BESIDE = '^[0-9]+,[0-9]{1,2}$';
