/** Reads dates and times of cells in JavaScript as `dates.ts` does in SQL. */
import { tzOffset } from '@date-fns/tz';
import { type DateFormat, dateFormat } from './date-format.ts';
import {
  AFTERNOON,
  CENTURY,
  EASY,
  FORENOON,
  MONTH_NAMES,
  MOST_OFFSET,
  monthKey,
  REWRITES,
  SHAPES,
  type Shape,
  type ShapeKind,
  spanOf,
  TIMED,
  TIMES,
  ZONE_NAMES,
} from './date-grammar.ts';
import { coversSpan, type DateReading, isDayFirst } from './dates.ts';
import { type Pattern, tidied } from './grammar.ts';

export interface Moment {
  readonly day: string;
  readonly instant: string | null;
}

const DAY = 86_400_000;
const MINUTE = 60_000;

/** Plain numbers in a column of dates that can be nothing else: days of a spreadsheet (1982 to 2064), or an epoch. */
const spreadsheet = /^([3-5]\d{4})(?:\.(\d+))?$/u;
const epoch = /^(1\d{9})(\d{3})?(\d{3})?(?:\d{3})?$/u;

type Parts = (name: string) => string;

function matcher({ source, parts }: Pattern): (text: string) => Parts | null {
  const regex = new RegExp(source, 'u');
  return (text) => {
    const match = regex.exec(text);
    return match && ((name) => (parts.includes(name) ? (match[parts.indexOf(name) + 1] ?? '') : ''));
  };
}

const rewrites = REWRITES.map(([source, by]) => [new RegExp(source, 'u'), by.replace('\\', '$')] as const);
const shapes = SHAPES.map((shape) => ({ shape, match: matcher(shape) }));
const easy = new RegExp(EASY, 'u');
const timed = new RegExp(TIMED, 'u');
const times = TIMES.map(matcher);

function prepared(cell: string): string {
  const text = tidied(cell);
  return easy.test(text) ? text : trimmed(rewrites.reduce((rest, [pattern, by]) => rest.replace(pattern, by), text));
}
const trimmed = (text: string) => text.replace(/^[ ,]+|[ ,]+$/gu, '');

/** Gives null if the text is no date. @param zone of a time without an offset @param businessZone whose days count */
export function parseMoment(text: string, zone: string, businessZone: string, reading: DateReading): Moment | null {
  const format = reading.format ? dateFormat(reading.format) : null;
  const found = format
    ? formatted(tidied(text), format, zone, businessZone)
    : (numberOf(tidied(text), zone, businessZone) ?? readMoment(prepared(text), zone, businessZone, reading));
  return found && isBelieved(found.day) ? found : null;
}

const isBelieved = (day: string) => day >= '1970-01-01' && day <= '2199-12-31';

function readMoment(text: string, zone: string, businessZone: string, reading: DateReading): Moment | null {
  if (!timed.test(text)) {
    const date = dateOf(text, reading);
    return date === null ? null : { day: isoDay(date), instant: null };
  }
  const parts = times.reduce<Parts | null>((found, match) => found ?? match(text), null);
  if (!parts) return null;
  const date = dateOf(trimmed(parts('head1') + parts('head2')), reading);
  const time = timeOfDay(parts);
  if (date === null || time === null) return null;
  if (parts('zn') === '' && parts('zh') === '') return momentOf(wallToUtc(date + time, zone), businessZone);
  const offset = offsetOf(parts);
  return offset === null ? null : momentOf(date + time - offset * MINUTE, businessZone);
}

function offsetOf(parts: Parts): number | null {
  const named = ZONE_NAMES[parts('zn')];
  if (named !== undefined) return named;
  const hours = Number(parts('zh'));
  return hours < MOST_OFFSET ? (hours * 60 + Number(parts('zm'))) * (parts('zs') === '-' ? -1 : 1) : null;
}

