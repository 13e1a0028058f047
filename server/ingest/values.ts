/**
 * SQL that reads the cells of real exports: `1,234,567`, `1.9亿`, `9218w`, full-width digits, blanks, unpadded and
 * compact dates. The engine's own cast comes first; the costly patterns run only for cells that it refuses.
 */
import { tzOffset } from '@date-fns/tz';
import { literal } from './sql.ts';
import { BLANKS } from './text.ts';

const FULL_WIDTH = '０１２３４５６７８９．，－＋％／：　';
const ASCII = '0123456789.,-+%/: ';

/** True for cells that mean "no value". `raw` is a text expression. */
export function blank(raw: string): string {
  return `(lower(trim(${raw})) IN (${BLANKS.map(literal).join(', ')}))`;
}

/** Half-width, lower case, without white space. */
const plain = (raw: string) =>
  `regexp_replace(lower(translate(${raw}, ${literal(FULL_WIDTH)}, ${literal(ASCII)})), '\\s', '', 'g')`;

const NUMBER =
  '^[¥￥$]?([-+]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(?:[.][0-9]+)?)(万亿|千万|百万|亿|万|千|k|w|m|bn|b)?[+]?(?:次|元|人|播放|views)?$';
const SCALES: readonly (readonly [string, number])[] = [
  ['万亿', 1e12],
  ['亿', 1e8],
  ['千万', 1e7],
  ['百万', 1e6],
  ['万', 1e4],
  ['w', 1e4],
  ['千', 1e3],
  ['k', 1e3],
  ['m', 1e6],
  ['bn', 1e9],
  ['b', 1e9],
];

const digits = (raw: string) => `replace(regexp_extract(${plain(raw)}, ${literal(NUMBER)}, 1), ',', '')`;
const unit = (raw: string) => `regexp_extract(${plain(raw)}, ${literal(NUMBER)}, 2)`;
const factor = (raw: string) =>
  `CASE ${unit(raw)} ${SCALES.map(([name, value]) => `WHEN ${literal(name)} THEN ${value}`).join(' ')} ELSE 1 END`;

/**
 * The slow reading only for cells that the fast one refuses. CASE, not coalesce: the optimizer takes repeated parts
 * out of a coalesce and then works them out for every row.
 */
function fastFirst(raw: string, fast: string, ...slow: readonly string[]): string {
  const [next, ...rest] = slow;
  if (next === undefined) return fast;
  return `CASE WHEN ${fast} IS NOT NULL THEN ${fast} WHEN ${raw} IS NOT NULL THEN ${fastFirst(raw, next, ...rest)} END`;
}

/**
 * The plain readings: what the engine's own casts take. Null for anything else, which `stage.ts` then reads again with
 * care; they cost a fraction of the careful ones.
 */
export const plainReading = {
  number: (raw: string, as: 'BIGINT' | 'DOUBLE', scale = 1) => typedNumber(raw, as, scale),
  /** `2025-10-01` */
  date: (raw: string) => `CASE WHEN length(${raw}) = 10 THEN TRY_CAST(${raw} AS DATE) END`,
  /** `2025-10-01 23:00:00` without an offset, as TIMESTAMP on the cell's own clock */
  local: (raw: string) => `CASE WHEN length(${raw}) = 19 AND ${raw}[17] = ':' THEN TRY_CAST(${raw} AS TIMESTAMP) END`,
} as const;

const plainCells = {
  number: /^-?\d+(\.\d+)?$/u,
  date: /^\d{4}-\d\d-\d\d$/u,
  local: /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d$/u,
} as const;

/** Whether all of a column's first cells can be read plainly; false where there is none. */
export function isPlain(reading: keyof typeof plainCells, cells: readonly (string | null)[]): boolean {
  const filled = cells.filter((c) => c !== null);
  return filled.length > 0 && filled.every((c) => plainCells[reading].test(c));
}

/** A text cell as DOUBLE, null where it is no number. */
export function textToDouble(raw: string, scale = 1): string {
  const slow = `TRY_CAST(${digits(raw)} AS DOUBLE) * ${factor(raw)}`;
  return scaled(fastFirst(raw, `TRY_CAST(${raw} AS DOUBLE)`, slow), scale);
}

