/** SQL that reads dates and times by `date-grammar.ts`; `times.ts` reads the same in JavaScript. */
import { tzOffset } from '@date-fns/tz';
import type { ImportOptions } from '../../contract/imports.ts';
import { type DateFormat, dateFormat } from './date-format.ts';
import {
  AFTERNOON,
  CENTURY,
  EASY,
  FORENOON,
  MONTH_NAMES,
  MOST_OFFSET,
  NAME_MARKS,
  REWRITES,
  SHAPES,
  type Shape,
  spanOf,
  TIMED,
  TIMES,
  ZONE_NAMES,
} from './date-grammar.ts';
import { bound, literal, oneOf } from './sql.ts';
import { extracted, fastFirst, plain, plainReading, tidy } from './values.ts';

/** The order of day, month and year if the text does not begin with a year of four digits. */
export type DateOrder = NonNullable<ImportOptions['date_order']>;

export interface DateReading {
  /** Null: dates whose order is not plain are not read. */
  readonly order: DateOrder | null;
  /** Dates without a year are the latest ones up to this day (ISO); null: they are not read. */
  readonly upTo: string | null;
  /** What a date covers: a range such as `2026-03-02~2026-03-08` is read only if it is that long. */
  readonly covers?: ImportOptions['covers'] | null;
  /** Whether months and weeks are read only if `covers` says so; else they are read as their first day. */
  readonly wholeSpans?: boolean;
  /** How all dates are written (`date-format.ts`); nothing else is read then. */
  readonly format?: string | null;
}

const MONTHS = `|${[...MONTH_NAMES].map(([name, month]) => `${name}:${String(month).padStart(2, '0')}`).join('|')}|`;

const prepared = (raw: string) =>
  bound('x', tidy(raw), (x) => {
    const rewritten = REWRITES.reduce(
      (text, [pattern, by]) => `regexp_replace(${text}, ${literal(pattern)}, ${literal(by)})`,
      x,
    );
    return `CASE WHEN regexp_matches(${x}, ${literal(EASY)}) THEN ${x} ELSE trim(${rewritten}, ' ,') END`;
  });

/** The engine's cast reads these as we do and much faster, once their marks are hyphens. */
const SIMPLE_DATE = '^[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}$';

/** A text cell without a time of day as DATE, else null. `10/1/25` and `1.10.2025` are read only in a given order. */
export function textToDate(raw: string, reading: DateReading): string {
  const format = reading.format ? dateFormat(reading.format) : null;
  if (format) return bound('t', tidy(raw), (t) => formatted(t, format).date);
  return fastFirst(
    raw,
    plainReading.date(raw),
    `CASE WHEN regexp_matches(${raw}, ${literal(SIMPLE_DATE)}) THEN TRY_CAST(translate(${raw}, '/.', '--') AS DATE) END`,
    bound('t', prepared(raw), (t) => carefulDate(t, reading)),
  );
}

/** `t` is prepared. Its shape makes it `day|2025|oct|1`, and one place makes the date: many are slow to plan. */
function carefulDate(t: string, reading: DateReading): string {
  const cases = SHAPES.flatMap((shape) => {
    const parts = partsOf(shape, reading);
    // A shape that is not read need not be told from a text that fits none.
    return parts === null
      ? []
      : [
          `WHEN regexp_matches(${t}, ${literal(shape.source)}) THEN regexp_replace(${t}, ${literal(shape.source)}, ${literal(parts)})`,
        ];
  });
  return bound('p', `string_split(CASE ${cases.join(' ')} END, '|')`, (p) => madeDate(p, reading));
}

/** `kind|year|month|day` and what else its kind needs, as a replacement; null if the reading does not say how. */
function partsOf(shape: Shape, reading: DateReading): string | null {
  if (!coversSpan(shape, reading)) return null;
  const { order, upTo, covers } = reading;
  const group = (name: string) => (shape.parts.includes(name) ? `\\${shape.parts.indexOf(name) + 1}` : '');
  const month = group('n') || group('m');
  const era = shape.era === undefined ? '' : String(shape.era);
  switch (shape.kind) {
    case 'day':
      return `day|${group('y')}|${month}|${group('d')}|${era}`;
    case 'month':
      return `day|${group('y')}|${month}|1|${era}`;
    case 'week':
      return `week|${group('y')}|${group('w')}|${group('wd') || 1}|`;
    case 'ordered':
      // A year of four digits comes last: in the middle it is no day or month.
      return order && `day|${['y', 'm', 'd'].map((name) => group(String(order.indexOf(name) + 1))).join('|')}|`;
    case 'yearless': {
      if (!upTo) return null;
      if (shape.parts.includes('w')) return `weekless||${group('w')}|1|`;
      if (!shape.parts.includes('1')) return `yearless||${month}|${group('d') || 1}|`;
      return isDayFirst(order) ? `yearless||${group('2')}|${group('1')}|` : `yearless||${group('1')}|${group('2')}|`;
    }
    case 'range':
      return covers && RANGE_DAYS[covers] ? `range|${shape.parts.map(group).join('|')}` : null;
    case 'quarter':
      return null;
  }
}

