/** Release dates of a catalogue, read in JavaScript (a catalogue is small); the same spellings as `values.ts`. */
import { tzOffset } from '@date-fns/tz';
import type { DateOrder } from './values.ts';

export interface Moment {
  /** Business day, ISO. */
  readonly day: string;
  /** UTC instant, ISO, where a time of day is stated; 00:00 is a time. */
  readonly instant: string | null;
}

const yearFirst = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?/u;
const compact = /^(\d{4})(\d{2})(\d{2})(?!\d)/u;
const yearLast = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)/u;
const clock = /^[T\s]*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?$/u;

/**
 * @param zone of a time without an offset
 * @param businessZone whose days count
 * @returns null where the text is no date
 */
export function parseMoment(text: string, zone: string, businessZone: string, order: DateOrder): Moment | null {
  const t = text.normalize('NFKC').trim();
  const found = dateOf(t, order);
  if (!found) return null;
  const rest = t.slice(found.length).trim();
  if (rest === '') return { day: isoDay(found.utc), instant: null };
  const time = clock.exec(rest);
  if (!time) return null;
  const wall = found.utc + (Number(time[1]) * 3600 + Number(time[2]) * 60 + Number(time[3] ?? 0)) * 1000;
  const instant = time[4] ? wall - offsetMinutes(time[4]) * 60_000 : wallToUtc(wall, zone);
  const local = instant + tzOffset(businessZone, new Date(instant)) * 60_000;
  return { day: isoDay(local), instant: new Date(instant).toISOString() };
}

function dateOf(text: string, order: DateOrder): { utc: number; length: number } | null {
  const first = yearFirst.exec(text) ?? compact.exec(text);
  const last = first || order === 'ymd' ? null : yearLast.exec(text);
  const match = first ?? last;
  if (!match) return null;
  const [a, b, c] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const [year, month, day] = first ? [a, b, c] : order === 'mdy' ? [c, a, b] : [c, b, a];
  const utc = Date.UTC(year, month - 1, day);
  const real = new Date(utc).getUTCMonth() === month - 1 && new Date(utc).getUTCDate() === day;
  return real && year >= 1900 && year < 2200 ? { utc, length: match[0].length } : null;
}

function offsetMinutes(text: string): number {
  if (text === 'Z') return 0;
  const digits = text.slice(1).replace(':', '').padEnd(4, '0');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return text.startsWith('-') ? -minutes : minutes;
}

/** The instant that a wall clock of a zone shows; where a clock change skips it, the later reading. */
function wallToUtc(wall: number, zone: string): number {
  const guess = wall - tzOffset(zone, new Date(wall)) * 60_000;
  return wall - tzOffset(zone, new Date(guess)) * 60_000;
}

const isoDay = (utc: number) => new Date(utc).toISOString().slice(0, 10);
