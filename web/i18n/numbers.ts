/** Numbers and dates as each language writes them. Pure; no `Intl`, so that server, browser and tests agree to the letter. */
export type NumberLanguage = 'zh' | 'en';
export type Numeric = number | string | null | undefined;

export const NO_VALUE = '–';
const MINUS = '−';

interface Unit {
  size: number;
  name: string;
}
const UNITS: Record<NumberLanguage, readonly Unit[]> = {
  zh: [
    { size: 1e12, name: '万亿' },
    { size: 1e8, name: '亿' },
    { size: 1e4, name: '万' },
  ],
  en: [
    { size: 1e12, name: 'T' },
    { size: 1e9, name: 'B' },
    { size: 1e6, name: 'M' },
    { size: 1e3, name: 'K' },
  ],
};
/** Below this a count is written out. */
const PLAIN_BELOW = 10_000;
/** Significant digits of a shortened count: 12.35亿, 3,456万; 1.23B, 34.6M. */
const DIGITS: Record<NumberLanguage, number> = { zh: 4, en: 3 };

/** The count as a double (exact up to 2^53), or null where there is none. */
export function toNumber(value: Numeric): number | null {
  if (value === null || value === undefined || value === '') return null;
  const number = typeof value === 'number' ? value : Number(value);
  return Number.isFinite(number) ? number : null;
}

