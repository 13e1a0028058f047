/**
 * SQL that reads the cells of real exports: `1,234,567`, `1.9亿`, `9218w`, `10w+`, `1.234.567,8`, full-width digits and
 * the many ways to write nothing. The engine's own cast comes first; the costly patterns run only for cells that it
 * refuses. Dates and times are in `dates.ts`.
 */
import { GUARD_PATTERN } from '../contract/formula-guard.ts';
import { bound, literal, oneOf } from './sql.ts';
import { BLANKS, INVISIBLE } from './text.ts';

/** U+FF01 to U+FF5E are ASCII once more, in the width of a Chinese character; and spaces and minus signs of all kinds. */
const FULL_WIDTH = Array.from({ length: 94 }, (_, i) => String.fromCharCode(0xff01 + i)).join('');
const ASCII = Array.from({ length: 94 }, (_, i) => String.fromCharCode(0x21 + i)).join('');
const ODD = '\u3000\u00a0\u2009\u202f\u2212\u2013￥';
const EVEN = '    --¥';

/** Half-width and lower case, without invisible characters: those without a counterpart go. */
export const halfWidth = (raw: string) =>
  `lower(translate(${raw}, ${literal(FULL_WIDTH + ODD + INVISIBLE)}, ${literal(ASCII + EVEN)}))`;

/** Half-width, lower case, without white space. */
export const plain = (raw: string) => `regexp_replace(${halfWidth(raw)}, '\\s', '', 'g')`;

/** True for cells that mean "no value". `raw` is a text expression. */
export function blank(raw: string): string {
  return `(CASE WHEN length(${raw}) > ${LONGEST_BLANK} THEN trim(${raw}) = '' ELSE ${oneOf(plain(raw), BLANKS)} END)`;
}

/** With white space around it. */
const LONGEST_BLANK = 16;

/** Which mark stands before the fraction; the other one may stand between thousands. */
export type DecimalMark = 'point' | 'comma';

export interface NumberReading {
  /** Numbers without a unit of their own are multiplied by it: the header's unit. */
  readonly scale: number;
  /** The part of `scale` that a unit in the cell stands in for: 10 000 of `播放量(万)`, where `3000万` is 30 million. Default 1. */
  readonly magnitude?: number;
  readonly decimal: DecimalMark;
}

const AS_WRITTEN: NumberReading = { scale: 1, decimal: 'point' };

const NUMBER =
  '^([-+]?)[¥$€£]?([-+]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(?:[.][0-9]+)?)(万亿|千万|百万|亿|億|万|萬|千|k|w|mn|m|bn|b)?[+]?(?:次|元|人|播放|回|views|plays)?$';
/** `1亿2345万` */
const COMPOUND = '^([0-9]+)[亿億]([0-9]+(?:[.][0-9]+)?)[万萬][+]?(?:次|元|人|播放|回)?$';
/** What cannot be read with a decimal point: two groups of thousands, or a group and a fraction after a comma. */
const DOTTED = '^[-+]?[¥$€£]?[0-9]{1,3}(?:(?:[.][0-9]{3}){2,}(?:,[0-9]+)?|(?:[.][0-9]{3})+,[0-9]+)$';
const SCALES: readonly (readonly [string, number])[] = [
  ['万亿', 1e12],
  ['亿', 1e8],
  ['億', 1e8],
  ['千万', 1e7],
  ['百万', 1e6],
  ['万', 1e4],
  ['萬', 1e4],
  ['w', 1e4],
  ['千', 1e3],
  ['k', 1e3],
  ['mn', 1e6],
  ['m', 1e6],
  ['bn', 1e9],
  ['b', 1e9],
];

/** The cell with a decimal point, whatever mark it was written with; `text` is plain. */
function pointed(text: string, decimal: DecimalMark): string {
  const swapped = `translate(${text}, '.,', ',.')`;
  if (decimal === 'comma') return swapped;
  return `CASE WHEN regexp_matches(${text}, ${literal(DOTTED)}) THEN ${swapped} ELSE ${text} END`;
}

const factor = (unit: string) =>
  `CASE ${unit} ${SCALES.map(([name, value]) => `WHEN ${literal(name)} THEN ${value}`).join(' ')} ELSE 1 END`;

/** What the patterns find in a cell, for expressions over `p`: `n.sign`, `n.digits`, `n.unit`, and `c.high`, `c.low` of a compound. */
function numberParts(raw: string, decimal: DecimalMark, body: (p: string) => string): string {
  return bound('t', plain(raw), (t) =>
    bound(
      'p',
      `{n: regexp_extract(${pointed(t, decimal)}, ${literal(NUMBER)}, ['sign', 'digits', 'unit']),
        c: regexp_extract(${t}, ${literal(COMPOUND)}, ['high', 'low'])}`,
      body,
    ),
  );
}