const COVERED_BY: Readonly<Record<'month' | 'week', readonly NonNullable<ImportOptions['covers']>[]>> = {
  month: ['month', 'day'],
  week: ['week_starting', 'week_ending', 'day'],
};

export function coversSpan(shape: Shape, { covers, wholeSpans = false }: DateReading): boolean {
  const span = spanOf(shape);
  return span === null || !wholeSpans || (covers ? COVERED_BY[span].includes(covers) : false);
}

function madeDate(p: string, { upTo, covers }: DateReading): string {
  const range = covers ? RANGE_DAYS[covers] : undefined;
  return bound(
    'y',
    `CASE WHEN ${p}[5] <> '' AND ${p}[1] = 'day' THEN ${eraYear(p)} ELSE ${fullYear(`${p}[2]`)} END`,
    (year) =>
      bound('m', monthNumber(`${p}[3]`), (month) =>
        [
          `CASE ${p}[1] WHEN 'day' THEN ${dateFrom(year, month, `${p}[4]`)}`,
          `WHEN 'week' THEN ${weekDay(year, `${p}[3]`, `${p}[4]`)}`,
          ...(upTo
            ? [
                `WHEN 'yearless' THEN ${inYearUpTo(month, `${p}[4]`, upTo)} WHEN 'weekless' THEN ${weekUpTo(`${p}[3]`, upTo)}`,
              ]
            : []),
          ...(range ? [`WHEN 'range' THEN ${range(p)}`] : []),
          'END',
        ].join(' '),
      ),
  );
}

const eraYear = (p: string) =>
  `(TRY_CAST(replace(${p}[2], '元', '1') AS INTEGER) + TRY_CAST(${p}[5] AS INTEGER))::VARCHAR`;

export const isDayFirst = (order: DateOrder | null): boolean => order === 'dmy' || order === 'ydm';

const dateFrom = (year: string, month: string, day: string) =>
  `TRY_CAST(${year} || '-' || ${month} || '-' || ${day} AS DATE)`;

function weekDay(year: string, week: string, day: string): string {
  const monday = `date_trunc('week', ${dateFrom(year, `'1'`, `'4'`)})::DATE + 7 * (TRY_CAST(${week} AS INTEGER) - 1)`;
  return bound(
    'w',
    monday,
    (w) => `CASE WHEN isoyear(${w}) = TRY_CAST(${year} AS INTEGER) THEN ${w} + TRY_CAST(${day} AS INTEGER) - 1 END`,
  );
}

/** From a number or a name; null if the name is no month. */
function monthNumber(name: string): string {
  const key = `'|' || translate(${name}, ${literal(NAME_MARKS)}, '') || ':'`;
  const found = `strpos(${literal(MONTHS)}, ${key})`;
  return `CASE WHEN TRY_CAST(${name} AS INTEGER) IS NOT NULL THEN ${name}
    WHEN ${found} > 0 THEN substr(${literal(MONTHS)}, ${found} + length(${key}), 2) END`;
}

/** The day that stands for a range, if the range is as long as `covers` says. */
const RANGE_DAYS: Partial<Record<NonNullable<ImportOptions['covers']>, (parts: string) => string>> = {
  week_starting: (p) => ofRange(p, (from, to) => `CASE WHEN ${to} - ${from} = 6 THEN ${from} END`),
  week_ending: (p) => ofRange(p, (from, to) => `CASE WHEN ${to} - ${from} = 6 THEN ${to} END`),
  month: (p) => ofRange(p, (from, to) => `CASE WHEN day(${from}) = 1 AND ${to} = last_day(${from}) THEN ${from} END`),
};

function ofRange(p: string, body: (from: string, to: string) => string): string {
  const from = dateFrom(`${p}[2]`, `${p}[3]`, `${p}[4]`);
  const sameYear = dateFrom(`${p}[2]`, `${p}[6]`, `${p}[7]`);
  // A range without a second year may go over New Year.
  const to = `CASE WHEN ${p}[5] <> '' THEN ${dateFrom(`${p}[5]`, `${p}[6]`, `${p}[7]`)} WHEN ${sameYear} >= ${from} THEN ${sameYear}
    ELSE (${sameYear} + INTERVAL 1 YEAR)::DATE END`;
  return body(`(${from})`, `(${to})`);
}

