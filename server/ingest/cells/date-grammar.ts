/** The grammar of dates and times in cells: `dates.ts` makes SQL of it, `times.ts` reads the same in JavaScript. */
import { anyOf, type Pattern, spaced } from './grammar.ts';

const LANGUAGES =
  'en en-GB de de-AT fr es pt it nl sv da nb fi pl cs sk hu ro ru uk bg el tr id ms fil hr sr sl lt lv et ca hi bn ta te ar fa he th vi'.split(
    ' ',
  );
const WEEKDAY_LANGUAGES = 'zh zh-Hant ja ko en de fr es pt it nl ru tr id th vi'.split(' ');

const partOf = (language: string, options: Intl.DateTimeFormatOptions, date: number, type: string) =>
  new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' })
    .formatToParts(date)
    .find((part) => part.type === type)?.value ?? '';

export const NAME_MARKS = ".'॰׳";
export const monthKey = (name: string): string => [...name].filter((c) => !NAME_MARKS.includes(c)).join('');

const WRITTEN_MONTHS = LANGUAGES.flatMap((language) =>
  (['long', 'short'] as const).flatMap((month) =>
    [{}, { day: 'numeric' } as const].flatMap((beside) =>
      Array.from({ length: 12 }, (_, i) => {
        const calendar = `${language}-u-ca-gregory-nu-latn`;
        const name = partOf(calendar, { month, ...beside }, Date.UTC(2025, i, 15), 'month').toLowerCase();
        return { month: i + 1, name };
      }),
    ),
  ),
);

/** Words before the number of a month: `tháng 10`, `thg 10`, and `Th10`, as programs write it. */
const MONTH_WORDS = [
  ...new Set(WRITTEN_MONTHS.flatMap(({ name }) => /^([\p{L}\p{M}]+) ?\d+$/u.exec(name)?.[1] ?? [])),
  'th',
].flatMap((word) => [word, word.normalize('NFD')]);

/** Name → month, 1 to 12. A name that is two months in two languages is left out. */
export const MONTH_NAMES: ReadonlyMap<string, number> = monthNames();

function monthNames(): ReadonlyMap<string, number> {
  const found = new Map<string, Set<number>>();
  for (const { month, name } of WRITTEN_MONTHS) {
    const key = monthKey(name.replace(/^(?:d’|de )/u, ''));
    if (/^[\p{L}\p{M}]+$/u.test(key)) found.set(key, (found.get(key) ?? new Set()).add(month));
  }
  return new Map([...found].flatMap(([name, [month, ...more]]) => (month && more.length === 0 ? [[name, month]] : [])));
}

function weekdayNames(width: 'long' | 'short'): string[] {
  return WEEKDAY_LANGUAGES.flatMap((language) =>
    Array.from({ length: 7 }, (_, i) =>
      partOf(language, { weekday: width }, Date.UTC(2025, 8, 29 + i), 'weekday')
        .toLowerCase()
        .replace(/[.]$/u, ''),
    ),
  ).filter((name) => !MONTH_NAMES.has(name));
}

const CHINESE_WEEKDAY = '(?:周|週|星期|礼拜|禮拜)[一二三四五六日天]';
const latin = (name: string) => /^[\p{Script=Latin}\p{Script=Cyrillic} -]+$/u.test(name);
const long = weekdayNames('long');
const short = weekdayNames('short');
const english = short.filter((name) => /^[a-z]{3}$/u.test(name));
/** Between words of a language that parts them. */
const WORDS = `(?:${anyOf([...long.filter(latin), ...english])})`;
const GLYPHS = `(?:${CHINESE_WEEKDAY}|${anyOf(long.filter((name) => !latin(name)))})`;
const BRACKETED = `(?:${CHINESE_WEEKDAY}|${anyOf([...long, ...short])})[.]?`;

/** Replaced in a cell before it is read, in this order: `[pattern, replacement]`, with `\1` for a group. */
export const REWRITES: readonly (readonly [string, string])[] = [
  ["^'+", ''],
  // As JavaScript prints a date: GMT+0800 (中国标准时间).
  [spaced('(gmt[-+][0-9]{4})~[(][^)]*[)]$'), '\\1'],
  [spaced(`~[(\\[]~${BRACKETED}~[)\\]]`), ' '],
  [spaced(`^${WORDS}(?:[.]?~,~|[.]?[ ]+)`), ''],
  [spaced(`[, ]+${WORDS}[.,]?([ ]|$)`), '\\1'],
  [spaced(`~,?~${GLYPHS}~,?`), ' '],
];

/** Texts that need no rewriting: only digits and the marks of plain dates. */
export const EASY = '^[-0-9/.:年月日tz+ ]*$';