const digits = (p: string) => `replace(${p}.n.sign || ${p}.n.digits, ',', '')`;
/** What a number is multiplied by that has a unit of its own, beside that unit. */
const besideUnit = ({ scale, magnitude = 1 }: NumberReading) => scale / magnitude;

/** The cell's number in the unit of its field. */
function measured(p: string, reading: NumberReading): string {
  const compound = scaled(`${p}.c.high::DOUBLE * 1e8 + ${p}.c.low::DOUBLE * 1e4`, besideUnit(reading));
  return `CASE WHEN ${p}.c.high <> '' THEN ${compound} ELSE TRY_CAST(${digits(p)} AS DOUBLE) * (${multiplier(p, reading)}) END`;
}

const multiplier = (p: string, reading: NumberReading) =>
  `CASE WHEN ${p}.n.unit = '' THEN ${reading.scale} ELSE ${scaled(factor(`${p}.n.unit`), besideUnit(reading))} END`;

/**
 * The slow reading only for cells that the fast one refuses. CASE, not coalesce: the optimizer takes repeated parts
 * out of a coalesce and then works them out for every row.
 */
export function fastFirst(raw: string, fast: string, ...slow: readonly string[]): string {
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
export function textToDouble(raw: string, reading: NumberReading = AS_WRITTEN): string {
  const slow = numberParts(raw, reading.decimal, (p) => measured(p, reading));
  // With a decimal comma the engine would take 1.234 for a fraction; and it takes nan and inf for numbers.
  const cast = `TRY_CAST(${raw} AS DOUBLE)`;
  if (reading.decimal === 'comma') return slow;
  return fastFirst(raw, scaled(`CASE WHEN isfinite(${cast}) THEN ${cast} END`, reading.scale), slow);
}

/** A text cell as BIGINT, rounded, null where it is no number or too large; no digit is lost without a unit. */
export function textToInteger(raw: string, reading: NumberReading = AS_WRITTEN): string {
  if (reading.scale !== 1) return `TRY_CAST(round(${textToDouble(raw, reading)}) AS BIGINT)`;
  const slow = numberParts(
    raw,
    reading.decimal,
    (p) => `CASE WHEN ${p}.n.unit = '' AND ${p}.c.high = '' THEN TRY_CAST(${digits(p)} AS BIGINT)
      ELSE TRY_CAST(round(${measured(p, reading)}) AS BIGINT) END`,
  );
  return reading.decimal === 'comma' ? slow : fastFirst(raw, `TRY_CAST(${raw} AS BIGINT)`, slow);
}

/**
 * By how much a rounded number may be off: half a unit of its last digit, as DOUBLE (`1.9亿` is ±5 000 000, `9218w`
 * ±5000). Null for a number that is written out, and for no number.
 */
export function roundingOf(raw: string, reading: NumberReading = AS_WRITTEN): string {
  const { scale, decimal } = reading;
  const careful = numberParts(raw, decimal, (p) => {
    const half = `0.5 * (${multiplier(p, reading)}) / power(10, length(regexp_extract(${p}.n.digits, '[.]([0-9]+)', 1)))`;
    return `CASE WHEN ${p}.c.high <> '' THEN 5e3 * ${besideUnit(reading)} WHEN ${p}.n.digits <> '' AND ${half} > 0.5 THEN ${half} END`;
  });
  if (scale !== 1 || decimal === 'comma') return careful;
  return `CASE WHEN TRY_CAST(${raw} AS BIGINT) IS NOT NULL THEN NULL WHEN ${raw} IS NOT NULL THEN ${careful} END`;
}

const scaled = (value: string, scale: number) => (scale === 1 ? value : `(${value}) * ${scale}`);

/** A typed (Parquet) number as BIGINT or DOUBLE. */
export function typedNumber(column: string, as: 'BIGINT' | 'DOUBLE', scale = 1): string {
  if (as === 'DOUBLE') return scaled(`TRY_CAST(${column} AS DOUBLE)`, scale);
  return scale === 1
    ? `TRY_CAST(${column} AS BIGINT)`
    : `TRY_CAST(round(TRY_CAST(${column} AS DOUBLE) * ${scale}) AS BIGINT)`;
}

/** A text cell without the apostrophe that guards a formula, as in `contract/formula-guard.ts`. */
export function unguarded(raw: string): string {
  const guard = `starts_with(${raw}, '''') AND regexp_matches(${raw}, ${literal(GUARD_PATTERN)})`;
  return `(CASE WHEN ${guard} THEN substr(${raw}, 2) ELSE ${raw} END)`;
}

/** True for a filled cell. */
export function present(raw: string): string {
  return `(${raw} IS NOT NULL AND NOT ${blank(raw)})`;
}

/** A text cell trimmed, null where blank. */
export function textOrNull(raw: string): string {
  return `CASE WHEN ${blank(raw)} THEN NULL ELSE trim(${raw}) END`;
}
