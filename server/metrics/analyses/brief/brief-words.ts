import type { Day, Label } from '../../../contract/query.ts';
import type { Language } from '../../../wording.ts';

/** Numbers and dates inside sentences, as each language writes them. Pure, no `Intl`: the same to the letter everywhere. */
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

/** 12.3亿, 3,456万; 1.23B, 34.6M: three digits. Below ten thousand written out. */
export function amount(value: number, language: Language): string {
  if (value < 9999.5) return grouped(value);
  const units = UNITS[language];
  const at = units.findIndex(([size]) => value >= size * 0.9995);
  const [size, name] = units[at] ?? [1, ''];
  const divisor = name === 'K' ? 1e3 : size;
  const shown = value / divisor;
  return `${shown >= 100 ? grouped(shown) : trimmed(shown, shown >= 10 ? 1 : 2)}${name}`;
}

/** 4,536: a count of things, to the last one. */
export const exact = (value: number): string => grouped(value);

/** 16.5%. */
export const percent = (fraction: number): string => `${trimmed(fraction * 100, fraction < 0.1 ? 2 : 1)}%`;

const WHOLE_WITHIN = 0.015;
const SMALL = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** Counts up to ten as words in English. */
export const counted = (n: number): string => SMALL[n] ?? exact(n);

/** How near a ratio is to one that a sentence can say in whole numbers (2, 3 … or a half, a third …), relatively. */
export function roundness(ratio: number): number {
  const above = ratio >= 1 ? ratio : 1 / ratio;
  return Math.abs(above / Math.max(Math.round(above), 1) - 1);
}

/** `three times July's`, `2.4 times July's`, `half of July's`; `是 7 月的 3 倍`. */
export function multiple(ratio: number, than: Label): Label {
  const whole = Math.round(ratio);
  const exactly = ratio >= 1 && roundness(ratio) <= WHOLE_WITHIN;
  const zh = exactly ? String(whole) : trimmed(ratio, ratio < 1 ? 2 : 1);
  const times = exactly ? (whole === 2 ? 'twice' : `${counted(whole)} times`) : `${zh} times`;
  return { en: `${times} ${than.en}’s`, zh: `是 ${than.zh}的 ${zh} 倍` };
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** `October 2025` and `2025 年 10 月`; without the year where it is the one already told. */
export function monthName(day: Day, toldYear?: string): Label {
  const [year = '', month = ''] = day.split('-');
  const name = MONTHS[Number(month) - 1] ?? month;
  if (year === toldYear) return { en: name, zh: `${Number(month)} 月` };
  return { en: `${name} ${year}`, zh: `${year} 年 ${Number(month)} 月` };
}

/** A name inside a sentence: `comic`, `live action`, but `AI`. */
export const inSentence = (name: string): string =>
  /^[A-Z][a-z]/.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;

/** A title as each language sets it. */
export const titled = (label: Label): Label => ({ en: label.en, zh: `《${label.zh}》` });
