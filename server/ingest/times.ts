/** Release dates of a catalogue, read in JavaScript (a catalogue is small); the same spellings as `dates.ts`. */
import { tzOffset } from '@date-fns/tz';
import type { DateReading } from './dates.ts';

export interface Moment {
  /** Business day, ISO. */
  readonly day: string;
  /** UTC instant, ISO, where a time of day is stated; 00:00 is a time. */
  readonly instant: string | null;
}

const DAY = 86_400_000;
const yearFirst = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?/u;
const compact = /^(\d{4})(\d{2})(\d{2})(?!\d)/u;
const yearLast = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{1,2})(?!\d)/u;
const monthName = /^([a-z]{3})[a-z]*\.?\s*(\d{1,2})(?:st|nd|rd|th)?\s*,\s*(\d{4})(?!\d)/iu;
const dayThenName = /^(\d{1,2})(?:st|nd|rd|th)?[-\s]*([a-z]{3})[a-z]*[-.,\s]*(\d{4}|\d{2})(?!\d)/iu;
const yearless = /^(\d{1,2})(?:月(\d{1,2})[日号]?|[-/.](\d{1,2}))(?![-/.\d])/u;
const clock = /^[T,\s]*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(am|pm)?\s*(Z|UTC|[+-]\d{2}(?::?\d{2})?)?$/iu;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Plain numbers that can be nothing else in a column of dates: days of a spreadsheet (1982 to 2064), or an epoch. */
const spreadsheet = /^([3-5]\d{4})(?:\.(\d+))?$/u;
const epoch = /^(1\d{9})(\d{3})?$/u;

/**
 * @param zone of a time without an offset
 * @param businessZone whose days count
 * @returns null where the text is no date
 */
export function parseMoment(text: string, zone: string, businessZone: string, reading: DateReading): Moment | null {
  const t = text.normalize('NFKC').trim();
  const number = numberOf(t, zone, businessZone);
  if (number) return number;
  const found = dateOf(t, reading);
  if (!found) return null;
  const rest = t.slice(found.length).trim();
  if (rest === '') return { day: isoDay(found.utc), instant: null };
  const time = clock.exec(rest);
  if (!time) return null;
  const half = time[4]?.toLowerCase();
  const hour = half ? (Number(time[1]) % 12) + (half === 'pm' ? 12 : 0) : Number(time[1]);
  const wall = found.utc + (hour * 3600 + Number(time[2]) * 60 + Number(time[3] ?? 0)) * 1000;
  return momentOf(time[5] ? wall - offsetMinutes(time[5]) * 60_000 : wallToUtc(wall, zone), businessZone);
}

function momentOf(instant: number, businessZone: string): Moment {
  const local = instant + tzOffset(businessZone, new Date(instant)) * 60_000;
  return { day: isoDay(local), instant: new Date(instant).toISOString() };
}

function numberOf(text: string, zone: string, businessZone: string): Moment | null {
  const days = spreadsheet.exec(text);
  if (days) {
    const wall = Date.UTC(1899, 11, 30) + Math.round(Number(text) * 86_400) * 1000;
    return wall % DAY === 0 ? { day: isoDay(wall), instant: null } : momentOf(wallToUtc(wall, zone), businessZone);
  }
  const since = epoch.exec(text);
  return since ? momentOf(Number(since[1]) * 1000 + Number(since[2] ?? 0), businessZone) : null;
}

interface FoundDate {
  readonly utc: number;
  /** Characters of the text that it takes. */
  readonly length: number;
}

function dateOf(text: string, reading: DateReading): FoundDate | null {
  const first = yearFirst.exec(text) ?? compact.exec(text);
  if (first) return dateFrom(first[0], Number(first[1]), Number(first[2]), Number(first[3]));
  const name = monthName.exec(text);
  if (name) return dateFrom(name[0], fullYear(name[3]), monthOf(name[1]), Number(name[2]));
  const turned = dayThenName.exec(text);
  if (turned) return dateFrom(turned[0], fullYear(turned[3]), monthOf(turned[2]), Number(turned[1]));
  const last = yearLast.exec(text);
  if (last) return inOrder(last, reading);
  return yearlessDate(text, reading);
}

/** Three numbers in the order that is said; a year of four digits stands last. */
function inOrder(match: RegExpExecArray, { order }: DateReading): FoundDate | null {
  if (order === null || (match[3]?.length === 4 && !order.endsWith('y'))) return null;
  const part = (name: string) => match[order.indexOf(name) + 1];
  return dateFrom(match[0], fullYear(part('y')), Number(part('m')), Number(part('d')));
}

function yearlessDate(text: string, { order, upTo }: DateReading): FoundDate | null {
  const match = yearless.exec(text);
  if (!match || upTo === null) return null;
  const turned = match[3] !== undefined && (order === 'dmy' || order === 'ydm');
  const [month, day] = turned ? [match[3], match[1]] : [match[1], match[2] ?? match[3]];
  const year = Number(upTo.slice(0, 4));
  const found = dateFrom(match[0], year, Number(month), Number(day));
  if (found && isoDay(found.utc) <= upTo) return found;
  return dateFrom(match[0], year - 1, Number(month), Number(day));
}

function dateFrom(matched: string, year: number, month: number, day: number): FoundDate | null {
  const utc = Date.UTC(year, month - 1, day);
  const real = new Date(utc).getUTCMonth() === month - 1 && new Date(utc).getUTCDate() === day;
  return real && year >= 1900 && year < 2200 ? { utc, length: matched.length } : null;
}

const monthOf = (name: string | undefined) => MONTHS.indexOf((name ?? '').toLowerCase()) + 1;

/** Two digits below 70 are of this century. */
function fullYear(text: string | undefined): number {
  const year = Number(text);
  return (text?.length ?? 0) > 2 ? year : year + (year < 70 ? 2000 : 1900);
}

function offsetMinutes(text: string): number {
  if (/^(Z|UTC)$/iu.test(text)) return 0;
  const digits = text.slice(1).replace(':', '').padEnd(4, '0');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return text.startsWith('-') ? -minutes : minutes;
}

/** The instant that a wall clock of a zone shows; where a clock change skips it, the later reading. */
function wallToUtc(wall: number, zone: string): number {
  const guess = wall - tzOffset(zone, new Date(wall)) * 60_000;
  return wall - tzOffset(zone, new Date(guess)) * 60_000;
}

/** The day after the one that it is in a zone, ISO. */
export function dayAfter(now: Date, zone: string): string {
  return isoDay(now.getTime() + tzOffset(zone, now) * 60_000 + DAY);
}

const isoDay = (utc: number) => new Date(utc).toISOString().slice(0, 10);
