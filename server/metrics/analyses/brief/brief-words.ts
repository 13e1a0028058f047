import type { Label } from '../../../contract/query.ts';
import type { Language } from '../../../wording.ts';
import { endOf, type Range, startOf, wholePeriods } from '../../language/calendar.ts';

/** Pure, without `Intl`: the same text everywhere. */
const UNITS: Record<Language, readonly (readonly [size: number, name: string])[]> = {
  zh: [
    [1e12, '万亿'],
    [1e8, '亿'],
    [1e4, '万'],
  ],
  en: [
    [1e12, 'T'],
    [1e9, 'B'],
    [1e6, 'M'],
    [1e4, 'K'],
  ],
};

const grouped = (value: number): string => String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');
const trimmed = (value: number, decimals: number): string => String(Number(value.toFixed(decimals)));

/** Significant digits, as the pages write them. */
const DIGITS: Record<Language, number> = { zh: 4, en: 3 };

/** 12.35亿, 3,456万; 1.23B, 34.6M. Below ten thousand written out. */
export function amount(value: number, language: Language): string {
  if (value < 9999.5) return grouped(value);
  const units = UNITS[language];
  const at = units.findIndex(([size]) => value >= size * 0.9995);
  const [size, name] = units[at] ?? [1, ''];
  const divisor = name === 'K' ? 1e3 : size;
  const shown = value / divisor;
  const decimals = Math.max(0, DIGITS[language] - String(Math.floor(shown)).length);
  return `${decimals === 0 ? grouped(shown) : trimmed(shown, decimals)}${name}`;
}

/** 4,536. */
export const exact = (value: number): string => grouped(value);

/** 16.5%; what is not zero never reads as zero. */
export const percent = (fraction: number): string =>
  fraction > 0 && fraction < 0.00005 ? '<0.01%' : `${trimmed(fraction * 100, fraction < 0.1 ? 2 : 1)}%`;

/** From this growth on the factor is told: 119 times reads better than 11,800%. */
const TOLD_AS_TIMES = 10;
export const isTimes = (growth: number): boolean => growth >= TOLD_AS_TIMES;

/** The factor of a growth: `119`, `11.5`. */
export const factor = (growth: number): string => (growth + 1 < 100 ? trimmed(growth + 1, 1) : grouped(growth + 1));

const WHOLE_WITHIN = 0.015;
const SMALL = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** Up to ten as words in English. */
export const counted = (n: number): string => SMALL[n] ?? exact(n);

/** Relative distance to a ratio of whole numbers (2, 3 … or a half, a third …). */
export function roundness(ratio: number): number {
  const above = ratio >= 1 ? ratio : 1 / ratio;
  return Math.abs(above / Math.max(Math.round(above), 1) - 1);
}

