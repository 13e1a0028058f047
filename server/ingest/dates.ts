/**
 * SQL that reads the dates and times of real exports: `2025/2/3`, `20251001`, `2025年10月1日`, `10月1日`, `17.14.11`,
 * `Oct 1, 2025`, numbers of a spreadsheet, seconds since 1970. `times.ts` reads the same in JavaScript.
 */
import { tzOffset } from '@date-fns/tz';
import type { ImportOptions } from '../contract/imports.ts';
import { bound, literal } from './sql.ts';
import { fastFirst, halfWidth, plain, plainReading } from './values.ts';

/** The order of day, month and year where the year is not written first with four digits. */
export type DateOrder = NonNullable<ImportOptions['date_order']>;

export interface DateReading {
  /** Null: dates whose order is not plain are not read. */
  readonly order: DateOrder | null;
  /** Dates without a year are the latest ones not after this day (ISO); null: they are not read. */
  readonly upTo: string | null;
  /** What a date stands for: `2026-03-02~2026-03-08` is read where that is a week or a month and the range is one. */
  readonly covers?: ImportOptions['covers'] | null;
}

/** A two-digit year from here on is of the last century. */
const CENTURY = 70;

const MONTHS = 'janfebmaraprmayjunjulaugsepoctnovdec';

/**
 * A text cell without a time of day as DATE, null where it is none. Two digits of a year, and a year that comes last,
 * are read only in an order that is said.
 */
export function textToDate(raw: string, reading: DateReading): string {
  return fastFirst(
    raw,
    plainReading.date(raw),
    bound('t', plain(raw), (t) => carefulDate(t, reading)),
  );
}

/** `t` is plain text. */
function carefulDate(t: string, { order, upTo, covers }: DateReading): string {
  const made = (pattern: string, names: Iterable<string>, body: (p: string) => string) =>
    bound('p', `regexp_extract(${t}, ${literal(pattern)}, [${[...names].map((n) => literal(n)).join(', ')}])`, body);
  const readings = [
    made('^([0-9]{4})[-/.年]([0-9]{1,2})(?:[-/.月]([0-9]{1,2})?[日号]?)?$', 'ymd', dateOf),
    made('^([0-9]{4})([0-9]{2})([0-9]{2})$', 'ymd', dateOf),
    // `202510` is a month; `251001` is not read.
    made('^(20[0-9]{2})(0[1-9]|1[0-2])()$', 'ymd', dateOf),
    made('^([a-z]{3})[a-z]*[.]?([0-9]{1,2})(?:st|nd|rd|th)?,([0-9]{4})$', 'mdy', namedDate),
    made('^([0-9]{1,2})(?:st|nd|rd|th)?-?([a-z]{3})[a-z]*[-.,]*([0-9]{4}|[0-9]{2})$', 'dmy', namedDate),
  ];
  if (order === 'dmy' || order === 'mdy')
    readings.push(made('^([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})$', order, dateOf));
  if (order) readings.push(made('^([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})$', order, dateOf));
  if (upTo) {
    const turned = order === 'dmy' || order === 'ydm' ? 'dm' : 'md';
    readings.push(made('^([0-9]{1,2})月([0-9]{1,2})[日号]?$', 'md', (p) => inYearUpTo(p, upTo)));
    readings.push(made('^([0-9]{1,2})[-/.]([0-9]{1,2})$', turned, (p) => inYearUpTo(p, upTo)));
  }
  const range = covers ? RANGE_DAYS[covers] : undefined;
  if (range) for (const pattern of RANGES) readings.push(made(pattern, ['y', 'm', 'd', 'y2', 'm2', 'd2'], range));
  // Each pattern excludes the others, so that the first one that gives a date is the only one.
  return `coalesce(${readings.join(', ')})`;
}

/** `2026-03-02~2026-03-08`, `2026年3月2日至3月8日`, `20260302-20260308` */
const RANGES = [
  '^([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})[日号]?(?:~+|至|到|—+|-+|to)(?:([0-9]{4})[-/.年])?([0-9]{1,2})[-/.月]([0-9]{1,2})[日号]?$',
  '^([0-9]{4})([0-9]{2})([0-9]{2})(?:~+|至|到|—+|-+|to)([0-9]{4})([0-9]{2})([0-9]{2})$',
];

/** The day that stands for a range of days, where it is as long as what dates stand for. */
const RANGE_DAYS: Partial<Record<NonNullable<ImportOptions['covers']>, (parts: string) => string>> = {
  week_starting: (p) => ofRange(p, (from, to) => `CASE WHEN ${to} - ${from} = 6 THEN ${from} END`),
  week_ending: (p) => ofRange(p, (from, to) => `CASE WHEN ${to} - ${from} = 6 THEN ${to} END`),
  month: (p) => ofRange(p, (from, to) => `CASE WHEN day(${from}) = 1 AND ${to} = last_day(${from}) THEN ${from} END`),
};