/** A text cell as BIGINT, rounded, null where it is no number or too large; no digit is lost without a unit. */
export function textToInteger(raw: string, scale = 1): string {
  if (scale !== 1) return `TRY_CAST(round(${textToDouble(raw, scale)}) AS BIGINT)`;
  const slow = `CASE WHEN ${unit(raw)} = '' THEN TRY_CAST(${digits(raw)} AS BIGINT)
    ELSE TRY_CAST(round(TRY_CAST(${digits(raw)} AS DOUBLE) * ${factor(raw)}) AS BIGINT) END`;
  return fastFirst(raw, `TRY_CAST(${raw} AS BIGINT)`, slow);
}

const scaled = (value: string, scale: number) => (scale === 1 ? value : `(${value}) * ${scale}`);

/** A typed (Parquet) number as BIGINT or DOUBLE. */
export function typedNumber(column: string, as: 'BIGINT' | 'DOUBLE', scale = 1): string {
  if (as === 'DOUBLE') return scaled(`TRY_CAST(${column} AS DOUBLE)`, scale);
  return scale === 1
    ? `TRY_CAST(${column} AS BIGINT)`
    : `TRY_CAST(round(TRY_CAST(${column} AS DOUBLE) * ${scale}) AS BIGINT)`;
}

export type DateOrder = 'ymd' | 'dmy' | 'mdy';

/**
 * A text cell without a time of day as DATE: `2025-10-01`, `2025/2/3`, `2025.10.1`, `2025年10月1日`, `20251001`,
 * `2025-10` (its first day), and with the year last as `order` says.
 */
export function textToDate(raw: string, order: DateOrder): string {
  const t = plain(raw);
  const ymd = `regexp_extract(${t}, '^([0-9]{4})[-/.年]([0-9]{1,2})(?:[-/.月]([0-9]{1,2})?日?)?$', ['y','m','d'])`;
  const last = order === 'mdy' ? "['m','d','y']" : "['d','m','y']";
  const yearLast = `regexp_extract(${t}, '^([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})$', ${last})`;
  const compact = `regexp_extract(${t}, '^([0-9]{4})([0-9]{2})([0-9]{2})$', ['y','m','d'])`;
  const made = (parts: string) => `CASE WHEN ${parts}.y <> '' THEN
    TRY_CAST(${parts}.y || '-' || ${parts}.m || '-' || coalesce(nullif(${parts}.d, ''), '1') AS DATE) END`;
  const options = order === 'ymd' ? [ymd, compact] : [ymd, compact, yearLast];
  return fastFirst(raw, `CASE WHEN length(${raw}) = 10 THEN TRY_CAST(${raw} AS DATE) END`, ...options.map(made));
}

/** True for a cell that carries a time of day. */
export const hasTimeOfDay = (raw: string) => `(length(${raw}) > 11 AND contains(${raw}, ':'))`;

/** True for a text timestamp that ends in `Z` or an offset. */
const hasOffset = (raw: string) =>
  `(suffix(${raw}, 'Z') OR ${raw}[-6] IN ('+', '-') OR (length(${raw}) > 16 AND (${raw}[-5] IN ('+', '-') OR ${raw}[-3] IN ('+', '-'))))`;

const tidyTimestamp = (raw: string) => `regexp_replace(translate(trim(${raw}), '年月/.：', '----:'), '日\\s*', ' ')`;

/**
 * A text cell with a time of day as TIMESTAMP in UTC. An offset is honoured; without one the cell is local to `zone`.
 * Sub-second digits after a point are kept by the engine's own cast.
 */
export function textToInstant(raw: string, zone: string): string {
  const naive = fastFirst(raw, `TRY_CAST(${raw} AS TIMESTAMP)`, `TRY_CAST(${tidyTimestamp(raw)} AS TIMESTAMP)`);
  return `CASE WHEN ${hasOffset(raw)} THEN TRY_CAST(${raw} AS TIMESTAMPTZ) AT TIME ZONE 'UTC'
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

/** True for a filled cell. */
export function present(raw: string): string {
  return `(${raw} IS NOT NULL AND NOT ${blank(raw)})`;
}

/** A text cell trimmed, null where blank. */
export function textOrNull(raw: string): string {
  return `CASE WHEN ${blank(raw)} THEN NULL ELSE trim(${raw}) END`;
}