const YEARLESS = SHAPES.filter(({ kind }) => kind === 'yearless')
  .map(({ source }) => source)
  .join('|');

/** True for a day of a month, a month or a week without a year. */
export const isYearless = (raw: string) => `regexp_matches(${prepared(raw)}, ${literal(YEARLESS)})`;

const fullYear = (y: string) =>
  `CASE WHEN length(${y}) > 2 THEN ${y} WHEN TRY_CAST(${y} AS INTEGER) < ${CENTURY} THEN '20' || lpad(${y}, 2, '0') ELSE '19' || ${y} END`;

function inYearUpTo(month: string, day: string, upTo: string): string {
  const year = Number(upTo.slice(0, 4));
  const made = (y: number) => dateFrom(`'${y}'`, month, day);
  return `CASE WHEN ${made(year)} <= DATE ${literal(upTo)} THEN ${made(year)} ELSE ${made(year - 1)} END`;
}

/** A week may begin in the year before. */
function weekUpTo(week: string, upTo: string): string {
  const year = Number(upTo.slice(0, 4));
  const made = [year + 1, year, year - 1].map((y) =>
    bound('v', weekDay(`'${y}'`, week, `'1'`), (v) => `CASE WHEN ${v} <= DATE ${literal(upTo)} THEN ${v} END`),
  );
  return `coalesce(${made.join(', ')})`;
}

/** Numbers as times: days of a spreadsheet (45931 is 2025-10-01), or seconds or milliseconds since 1970. */
export type TimeNumbers = NonNullable<ImportOptions['time_numbers']>;

/** A spreadsheet's number as TIMESTAMP on its own clock, to the second, else null. */
export function spreadsheetTime(raw: string): string {
  const days = `TRY_CAST(${plain(raw)} AS DOUBLE)`;
  return `CASE WHEN ${days} BETWEEN 1 AND 200000 THEN TIMESTAMP '1899-12-30' + to_seconds(round(${days} * 86400)) END`;
}

const EPOCH_UNITS = { seconds: 1, milliseconds: 1e3, microseconds: 1e6, nanoseconds: 1e9 } as const;

/** Seconds or milliseconds since 1970 as TIMESTAMP in UTC, else null. */
export function epochTime(raw: string, unit: keyof typeof EPOCH_UNITS): string {
  const number = `TRY_CAST(${plain(raw)} AS DOUBLE)`;
  const most = 7_000_000_000 * EPOCH_UNITS[unit];
  const micros = 1e6 / EPOCH_UNITS[unit];
  return `CASE WHEN ${number} BETWEEN 0 AND ${most} THEN make_timestamp(round(${number} * ${micros})::BIGINT) END`;
}

export function hasTimeOfDay(raw: string, { format }: DateReading): string {
  if (format) return String(dateFormat(format)?.timed ?? false);
  return `(CASE WHEN contains(${raw}, ':') THEN true WHEN regexp_matches(${raw}, ${literal(SIMPLE_DATE)}) THEN false
    ELSE regexp_matches(${prepared(raw)}, ${literal(TIMED)}) END)`;
}

/** The engine's casts read these as we do, with an offset or without. */
const ISO_LOCAL = '^[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}[ T][0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?$';
const ISO_OFFSET =
  '^[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,6})?(Z|[-+][01][0-9]:[0-5][0-9])$';

/** A text cell with a time of day as TIMESTAMP in UTC; without an offset it is local to `zone`. */
export function textToInstant(raw: string, zone: string, reading: DateReading): string {
  const format = reading.format ? dateFormat(reading.format) : null;
  if (format)
    return localToUtc(
      bound('t', tidy(raw), (t) => formatted(t, format).moment),
      zone,
    );
  const careful = bound('t', prepared(raw), (t) => {
    const [compact, clock] = TIMES;
    const parts = `CASE WHEN regexp_matches(${t}, ${literal(compact.source)}) THEN ${extracted(t, compact)} ELSE ${extracted(t, clock)} END`;
    return bound('k', parts, (k) => instantOf(k, zone, reading));
  });
  return `CASE WHEN regexp_matches(${raw}, ${literal(ISO_LOCAL)}) THEN ${localToUtc(`TRY_CAST(replace(${raw}, '/', '-') AS TIMESTAMP)`, zone)}
    WHEN regexp_matches(${raw}, ${literal(ISO_OFFSET)}) THEN TRY_CAST(${raw} AS TIMESTAMPTZ) AT TIME ZONE 'UTC'
    WHEN ${raw} IS NOT NULL THEN ${careful} END`;
}