function ofRange(p: string, body: (from: string, to: string) => string): string {
  const day = (year: string, month: string, date: string) =>
    `TRY_CAST(${year} || '-' || ${month} || '-' || ${date} AS DATE)`;
  const from = day(`${p}.y`, `${p}.m`, `${p}.d`);
  const sameYear = day(`${p}.y`, `${p}.m2`, `${p}.d2`);
  // A range that leaves the second year out may go over New Year.
  const to = `CASE WHEN ${p}.y2 <> '' THEN ${day(`${p}.y2`, `${p}.m2`, `${p}.d2`)} WHEN ${sameYear} >= ${from} THEN ${sameYear}
    ELSE (${sameYear} + INTERVAL 1 YEAR)::DATE END`;
  return body(`(${from})`, `(${to})`);
}

/** True for a text that gives a day of a month and no year. */
export const isYearless = (raw: string) =>
  `regexp_matches(${plain(raw)}, '^[0-9]{1,2}(?:月[0-9]{1,2}[日号]?|[-/.][0-9]{1,2})$')`;

const fullYear = (y: string) =>
  `CASE WHEN length(${y}) > 2 THEN ${y} WHEN TRY_CAST(${y} AS INTEGER) < ${CENTURY} THEN '20' || lpad(${y}, 2, '0') ELSE '19' || ${y} END`;

const dateOf = (parts: string) => `CASE WHEN ${parts}.y <> '' THEN
    TRY_CAST(${fullYear(`${parts}.y`)} || '-' || ${parts}.m || '-' || coalesce(nullif(${parts}.d, ''), '1') AS DATE) END`;

/** With the month as an English name. */
function namedDate(parts: string): string {
  const at = `strpos('${MONTHS}', ${parts}.m)`;
  return `CASE WHEN ${parts}.y <> '' AND ${at} % 3 = 1 THEN
    TRY_CAST(${fullYear(`${parts}.y`)} || '-' || (${at} + 2) // 3 || '-' || ${parts}.d AS DATE) END`;
}

function inYearUpTo(parts: string, upTo: string): string {
  const year = Number(upTo.slice(0, 4));
  const made = (y: number) => `TRY_CAST('${y}-' || ${parts}.m || '-' || ${parts}.d AS DATE)`;
  return `CASE WHEN ${parts}.m <> '' THEN CASE WHEN ${made(year)} <= DATE ${literal(upTo)} THEN ${made(year)} ELSE ${made(year - 1)} END END`;
}

/** Numbers that stand for times: days of a spreadsheet (45931 is 2025-10-01), seconds or milliseconds since 1970. */
export type TimeNumbers = NonNullable<ImportOptions['time_numbers']>;

/** A number of a spreadsheet as TIMESTAMP on its own clock, to the second; null where the cell is no such number. */
export function spreadsheetTime(raw: string): string {
  const days = `TRY_CAST(${plain(raw)} AS DOUBLE)`;
  return `CASE WHEN ${days} BETWEEN 1 AND 200000 THEN TIMESTAMP '1899-12-30' + to_seconds(round(${days} * 86400)) END`;
}

/** Seconds or milliseconds since 1970 as TIMESTAMP in UTC; null where the cell is no such number. */
export function epochTime(raw: string, unit: 'seconds' | 'milliseconds'): string {
  const number = `TRY_CAST(${plain(raw)} AS DOUBLE)`;
  const most = unit === 'seconds' ? 7_000_000_000 : 7_000_000_000_000;
  const micros = unit === 'seconds' ? 1_000_000 : 1000;
  return `CASE WHEN ${number} BETWEEN 0 AND ${most} THEN make_timestamp(round(${number} * ${micros})::BIGINT) END`;
}

/** True for a cell that carries a time of day. */
export const hasTimeOfDay = (raw: string) =>
  `(contains(${raw}, ':') OR contains(${raw}, '：') OR regexp_matches(${raw}, '[日号]\\s*[0-9]{1,2}[时点]|^20[0-9]{8}([0-9]{2}){0,2}$'))`;

/** True for a text timestamp that ends in `Z`, `UTC` or an offset. */
const hasOffset = (raw: string) =>
  `(suffix(${raw}, 'Z') OR suffix(${raw}, 'UTC') OR (${raw})[-6] IN ('+', '-') OR (length(${raw}) > 16 AND ((${raw})[-5] IN ('+', '-') OR (${raw})[-3] IN ('+', '-'))))`;