/** Zones with a name that means one offset, in minutes. CST is not here: three continents have one. */
export const ZONE_NAMES: Readonly<Record<string, number>> = {
  z: 0,
  utc: 0,
  gmt: 0,
  ut: 0,
  est: -300,
  edt: -240,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
  jst: 540,
  kst: 540,
};
const ZONE = `(?:(?:utc|gmt|ut)?~([-+])([0-9]{1,2})(?::?([0-9]{2}))?|(${anyOf(Object.keys(ZONE_NAMES))}))?`;
export const FORENOON = ['上午', '凌晨', '早上', '午前', '오전', 'am', 'a.m.'] as const;
export const AFTERNOON = ['下午', '傍晚', '午後', '오후', 'pm', 'p.m.'] as const;

const CLOCK = `(${anyOf([...FORENOON, ...AFTERNOON])})?~([0-9]{1,2})(?:~[:时時点點시]~(?:([0-9]{1,2})~(?:[:分분]~(?:([0-9]{1,2})(?:[.,]([0-9]{1,9}))?~[秒초]?)?)?)?)?~(am|pm|a[.]m[.]|p[.]m[.])?~${ZONE}`;

export const TIMED = spaced(
  ':|[0-9]~[时時点點시]|[0-9]~[ap][.]?m[.]?$|^20[0-9]{6}(?:[0-9]{2}){1,3}(?:~z|~[-+][0-9:]+)?$|^20[0-9]{6}t[0-9]',
);
const TIME_PARTS = ['head1', 'head2', 'half1', 'h', 'i', 's', 'f', 'half2', 'zs', 'zh', 'zm', 'zn'] as const;
export const TIMES: readonly [Pattern, Pattern] = [
  {
    source: spaced(`^(20[0-9]{6})()()[t ]?([0-9]{2})(?:([0-9]{2})([0-9]{2})?)?()()~${ZONE}$`),
    parts: TIME_PARTS,
  },
  { source: spaced(`^(?:(.*?)[t, ]+|(.*?[^-0-9 ,t:.+/]))${CLOCK}$`), parts: TIME_PARTS },
];
/** Offsets from UTC are below this many hours. */
export const MOST_OFFSET = 15;

export type ShapeKind = 'day' | 'month' | 'week' | 'yearless' | 'ordered' | 'range' | 'quarter';

export interface Shape extends Pattern {
  readonly kind: ShapeKind;
  readonly era?: number;
}

const shape = (kind: ShapeKind, parts: string, source: string, more: { era?: number } = {}): Shape => ({
  kind,
  parts: parts === '' ? [] : parts.split(' '),
  source: spaced(source),
  ...more,
});

const Y = '([0-9]{4})';
const N = '([0-9]{1,2})';
/** Letters of any script, by what they are not: the engine is slow to plan classes of letters. */
export const NAME = "([^-0-9 .,:;/\\\\'()+_]+[.]?)";
const TH = '(?:st|nd|rd|th|er|º|ª|[.])?';
const OF = "(?:(?:de|of)[ ]+|d')?";
const YEAR_END = '[-/.年년]';
const MONTH_END = '[-/.月월]';
const DAY_END = '[日号號일]?';
/** The month in a language that counts them. */
const NTH = `(?:${anyOf(MONTH_WORDS)})[.]?~${N}`;
const TO = '~(?:\\x7e+|至|到|—+|-+|to|/)~';

/** First years of eras less one, by their names. */
const eras = (locale: string, years: readonly number[]): (readonly [string, number])[] =>
  years.flatMap((year) =>
    (['long', 'narrow'] as const).map((era) => {
      const date = Date.UTC(year, 6, 1);
      const name = partOf(locale, { era, year: 'numeric' }, date, 'era').toLowerCase();
      return [name, year - Number(partOf(locale, { era, year: 'numeric' }, date, 'year'))] as const;
    }),
  );
const ERAS = new Map([
  ...eras('ja-JP-u-ca-japanese-nu-latn', [1980, 2000, 2025]),
  ...eras('zh-TW-u-ca-roc-nu-latn', [2025]),
  ...eras('zh-Hans-u-ca-roc-nu-latn', [2025]),
]);