/** `three times July's`, `50% of those from April to June`; `是7月的 3 倍`, `是4月至6月的 50%`. */
export function multiple(ratio: number, base: Range, toldYear?: string): Label {
  const whole = Math.round(ratio);
  const exactly = ratio >= 1 && roundness(ratio) <= WHOLE_WITHIN;
  const zh = exactly || ratio >= 1000 ? grouped(ratio) : trimmed(ratio, 1);
  const times = exactly ? (whole === 2 ? 'twice' : `${counted(whole)} times`) : `${zh} times`;
  const than = when(base, toldYear);
  const whose = isPeriod(base, 'month') ? `${than.en.replace(/^in /, '')}’s` : `those ${than.en}`;
  return ratio < 1
    ? { en: `${percent(ratio)} of ${whose}`, zh: `是${than.zh}的 ${percent(ratio)}` }
    : { en: `${times} ${whose}`, zh: `是${than.zh}的 ${zh} 倍` };
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

const isPeriod = ({ from, to }: Range, grain: 'month' | 'year'): boolean =>
  startOf(grain, from) === from && endOf(grain, from) === to;

interface DayParts {
  readonly year: string;
  readonly month: number;
  readonly day: number;
}
function partsOf(day: string): DayParts {
  const [year = '', month = '', date = ''] = day.split('-');
  return { year, month: Number(month), day: Number(date) };
}
const english = ({ month }: DayParts): string => MONTHS[month - 1] ?? '';

/** `in October 2025`, `from 3 to 9 October 2025`; `2025年10月`, `2025年10月3日至9日`. Without the year if it is already mentioned. */
export function when(range: Range, toldYear?: string): Label {
  const [a, b] = [partsOf(range.from), partsOf(range.to)];
  const oneYear = a.year === b.year;
  const told = oneYear && a.year === toldYear;
  const [endYear, startYear] = [told ? '' : ` ${b.year}`, oneYear ? '' : ` ${a.year}`];
  const [zhStart, zhEnd] = [told ? '' : `${a.year}年`, oneYear ? '' : `${b.year}年`];
  if (isPeriod(range, 'year')) return { en: `in ${a.year}`, zh: `${a.year}年` };
  if (isPeriod(range, 'month')) return { en: `in ${english(a)}${endYear}`, zh: `${zhStart}${a.month}月` };
  if (wholePeriods(range) !== null) {
    return {
      en: `from ${english(a)}${startYear} to ${english(b)}${endYear}`,
      zh: `${zhStart}${a.month}月至${zhEnd}${b.month}月`,
    };
  }
  if (range.from === range.to) {
    return { en: `on ${a.day} ${english(a)}${endYear}`, zh: `${zhStart}${a.month}月${a.day}日` };
  }
  const oneMonth = oneYear && a.month === b.month;
  return {
    en: `from ${a.day}${oneMonth ? '' : ` ${english(a)}${startYear}`} to ${b.day} ${english(b)}${endYear}`,
    zh: `${zhStart}${a.month}月${a.day}日至${zhEnd}${oneMonth ? '' : `${b.month}月`}${b.day}日`,
  };
}

export const yearOf = ({ from }: Range): string => from.slice(0, 4);
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Set off from a number that follows. */
export const opening = (time: string, rest: string): string => `${capital(time)}${/^\d/.test(rest) ? ',' : ''} ${rest}`;

/** `A`, `A and B`, `A, B and C`. */
export function allOf(names: readonly Label[]): Label {
  const [first, last] = [names.slice(0, -1), names.at(-1)];
  if (last === undefined || first.length === 0) return last ?? { en: '', zh: '' };
  return {
    en: `${first.map(({ en }) => en).join(', ')} and ${last.en}`,
    zh: `${first.map(({ zh }) => zh).join('、')}和${last.zh}`,
  };
}

type CalendarGrain = 'month' | 'quarter' | 'year' | null;
const PERIODS = { month: '个月', quarter: '个季度', year: '年' };

/** `the last 13 months`, `近 13 个月`; `the last seven days`, `weeks`; `the last four such periods`. */
export function lastPeriods(n: number, grain: CalendarGrain, days: number): Label {
  if (grain !== null) return { en: `the last ${n} ${grain}s`, zh: `近 ${n} ${PERIODS[grain]}` };
  if (days === 1) return { en: `the last ${counted(n)} days`, zh: `近 ${n} 天` };
  if (days === 7) return { en: `the last ${counted(n)} weeks`, zh: `近 ${n} 周` };
  return { en: `the last ${counted(n)} such periods`, zh: `近 ${n} 个等长时段` };
}

/** Without a sign, as the verb gives the direction: `0.8`. */
export const points = (fraction: number): string => trimmed(Math.abs(fraction) * 100, 1);

/** `1 point`, `0.8 points`. */
export const pointsEn = (fraction: number): string => {
  const told = points(fraction);
  return `${told} ${told === '1' ? 'point' : 'points'}`;
};

/** `+147%`, `−40.2%`; `119 times as many`, `增至 119 倍`. */
export const growthWords = (growth: number): Label => {
  const signed = `${growth < 0 ? '−' : '+'}${percent(Math.abs(growth))}`;
  return isTimes(growth)
    ? { en: `${factor(growth)} times as many`, zh: `增至 ${factor(growth)} 倍` }
    : { en: signed, zh: signed };
};

/** Chinese after a Latin letter or digit takes a space. */
export const spaced = (name: string): string => (/[A-Za-z0-9]$/.test(name) ? `${name} ` : name);

/** A name inside a sentence: `comic`, `live action`, but `AI`. */
export const inSentence = (name: string): string =>
  /^[A-Z][a-z]/.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;

export const titled = (label: Label): Label => ({ en: label.en, zh: `《${label.zh}》` });