const tidyTimestamp = (raw: string) => `regexp_replace(translate(trim(${raw}), '年月/.：', '----:'), '日\\s*', ' ')`;

const CLOCK =
  '(?:(上午|下午)\\s*)?([0-9]{1,2})(?::|时|点)([0-9]{2})?(?:(?::|分)([0-9]{2})?)?(?:[.][0-9]+)?秒?\\s*(am|pm|a[.]m[.]|p[.]m[.])?$';

/** Any date that `textToDate` reads, then a clock, with 12 hours too: `10/1/2025 3:05 PM`, `10月1日 下午3:05`. */
function dateAndClock(raw: string, reading: DateReading): string {
  return bound('x', `trim(${halfWidth(raw)})`, (x) =>
    bound('k', `regexp_extract(${x}, ${literal(CLOCK)}, ['cn', 'h', 'm', 's', 'en'])`, (k) => {
      const date = `regexp_replace(regexp_replace(regexp_replace(${x}, ${literal(CLOCK)}, ''), '[t,\\s]+$', ''), '\\s', '', 'g')`;
      const hour = `TRY_CAST(${k}.h AS INTEGER)`;
      const hours = `CASE WHEN ${k}.cn = '下午' OR starts_with(${k}.en, 'p') THEN ${hour} % 12 + 12
        WHEN ${k}.cn = '上午' OR starts_with(${k}.en, 'a') THEN ${hour} % 12 ELSE ${hour} END`;
      const time = `TRY_CAST(${hours} || ':' || coalesce(nullif(${k}.m, ''), '00') || ':' || coalesce(nullif(${k}.s, ''), '00') AS TIME)`;
      return `CASE WHEN ${k}.h <> '' THEN ${bound('t', date, (t) => carefulDate(t, reading))} + ${time} END`;
    }),
  );
}

/** `2025100123`, `202510012305`, `20251001230500` */
function compactTime(raw: string): string {
  const pattern = '^(20[0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})?([0-9]{2})?$';
  const parts = `regexp_extract(trim(${raw}), ${literal(pattern)}, ['y', 'n', 'd', 'h', 'm', 's'])`;
  return bound(
    'p',
    parts,
    (p) => `CASE WHEN ${p}.y <> '' THEN TRY_CAST(${p}.y || '-' || ${p}.n || '-' || ${p}.d || ' ' || ${p}.h || ':' ||
      coalesce(nullif(${p}.m, ''), '00') || ':' || coalesce(nullif(${p}.s, ''), '00') AS TIMESTAMP) END`,
  );
}

/**
 * A text cell with a time of day as TIMESTAMP in UTC. An offset is honoured; without one the cell is local to `zone`.
 * Sub-second digits after a point are kept by the engine's own cast.
 */
export function textToInstant(raw: string, zone: string, reading: DateReading): string {
  const yearFirst = `regexp_matches(${raw}, '^\\s*[0-9]{4}')`;
  const naive = fastFirst(
    raw,
    // The engine takes 10/2/25 for the year 10.
    `CASE WHEN ${yearFirst} THEN TRY_CAST(${raw} AS TIMESTAMP) END`,
    `CASE WHEN ${yearFirst} THEN TRY_CAST(${tidyTimestamp(raw)} AS TIMESTAMP) END`,
    compactTime(raw),
    dateAndClock(raw, reading),
  );
  const joined = `regexp_replace(trim(${raw}), '\\s+(UTC|[-+][0-9]{2}:?(?:[0-9]{2})?)$', '\\1')`;
  return `CASE WHEN ${hasOffset(raw)} THEN TRY_CAST(replace(${joined}, 'UTC', 'Z') AS TIMESTAMPTZ) AT TIME ZONE 'UTC'
    ELSE ${localToUtc(naive, zone)} END`;
}

/** A TIMESTAMP local to `zone` as TIMESTAMP in UTC. */
export function localToUtc(local: string, zone: string): string {
  const offset = fixedOffset(zone);
  if (offset !== null) return `((${local}) - INTERVAL ${offset} MINUTE)`;
  return `((${local}) AT TIME ZONE ${literal(zone)} AT TIME ZONE 'UTC')`;
}

/** The business day of a TIMESTAMP in UTC. */
export function dayOf(instant: string, zone: string): string {
  const offset = fixedOffset(zone);
  if (offset !== null) return `((${instant}) + INTERVAL ${offset} MINUTE)::DATE`;
  return `((${instant}) AT TIME ZONE 'UTC' AT TIME ZONE ${literal(zone)})::DATE`;
}

const offsets = new Map<string, number | null>();

/**
 * Minutes east of Greenwich of a zone whose clocks have not changed since 1995 (China, Japan, India …), else null.
 * Plain arithmetic is many times faster than the engine's calendar.
 */
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