/** The first shape that fits a text decides what it is. */
export const SHAPES: readonly Shape[] = [
  shape('day', 'y m d', `^${Y}~[-/.\\\\年년]~${N}~[-/.\\\\月월]~${N}~(?:[日号號일.])?$`),
  shape('day', 'y m d', '^([0-9]{4})([0-9]{2})([0-9]{2})$'),
  shape('day', 'y m d', `^${Y} +${N} +${N}$`),
  shape('month', 'y m', `^${Y}~${YEAR_END}~${N}~(?:月份?|[월.])?$`),
  // `251001` is not read.
  shape('month', 'y m', '^(20[0-9]{2})(0[1-9]|1[0-2])$'),
  shape('ordered', '1 2 3', `^${N}~[-/.]~${N}~[-/.]~([0-9]{4}|[0-9]{1,2})[.]?$`),
  shape('month', 'm y', `^${N}~[-/.]~${Y}$`),
  shape('yearless', 'm d', `^${N}~[月월]~${N}~${DAY_END}$`),
  shape('yearless', 'm', `^${N}~(?:月份?|월)$`),
  shape('yearless', '1 2', `^${N}~[-/.]~${N}[.]?$`),
  shape('week', 'y w wd', '^([0-9]{4})-?w([0-9]{2})-?([1-7])$'),
  shape('week', 'y w', `^${Y}~[-/]?~w${N}$`),
  shape('week', 'y w', `^${Y}~[年년]?~[第제]?~${N}~(?:[周週]|주차?)$`),
  shape('week', 'y w', `^${Y}[-,/ ]*(?:week|wk|kw)[-. ]*${N}$`),
  shape('week', 'w y', `^(?:week|wk|w|kw)[-. ]*${N}[-,/ ]+${Y}$`),
  shape('yearless', 'w', `^[第제]?~${N}~(?:[周週]|주차?)$`),
  shape('yearless', 'w', `^(?:week|wk|w|kw)[-. ]*${N}$`),
  shape('quarter', '', '^[0-9]{4}~[-/年년]?~(?:q[1-4]|第?[一二三四1-4]季度?|[1-4]분기)$|^q[1-4][-/ ]*[0-9]{4}$'),
  shape(
    'range',
    'y m d y2 m2 d2',
    `^${Y}~${YEAR_END}~${N}~${MONTH_END}~${N}~${DAY_END}${TO}(?:${Y}~${YEAR_END}~)?${N}~${MONTH_END}~${N}~${DAY_END}$`,
  ),
  shape('range', 'y m d y2 m2 d2', `^([0-9]{4})([0-9]{2})([0-9]{2})${TO}([0-9]{4})([0-9]{2})([0-9]{2})$`),
  shape('day', 'd m y', `^(?:ngày~)?${N}[-/ ]*${NTH}[-,/ ]*(?:năm~)?${Y}$`),
  shape('month', 'm y', `^${NTH}[-,/ ]*(?:năm~)?${Y}$`),
  shape('yearless', 'd m', `^(?:ngày~)?${N}[-/ ]*${NTH}$`),
  shape('day', 'n d y', `^${NAME}[-/ ]*${N}(?:st|nd|rd|th)?[-,/ ]+${Y}$`),
  shape('day', 'd n y', `^${N}${TH}[-/ ]*${OF}${NAME}[-.,/ ]*(?:del?[ ]+)?([0-9]{4}|[0-9]{2})$`),
  shape('day', 'y n d', `^${Y}[-,./ ]*${NAME}[-,./ ]*${N}(?:st|nd|rd|th|[.])?$`),
  shape('month', 'n y', `^${NAME}[-,./ ]*(?:de[ ]+)?'?${Y}$`),
  shape('month', 'y n', `^${Y}[-,./ ]*${NAME}$`),
  // As a spreadsheet shows a month: Oct-25.
  shape('month', 'n y', `^${NAME}~[-']~([1-3][0-9])$`),
  shape('yearless', 'n d', `^${NAME}[ ]+${N}(?:st|nd|rd|th)?$`),
  shape('yearless', 'd n', `^${N}${TH}[- ]+${OF}${NAME}$`),
  shape('day', 'y m d', `^(1[0-4][0-9])~[-/.年]~${N}~[-/.月]~${N}~${DAY_END}$`, { era: 1911 }),
  ...[...ERAS].flatMap(([name, era]) => [
    shape('day', 'y m d', `^${name}~(元|[0-9]{1,3})~[-/.年]~${N}~[-/.月]~${N}~${DAY_END}$`, { era }),
    shape('month', 'y m', `^${name}~(元|[0-9]{1,3})~[-/.年]~${N}~月?$`, { era }),
  ]),
  shape('yearless', 'n', `^${NAME}$`),
];

export function spanOf({ kind, parts }: Pick<Shape, 'kind' | 'parts'>): 'month' | 'week' | null {
  const has = (...names: readonly string[]) => names.some((name) => parts.includes(name));
  if (kind === 'month' || (kind === 'yearless' && !has('1', 'd', 'w'))) return 'month';
  return (kind === 'week' || kind === 'yearless') && has('w') && !has('wd') ? 'week' : null;
}

/** Two-digit years from here on are of the last century. */
export const CENTURY = 70;