/** Milliseconds since midnight, else null; `24:00` is the end of the day. */
function timeOfDay(parts: Parts): number | null {
  const half = parts('half1') + parts('half2');
  const [hour, minute, second] = [Number(parts('h')), Number(parts('i')), Number(parts('s'))];
  const hours = half === '' ? hour : isIn(AFTERNOON, half) ? (hour % 12) + 12 : isIn(FORENOON, half) ? hour % 12 : null;
  if (hours === null || minute > 59 || second > 59 || hours > 24 || (hours === 24 && minute + second > 0)) return null;
  return (hours * 3600 + minute * 60 + second) * 1000 + Number(parts('f').padEnd(3, '0').slice(0, 3));
}

const isIn = (words: readonly string[], word: string) => words.includes(word);

function momentOf(instant: number, businessZone: string): Moment {
  const local = instant + tzOffset(businessZone, new Date(instant)) * MINUTE;
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

/** Milliseconds since 1970, else null: the first shape that fits decides. */
function dateOf(text: string, reading: DateReading): number | null {
  for (const { shape, match } of shapes) {
    if (!isRead(shape, reading) || !coversSpan(shape, reading)) continue;
    const parts = match(text);
    if (parts) return shapeDate(shape, parts, reading);
  }
  return null;
}

function isRead({ kind }: Shape, { order, upTo, covers }: DateReading): boolean {
  if (kind === 'ordered') return order !== null;
  if (kind === 'yearless') return upTo !== null;
  if (kind === 'range') return covers === 'week_starting' || covers === 'week_ending' || covers === 'month';
  return kind !== 'quarter';
}

function shapeDate(shape: Shape, part: Parts, reading: DateReading): number | null {
  const year = shape.era === undefined ? fullYear(part('y')) : Number(part('y').replace('元', '1')) + shape.era;
  const month = shape.parts.includes('n') ? MONTH_NAMES.get(monthKey(part('n'))) : Number(part('m'));
  switch (shape.kind) {
    case 'day':
      return dateFrom(year, month, Number(part('d')));
    case 'month':
      return dateFrom(year, month, 1);
    case 'week':
      return weekDay(year, Number(part('w')), Number(part('wd') || '1'));
    case 'ordered':
      return inOrder(part, reading);
    case 'yearless': {
      if (shape.parts.includes('w')) return weekUpTo(Number(part('w')), reading);
      if (!shape.parts.includes('1')) return inYearUpTo(month, Number(part('d') || '1'), reading);
      const [first, second] = [Number(part('1')), Number(part('2'))];
      return isDayFirst(reading.order) ? inYearUpTo(second, first, reading) : inYearUpTo(first, second, reading);
    }
    case 'range':
      return rangeDay(rangeFrom(part), reading);
    case 'quarter':
      return null;
  }
}

/** Three numbers in the given order; a year of four digits comes last. */
function inOrder(part: Parts, { order }: DateReading): number | null {
  if (order === null || (part('3').length === 4 && !order.endsWith('y'))) return null;
  const named = (name: string) => part(String(order.indexOf(name) + 1));
  return dateFrom(fullYear(named('y')), Number(named('m')), Number(named('d')));
}

function inYearUpTo(month: number | undefined, day: number, { upTo }: DateReading): number | null {
  if (upTo === null) return null;
  const year = Number(upTo.slice(0, 4));
  const found = dateFrom(year, month, day);
  return found !== null && isoDay(found) <= upTo ? found : dateFrom(year - 1, month, day);
}

function weekDay(year: number, week: number, day: number): number | null {
  const fourth = Date.UTC(year, 0, 4);
  const monday = fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * DAY + (week - 1) * 7 * DAY;
  // The Thursday of a week decides its year.
  const isOfYear = new Date(monday + 3 * DAY).getUTCFullYear() === year;
  return isOfYear ? monday + (day - 1) * DAY : null;
}

/** A week may begin in the year before. */
function weekUpTo(week: number, { upTo }: DateReading): number | null {
  if (upTo === null) return null;
  const year = Number(upTo.slice(0, 4));
  const made = [year + 1, year, year - 1].map((y) => weekDay(y, week, 1));
  return made.find((day) => day !== null && isoDay(day) <= upTo) ?? null;
}

interface Range {
  readonly from: number;
  readonly to: number;
}

function rangeFrom(part: Parts): Range | null {
  const from = dateFrom(Number(part('y')), Number(part('m')), Number(part('d')));
  const end = (year: number) => dateFrom(year, Number(part('m2')), Number(part('d2')));
  if (from === null) return null;
  const sameYear = end(Number(part('y2') || part('y')));
  // A range without a second year may go over New Year.
  const to = part('y2') === '' && sameYear !== null && sameYear < from ? end(Number(part('y')) + 1) : sameYear;
  return to === null ? null : { from, to };
}

function rangeDay(range: Range | null, { covers }: DateReading): number | null {
  if (!range) return null;
  const { from, to } = range;
  if (covers === 'month') return new Date(from).getUTCDate() === 1 && to === monthEnd(from) ? from : null;
  if (to - from !== 6 * DAY) return null;
  return covers === 'week_ending' ? to : from;
}

const monthEnd = (day: number) => Date.UTC(new Date(day).getUTCFullYear(), new Date(day).getUTCMonth() + 1, 0);

function dateFrom(year: number, month: number | undefined, day: number): number | null {
  if (month === undefined || year < 1000) return null;
  const utc = Date.UTC(year, month - 1, day);
  return new Date(utc).getUTCMonth() === month - 1 && new Date(utc).getUTCDate() === day ? utc : null;
}

/** Two digits below 70 are of this century. */
function fullYear(text: string): number {
  const year = Number(text);
  return text.length > 2 ? year : year + (year < CENTURY ? 2000 : 1900);
}

function formatted(text: string, format: DateFormat, zone: string, businessZone: string): Moment | null {
  const parts = matcher(format)(text);
  if (!parts) return null;
  const month = format.parts.includes('n') ? MONTH_NAMES.get(monthKey(parts('n'))) : Number(parts('m'));
  const date = dateFrom(fullYear(parts('y')), month, Number(parts('d') || '1'));
  if (date === null || !format.timed) return date === null ? null : { day: isoDay(date), instant: null };
  const time = timeOfDay((name) => (name === 'half1' ? parts('half') : name === 'half2' ? '' : parts(name)));
  return time === null ? null : momentOf(wallToUtc(date + time, zone), businessZone);
}

export interface FoundShape {
  readonly kind: ShapeKind;
  readonly part: (name: string) => string;
  readonly span: 'month' | 'week' | null;
  readonly day: string | null;
  readonly timed: boolean;
}

const WITHOUT_OPTIONS: DateReading = { order: null, upTo: null };

/** Which kind of date a cell states, even if an option is needed to read it; null if it is no date. */
export function shapeOf(cell: string): FoundShape | null {
  const text = prepared(cell);
  const clock = timed.test(text) ? times.reduce<Parts | null>((found, match) => found ?? match(text), null) : null;
  const head = clock ? trimmed(clock('head1') + clock('head2')) : text;
  for (const { shape, match } of shapes) {
    const part = match(head);
    if (!part) continue;
    if (shape.parts.includes('n') && !MONTH_NAMES.has(monthKey(part('n')))) return null;
    const told = isRead(shape, WITHOUT_OPTIONS);
    const day = told ? shapeDate(shape, part, WITHOUT_OPTIONS) : null;
    if (told && (day === null || !isBelieved(isoDay(day)))) return null;
    return {
      kind: shape.kind,
      part,
      span: spanOf(shape),
      day: day === null ? null : isoDay(day),
      timed: clock !== null,
    };
  }
  return null;
}

export function rangeOf(cell: string): { readonly from: string; readonly to: string } | null {
  const found = shapeOf(cell);
  const range = found?.kind === 'range' ? rangeFrom(found.part) : null;
  return range && { from: isoDay(range.from), to: isoDay(range.to) };
}

function wallToUtc(wall: number, zone: string): number {
  const guess = wall - tzOffset(zone, new Date(wall)) * MINUTE;
  return wall - tzOffset(zone, new Date(guess)) * MINUTE;
}

export function dayAfter(now: Date, zone: string): string {
  return isoDay(now.getTime() + tzOffset(zone, now) * MINUTE + DAY);
}

const isoDay = (utc: number) => new Date(utc).toISOString().slice(0, 10);