function group(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Rounds halves up as decimals are read: 1.2345 has no exact double, and `toFixed(3)` would give 1.234. */
function rounded(size: number, decimals: number): string {
  const plain = String(size);
  if (plain.includes('e')) return size.toFixed(decimals);
  return Number(`${Math.round(Number(`${plain}e${decimals}`))}e-${decimals}`).toFixed(decimals);
}

/** Fixed decimals with thousands separators and a real minus; `trim` drops trailing zeros of the fraction. */
export function fixed(value: number, decimals: number, trim = false): string {
  const text = rounded(Math.abs(value), decimals);
  const [whole = '0', fraction = ''] = text.split('.');
  const kept = trim ? fraction.replace(/0+$/, '') : fraction;
  const sign = value < 0 && Number(text) !== 0 ? MINUS : '';
  return `${sign}${group(whole)}${kept === '' ? '' : `.${kept}`}`;
}

const decimalsFor = (size: number, significant: number): number =>
  Math.max(0, significant - Math.max(1, Math.floor(Math.log10(size)) + 1));

/** A unit and the decimals that keep `significant` digits, stepping up where rounding would reach the next unit (9,999.6万 → 1亿). */
function shorten(size: number, language: NumberLanguage, significant: number): { unit: Unit; decimals: number } {
  const units = UNITS[language];
  const smallest = units[units.length - 1] ?? { size: 1, name: '' };
  let at = units.findIndex((unit) => size >= unit.size);
  if (at < 0) at = units.length - 1;
  let unit = units[at] ?? smallest;
  let decimals = decimalsFor(size / unit.size, significant);
  const above = units[at - 1];
  if (above !== undefined && Number(rounded(size / unit.size, decimals)) >= above.size / unit.size) {
    unit = above;
    decimals = decimalsFor(size / unit.size, significant);
  }
  return { unit, decimals };
}

/** A count in the reader's units: 12.35亿, 1.23B; below ten thousand written out. `extra` adds significant digits. */
export function compact(value: Numeric, language: NumberLanguage, extra = 0): string {
  const number = toNumber(value);
  if (number === null) return NO_VALUE;
  const size = Math.abs(number);
  if (size < PLAIN_BELOW - 0.5) return fixed(number, size < 10 && !Number.isInteger(number) ? 1 + extra : 0, true);
  const { unit, decimals } = shorten(size, language, DIGITS[language] + extra);
  return `${fixed(number / unit.size, decimals, true)}${unit.name}`;
}

/** At most as many in a column: more digits are noise beside each other. */
const COLUMN_DECIMALS = 2;

/**
 * The counts of one column, each unit with one number of decimals, so that 14.20亿 stands under 14.17亿.
 * @returns writes a count of the column, or a difference of such counts
 */
export function columnFormat(values: readonly Numeric[], language: NumberLanguage): (value: Numeric) => string {
  const decimals = new Map<Unit, number>();
  for (const { unit, decimals: own } of shortened(values, language))
    decimals.set(unit, Math.min(COLUMN_DECIMALS, Math.max(own, decimals.get(unit) ?? 0)));
  return byUnit(decimals, language);
}

/**
 * The counts beside the marks of one chart: each unit with the decimals that its largest count has, so that 9.4亿 stands
 * beside 112.1亿.
 * @returns writes a count of the chart
 */
export function marksFormat(values: readonly Numeric[], language: NumberLanguage): (value: Numeric) => string {
  const fewest = new Map<Unit, number>();
  const needed = new Map<Unit, number>();
  for (const { unit, decimals, scaled } of shortened(values, language)) {
    fewest.set(unit, Math.min(decimals, fewest.get(unit) ?? decimals));
    const fraction = fixed(scaled, decimals, true).split('.')[1] ?? '';
    needed.set(unit, Math.max(fraction.length, needed.get(unit) ?? 0));
  }
  const decimals = [...fewest].map(([unit, few]) => [unit, Math.min(few, needed.get(unit) ?? few)] as const);
  // One digit alone would say too little: 1.9M beside 797M.
  const least = (scaled: number): number => (Math.abs(scaled) < 9.5 && !isRound(scaled) ? 1 : 0);
  return byUnit(new Map(decimals), language, least);
}

const isRound = (scaled: number): boolean => Math.abs(scaled - Math.round(scaled)) < 0.005;

function shortened(
  values: readonly Numeric[],
  language: NumberLanguage,
): { unit: Unit; decimals: number; scaled: number }[] {
  return values.flatMap((value) => {
    const size = Math.abs(toNumber(value) ?? 0);
    if (size < PLAIN_BELOW - 0.5) return [];
    const one = shorten(size, language, DIGITS[language]);
    return [{ ...one, scaled: size / one.unit.size }];
  });
}

const byUnit =
  (decimals: ReadonlyMap<Unit, number>, language: NumberLanguage, least: (scaled: number) => number = () => 0) =>
  (value: Numeric): string => {
    const number = toNumber(value);
    if (number === null || Math.abs(number) < PLAIN_BELOW - 0.5) return compact(value, language);
    const { unit } = shorten(Math.abs(number), language, DIGITS[language]);
    const scaled = number / unit.size;
    return `${fixed(scaled, Math.max(least(scaled), decimals.get(unit) ?? COLUMN_DECIMALS))}${unit.name}`;
  };

export function exact(value: Numeric): string {
  if (typeof value === 'string' && /^[-+]?\d+$/.test(value)) {
    const negative = value.startsWith('-');
    const digits = value.replace(/^[-+]?0*(?=\d)/, '');
    return `${negative && digits !== '0' ? MINUS : ''}${group(digits)}`;
  }
  const number = toNumber(value);
  if (number === null) return NO_VALUE;
  return Number.isInteger(number) ? fixed(number, 0) : fixed(number, 6, true);
}

/** A fraction as a percentage: 0.1234 → 12.3%. What is not zero never reads as zero. */
export function percent(fraction: Numeric, decimals = 1): string {
  const number = toNumber(fraction);
  if (number === null) return NO_VALUE;
  const least = 10 ** -decimals;
  const size = Math.abs(number) * 100;
  if (size > 0 && size < least / 2)
    return number > 0 ? `<${least.toFixed(decimals)}%` : `>${MINUS}${least.toFixed(decimals)}%`;
  return `${fixed(number * 100, decimals)}%`;
}

const withPlus = (text: string, number: number): string =>
  number > 0 && /[1-9]/.test(text) && !text.startsWith('<') ? `+${text}` : text;

/** A growth fraction, signed: 0.123 → +12.3%, −0.045 → −4.5%. */
export function change(fraction: Numeric, decimals = 1): string {
  const number = toNumber(fraction);
  if (number === null) return NO_VALUE;
  return withPlus(percent(number, Math.abs(number) >= 10 ? 0 : decimals), number);
}

/** From this growth on the factor reads better than the percentage. */
const TOLD_AS_TIMES = 10;

/** A growth: +12.3%; from 1,000 % on what it grew to: 119 times, 增至119倍. */
export function grown(fraction: Numeric, language: NumberLanguage): string {
  const number = toNumber(fraction);
  if (number === null || number < TOLD_AS_TIMES) return change(fraction);
  const times = fixed(number + 1, number + 1 < 100 ? 1 : 0, true);
  return language === 'zh' ? `增至${times}倍` : `${times} times`;
}

/** A count's change, signed: +1.23亿. */
export function signed(value: Numeric, language: NumberLanguage, extra = 0): string {
  const number = toNumber(value);
  return number === null ? NO_VALUE : withPlus(compact(number, language, extra), number);
}

/** Percentage points (sent × 100), signed: +2.3 pp, +2.3个百分点. */
export function points(value: Numeric, language: NumberLanguage, decimals = 1): string {
  const number = toNumber(value);
  if (number === null) return NO_VALUE;
  return `${withPlus(fixed(number, decimals), number)}${language === 'zh' ? '个百分点' : ' pp'}`;
}

/** An index (base = 100), whole from 100 up: 300, 87.5. */
export function index(value: Numeric, extra = 0): string {
  const number = toNumber(value);
  if (number === null) return NO_VALUE;
  return fixed(number, (Math.abs(number) >= 99.95 ? 0 : 1) + extra, true);
}

export function ratio(value: Numeric, decimals = 2): string {
  const number = toNumber(value);
  return number === null ? NO_VALUE : fixed(number, decimals);
}

export function days(value: Numeric, language: NumberLanguage): string {
  const number = toNumber(value);
  if (number === null) return NO_VALUE;
  return language === 'zh' ? `${fixed(number, 0)}天` : `${fixed(number, 0)} ${number === 1 ? 'day' : 'days'}`;
}

export function hours(value: Numeric, language: NumberLanguage): string {
  const number = toNumber(value);
  if (number === null) return NO_VALUE;
  return language === 'zh' ? `${fixed(number, 0)}小时` : `${fixed(number, 0)} h`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

interface Parts {
  year: number;
  month: number;
  day: number;
  hour: string | null;
}
/** Reads the date as written, without moving it between time zones: the API speaks in business days. */
function parts(date: string | null | undefined): Parts | null {
  const match = /^(\d{4})-(\d{2})(?:-(\d{2}))?(?:[T ](\d{2}):(\d{2}))?/.exec(date ?? '');
  if (match === null) return null;
  const month = Number(match[2]);
  if (month < 1 || month > 12) return null;
  const hour = match[4] === undefined ? null : `${match[4]}:${match[5] ?? '00'}`;
  return { year: Number(match[1]), month, day: Number(match[3] ?? 1), hour };
}
const monthName = (month: number): string => MONTHS[month - 1] ?? '';

/** 2025年10月; Oct 2025. */
export function month(date: string | null | undefined, language: NumberLanguage): string {
  const at = parts(date);
  if (at === null) return NO_VALUE;
  return language === 'zh' ? `${at.year}年${at.month}月` : `${monthName(at.month)} ${at.year}`;
}

/** 2025年10月18日; 18 Oct 2025. `short` leaves the year out. */
export function day(date: string | null | undefined, language: NumberLanguage, short = false): string {
  const at = parts(date);
  if (at === null) return NO_VALUE;
  if (language === 'zh') return `${short ? '' : `${at.year}年`}${at.month}月${at.day}日`;
  return `${at.day} ${monthName(at.month)}${short ? '' : ` ${at.year}`}`;
}

/** 2025年10月18日 23:00; 18 Oct 2025, 23:00. A date without a time is written as a day. */
export function moment(time: string | null | undefined, language: NumberLanguage, short = false): string {
  const at = parts(time);
  if (at?.hour == null) return day(time, language, short);
  return `${day(time, language, short)}${language === 'zh' ? ' ' : ', '}${at.hour}`;
}

/** A range of days, what both ends share said once: 2025年7月1日至10月31日; 1 Jul – 31 Oct 2025. */
export function range(
  from: string | null | undefined,
  to: string | null | undefined,
  language: NumberLanguage,
): string {
  const start = parts(from);
  const end = parts(to);
  if (start === null || end === null) return NO_VALUE;
  if (from === to) return day(from, language);
  const sameYear = start.year === end.year;
  const wholeMonths = start.day === 1 && end.day === new Date(Date.UTC(end.year, end.month, 0)).getUTCDate();
  if (wholeMonths && sameYear && start.month === end.month) return month(from, language);
  if (language === 'zh') {
    if (wholeMonths) return `${month(from, 'zh')}至${sameYear ? `${end.month}月` : month(to, 'zh')}`;
    return `${day(from, 'zh')}至${day(to, 'zh', sameYear)}`;
  }
  if (wholeMonths) return `${sameYear ? monthName(start.month) : month(from, 'en')} – ${month(to, 'en')}`;
  return `${day(from, 'en', sameYear)} – ${day(to, 'en')}`;
}

/** A range within a sentence: 2025年10月; in Oct 2025, on 18 Oct 2025, from 1 to 18 Oct 2025. */
export function during(from: string, to: string, language: NumberLanguage): string {
  const told = range(from, to, language);
  if (language === 'zh' || told === NO_VALUE) return told;
  if (from === to) return `on ${told}`;
  return told.includes(' – ') ? `from ${told.replace(' – ', ' to ')}` : `in ${told}`;
}

export type PeriodGrain = 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';

/** The full name of a period by its start: 2025年10月, Q4 2025, week of 6 Oct 2025. */
export function period(start: string, grain: PeriodGrain, language: NumberLanguage): string {
  const at = parts(start);
  if (at === null) return start;
  const quarter = Math.ceil(at.month / 3);
  switch (grain) {
    case 'hour':
      return moment(start, language);
    case 'day':
      return day(start, language);
    case 'week':
      return language === 'zh' ? `${day(start, 'zh')}当周` : `week of ${day(start, 'en')}`;
    case 'month':
      return month(start, language);
    case 'quarter':
      return language === 'zh' ? `${at.year}年第${quarter}季度` : `Q${quarter} ${at.year}`;
    case 'year':
      return language === 'zh' ? `${at.year}年` : `${at.year}`;
  }
}

/** A period within a sentence: 2025年10月; in Oct 2025, in the week of 6 Oct 2025, on 18 Oct 2025. */
export function inPeriod(start: string, grain: PeriodGrain, language: NumberLanguage): string {
  const told = period(start, grain, language);
  if (language === 'zh') return told;
  if (grain === 'week') return `in the ${told}`;
  return grain === 'day' || grain === 'hour' ? `on ${told}` : `in ${told}`;
}

/**
 * Two periods of one sentence, what both share not said twice: 7月, 10月; in Jul, in Oct 2025. Of one year, Chinese leaves it
 * to the line below the title.
 */
export function betweenPeriods(
  from: string,
  to: string,
  grain: PeriodGrain,
  language: NumberLanguage,
): { from: string; to: string } {
  const told = { from: inPeriod(from, grain, language), to: inPeriod(to, grain, language) };
  const year = parts(from)?.year;
  if (grain === 'year' || year === undefined || year !== parts(to)?.year) return told;
  if (language === 'zh') return { from: told.from.replace(/^\d+年/u, ''), to: told.to.replace(/^\d+年/u, '') };
  return { ...told, from: told.from.replace(` ${year}`, '') };
}

/** A period on an axis: the short name, and the year for a second line where it begins (or at the first tick). */
export function axisPeriod(
  start: string,
  grain: PeriodGrain,
  language: NumberLanguage,
): { name: string; year: string } {
  const at = parts(start);
  if (at === null) return { name: start, year: '' };
  const year = language === 'zh' ? `${at.year}年` : `${at.year}`;
  switch (grain) {
    case 'hour':
      return { name: at.hour ?? '', year: day(start, language, true) };
    case 'day':
    case 'week':
      return { name: day(start, language, true), year };
    case 'month':
      return { name: language === 'zh' ? `${at.month}月` : monthName(at.month), year };
    case 'quarter':
      return { name: `Q${Math.ceil(at.month / 3)}`, year };
    case 'year':
      return { name: year, year: '' };
  }
}

/** How a period that the data cut is named: 截至10月18日; to 18 Oct. */
export function cutAt(date: string | null | undefined, language: NumberLanguage): string {
  if (parts(date) === null) return language === 'zh' ? '未完整' : 'incomplete';
  return language === 'zh' ? `截至${day(date, 'zh', true)}` : `to ${day(date, 'en', true)}`;
}

export interface TickFormat {
  unit: { size: number; name: string };
  decimals: number;
}

/** One unit and one number of decimals for all ticks of an axis, from its largest tick and its step. */
export function tickFormat(largest: number, step: number, language: NumberLanguage): TickFormat {
  const plain = { size: 1, name: '' };
  const size = Math.abs(largest);
  const unit = size < PLAIN_BELOW ? plain : (UNITS[language].find((one) => size >= one.size) ?? plain);
  let decimals = 0;
  while (
    decimals < 6 &&
    Math.abs((step / unit.size) * 10 ** decimals - Math.round((step / unit.size) * 10 ** decimals)) > 1e-6
  )
    decimals++;
  return { unit, decimals };
}

/** A tick in its axis's unit; zero without one. */
export function tick(value: number, format: TickFormat): string {
  if (value === 0) return '0';
  return `${fixed(value / format.unit.size, format.decimals)}${format.unit.name}`;
}