function instantOf(k: string, zone: string, reading: DateReading): string {
  const date = bound('h', `trim(${k}.head1 || ${k}.head2, ' ,')`, (head) => carefulDate(head, reading));
  const local = `(${date})::TIMESTAMP + ${timeOfDay(k)}`;
  const names = Object.entries(ZONE_NAMES).map(([name, minutes]) => `WHEN ${literal(name)} THEN ${minutes}`);
  const hours = `TRY_CAST(${k}.zh AS INTEGER)`;
  const minutes = `CASE WHEN ${hours} < ${MOST_OFFSET} THEN (${hours} * 60 + coalesce(TRY_CAST(${k}.zm AS INTEGER), 0)) * (CASE ${k}.zs WHEN '-' THEN -1 ELSE 1 END) END`;
  const offset = `CASE WHEN ${k}.zn <> '' THEN CASE ${k}.zn ${names.join(' ')} END ELSE ${minutes} END`;
  return bound(
    'l',
    local,
    (l) => `CASE WHEN ${k}.zn <> '' OR ${k}.zh <> '' THEN ${l} - to_minutes(${offset}) ELSE ${localToUtc(l, zone)} END`,
  );
}

/** As INTERVAL, else null; `24:00` is the end of the day. */
function timeOfDay(k: string): string {
  const int = (part: string) => `coalesce(TRY_CAST(${k}.${part} AS INTEGER), 0)`;
  const half = `(${k}.half1 || ${k}.half2)`;
  const hour = `TRY_CAST(${k}.h AS INTEGER)`;
  const hours = `CASE WHEN ${half} = '' THEN ${hour} WHEN ${oneOf(half, AFTERNOON)} THEN ${hour} % 12 + 12
    WHEN ${oneOf(half, FORENOON)} THEN ${hour} % 12 END`;
  return bound(
    'u',
    hours,
    (
      h,
    ) => `CASE WHEN ${int('i')} < 60 AND ${int('s')} < 60 AND (${h} < 24 OR (${h} = 24 AND ${int('i')} = 0 AND ${int('s')} = 0))
      THEN to_microseconds((${h} * 3600 + ${int('i')} * 60 + ${int('s')}) * 1000000::BIGINT + TRY_CAST(rpad(${k}.f, 6, '0') AS BIGINT)) END`,
  );
}

function formatted(t: string, format: DateFormat): { date: string; moment: string } {
  const parts = new Set(format.parts);
  const part = (p: string, name: string, otherwise: string) => (parts.has(name) ? `${p}.${name}` : otherwise);
  const dateOf = (p: string) =>
    dateFrom(fullYear(`${p}.y`), parts.has('n') ? monthNumber(`${p}.n`) : `${p}.m`, part(p, 'd', `'1'`));
  const within = (body: (p: string) => string) =>
    `CASE WHEN regexp_matches(${t}, ${literal(format.source)}) THEN ${bound('p', extracted(t, format), body)} END`;
  const clock = (p: string) =>
    bound(
      'k',
      `{half1: ${part(p, 'half', `''`)}, half2: '', h: ${part(p, 'h', `'0'`)}, i: ${part(p, 'i', `''`)}, s: ${part(p, 's', `''`)}, f: ''}`,
      timeOfDay,
    );
  return { date: within(dateOf), moment: within((p) => `(${dateOf(p)})::TIMESTAMP + ${clock(p)}`) };
}

export function localToUtc(local: string, zone: string): string {
  const offset = fixedOffset(zone);
  if (offset !== null) return `((${local}) - INTERVAL ${offset} MINUTE)`;
  return `((${local}) AT TIME ZONE ${literal(zone)} AT TIME ZONE 'UTC')`;
}

export function dayOf(instant: string, zone: string): string {
  const offset = fixedOffset(zone);
  if (offset !== null) return `((${instant}) + INTERVAL ${offset} MINUTE)::DATE`;
  return `((${instant}) AT TIME ZONE 'UTC' AT TIME ZONE ${literal(zone)})::DATE`;
}

const offsets = new Map<string, number | null>();

/** Minutes east of Greenwich if the clocks have not changed since 1995, else null: plain arithmetic is much faster. */
export function fixedOffset(zone: string): number | null {
  const known = offsets.get(zone);
  if (known !== undefined) return known;
  const seen = new Set<number>();
  for (let month = 0; month < 43 * 12; month++) seen.add(tzOffset(zone, new Date(Date.UTC(1995, month, 1))));
  const [only] = seen;
  const offset = seen.size === 1 && only !== undefined ? only : null;
  offsets.set(zone, offset);
  return offset;
}
