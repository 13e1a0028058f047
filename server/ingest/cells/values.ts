/**
 * SQL that reads the cells of real exports by `grammar.ts`; dates and times are in `dates.ts`. The engine's cast comes
 * first: the slow patterns run only for cells that it refuses.
 */
import { GUARD_PATTERN } from '../../contract/formula-guard.ts';
import { BLANKS } from '../../vocabulary/text.ts';
import {
  COMPOUND,
  COMPOUND_UNITS,
  GROUP_MARKS,
  GROUPED,
  NUMBER,
  type Pattern,
  TRANSLATED,
  TURNED,
  TURNED_BESIDE,
  UNITS,
} from './grammar.ts';
import { AS_WRITTEN, type DecimalMark, type NumberReading } from './numbers.ts';
import { bound, literal, literals, oneOf } from './sql.ts';

export const halfWidth = (raw: string) =>
  `lower(translate(${raw}, ${literal(TRANSLATED.from)}, ${literal(TRANSLATED.to)}))`;

/** What the patterns of the grammar match: half-width, lower case, trimmed. */
export const tidy = (raw: string) => `trim(${halfWidth(raw)})`;

export const plain = (raw: string) => `regexp_replace(${halfWidth(raw)}, '\\s', '', 'g')`;

/** True for cells that mean "no value". */
export function blank(raw: string): string {
  return `(CASE WHEN length(${raw}) > ${LONGEST_BLANK} THEN trim(${raw}) = '' ELSE ${oneOf(plain(raw), BLANKS)} END)`;
}

const LONGEST_BLANK = 16;

/** The body with a decimal point and no other marks, else null. `beside`: there is a unit or a currency. */
function pointed(body: string, decimal: DecimalMark, beside: string): string {
  const text = decimal === 'comma' ? `translate(${body}, '.,', ',.')` : body;
  return `CASE WHEN regexp_matches(${text}, ${literal(GROUPED)}) THEN translate(${text}, ${literal(GROUP_MARKS)}, '')
    WHEN regexp_matches(${text}, ${literal(TURNED)}) OR (${beside} AND regexp_matches(${text}, ${literal(TURNED_BESIDE)}))
    THEN replace(translate(${text}, ' .', ''), ',', '.') END`;
}

const factor = (unit: string) =>
  `CASE ${unit} ${UNITS.map(([name, value]) => `WHEN ${literal(name)} THEN ${value}`).join(' ')} ELSE 1 END`;

interface NumberParts {
  readonly text: string;
  readonly unit: string;
  readonly digits: string;
}

function numberParts(raw: string, decimal: DecimalMark, body: (parts: NumberParts) => string): string {
  return bound('t', tidy(raw), (t) =>
    bound('p', extracted(t, NUMBER), (p) =>
      bound(
        'b',
        `CASE WHEN ${p}.body <> '' THEN ${p}.sign || ${p}.sign2 || ${pointed(`${p}.body`, decimal, `${p}.unit || ${p}.before || ${p}.after <> ''`)} || ${p}.exponent END`,
        (digits) => body({ text: t, unit: `${p}.unit`, digits }),
      ),
    ),
  );
}

/** The parts of a match as a struct; all empty if the text does not fit. */
export const extracted = (text: string, { source, parts }: Pattern): string =>
  `regexp_extract(${text}, ${literal(source)}, ${literals(parts)})`;

const besideUnit = ({ scale, magnitude = 1 }: NumberReading) => scale / magnitude;

const compound = (text: string) =>
  bound('c', extracted(text, COMPOUND), (c) => {
    const filled = COMPOUND.parts.map((part) => `(CASE WHEN ${c}.${part} <> '' THEN 1 ELSE 0 END)`).join(' + ');
    const sum = COMPOUND.parts.map(
      (part) => `coalesce(TRY_CAST(${c}.${part} AS DOUBLE), 0) * ${COMPOUND_UNITS[part] ?? 1}`,
    );
    return `CASE WHEN ${filled} > 1 THEN ${sum.join(' + ')} END`;
  });

const finite = (digits: string) =>
  bound('f', `TRY_CAST(${digits} AS DOUBLE)`, (f) => `CASE WHEN isfinite(${f}) THEN ${f} END`);

/** The number in the unit of its field. */
function measured(parts: NumberParts, reading: NumberReading): string {
  return `CASE WHEN ${parts.digits} IS NOT NULL THEN ${finite(parts.digits)} * (${multiplier(parts, reading)})
    ELSE ${scaled(compound(parts.text), besideUnit(reading))} END`;
}

const multiplier = ({ unit }: NumberParts, reading: NumberReading) =>
  `CASE WHEN ${unit} = '' THEN ${reading.scale} ELSE ${scaled(factor(unit), besideUnit(reading))} END`;

/** Slow readings only for cells that `fast` refuses. CASE: the optimizer computes parts of a coalesce for all rows. */
export function fastFirst(raw: string, fast: string, ...slow: readonly string[]): string {
  const [next, ...rest] = slow;
  if (next === undefined) return fast;
  return `CASE WHEN ${fast} IS NOT NULL THEN ${fast} WHEN ${raw} IS NOT NULL THEN ${fastFirst(raw, next, ...rest)} END`;
}

/** What the engine's casts take, else null: then `stage.ts` reads the file again with care, which is much slower. */
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

/** Whether all first cells of a column are plain; false if there are none. */
export function isPlain(reading: keyof typeof plainCells, cells: readonly (string | null)[]): boolean {
  const filled = cells.filter((c) => c !== null);
  return filled.length > 0 && filled.every((c) => plainCells[reading].test(c));
}

export function textToDouble(raw: string, reading: NumberReading = AS_WRITTEN): string {
  const slow = numberParts(raw, reading.decimal, (p) => measured(p, reading));
  // The cast takes `1.234` for a fraction despite a decimal comma, nan and inf for numbers, and `_` between digits.
  const cast = `TRY_CAST(${raw} AS DOUBLE)`;
  if (reading.decimal === 'comma') return slow;
  return fastFirst(
    raw,
    scaled(`CASE WHEN isfinite(${cast}) AND NOT contains(${raw}, '_') THEN ${cast} END`, reading.scale),
    scaled(grouped(raw, 'DOUBLE'), reading.scale),
    shortly(raw, reading),
    withDigits(raw, slow),
  );
}

/** `1,234,567` and `￥1,234.56`, a fast way. */
const grouped = (raw: string, as: 'BIGINT' | 'DOUBLE') =>
  `CASE WHEN regexp_matches(${raw}, '^[$¥￥€£]?(?:[0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3}){1,4})(?:[.][0-9]{1,15})?$')
    THEN TRY_CAST(translate(${raw}, '$¥￥€£,', '') AS ${as}) END`;

const SHORT_UNITS = UNITS.filter(([name]) => name.length === 1).flatMap(([name, value]) =>
  [...new Set([name, name.toUpperCase()])].map((written) => [written, value] as const),
);
const SHORT = literal(`^[0-9]{1,15}(?:[.][0-9]{1,15})?[${SHORT_UNITS.map(([unit]) => unit).join('')}]$`);

/** The factor of the last letter of a cell that fits `SHORT`. */
const shortFactor = (raw: string) =>
  `CASE right(${raw}, 1) ${SHORT_UNITS.map(([unit, value]) => `WHEN ${literal(unit)} THEN ${value}`).join(' ')} END`;

const shortly = (raw: string, reading: NumberReading) =>
  `CASE WHEN regexp_matches(${raw}, ${SHORT})
    THEN TRY_CAST(left(${raw}, -1) AS DOUBLE) * (${scaled(shortFactor(raw), besideUnit(reading))}) END`;

/** A cell without a digit is no number: most of those are blank. */
const withDigits = (raw: string, slow: string) => `CASE WHEN regexp_matches(${raw}, '[0-9０-９]') THEN ${slow} END`;

/** A text cell as BIGINT, rounded, null if it is no number or too large; exact if it has no unit. */
export function textToInteger(raw: string, reading: NumberReading = AS_WRITTEN): string {
  if (reading.scale !== 1) return `TRY_CAST(round(${textToDouble(raw, reading)}) AS BIGINT)`;
  const slow = numberParts(
    raw,
    reading.decimal,
    (p) => `CASE WHEN ${p.unit} = '' AND ${p.digits} IS NOT NULL THEN TRY_CAST(${p.digits} AS BIGINT)
      ELSE TRY_CAST(round(${measured(p, reading)}) AS BIGINT) END`,
  );
  if (reading.decimal === 'comma') return slow;
  return fastFirst(
    raw,
    `CASE WHEN NOT contains(${raw}, '_') THEN TRY_CAST(${raw} AS BIGINT) END`,
    grouped(raw, 'BIGINT'),
    `TRY_CAST(round(${shortly(raw, reading)}) AS BIGINT)`,
    withDigits(raw, slow),
  );
}

/** Half a unit of the last digit of a rounded number (`1.9亿`: 5 000 000), as DOUBLE; null if it is not rounded. */
export function roundingOf(raw: string, reading: NumberReading = AS_WRITTEN): string {
  const { scale, decimal } = reading;
  const careful = numberParts(raw, decimal, (p) => {
    const half = `0.5 * (${multiplier(p, reading)}) / power(10, length(regexp_extract(${p.digits}, '[.]([0-9]+)', 1)))`;
    return `CASE WHEN ${p.digits} IS NULL THEN ${compoundRounding(p.text, reading)} WHEN ${half} > 0.5 THEN ${half} END`;
  });
  if (scale !== 1 || decimal === 'comma') return careful;
  const decimals = `CASE WHEN contains(${raw}, '.') THEN length(${raw}) - strpos(${raw}, '.') - 1 ELSE 0 END`;
  return `CASE WHEN TRY_CAST(${raw} AS BIGINT) IS NOT NULL THEN NULL
    WHEN regexp_matches(${raw}, ${SHORT}) THEN nullif(greatest(0.5 * (${shortFactor(raw)}) / power(10, ${decimals}), 0.5), 0.5)
    WHEN ${raw} IS NOT NULL THEN ${careful} END`;
}

/** Of `1亿2345万`: half of its last unit. */
const compoundRounding = (text: string, reading: NumberReading) =>
  bound(
    'c',
    extracted(text, COMPOUND),
    (c) => `CASE WHEN ${compound(text)} IS NULL OR ${c}.ones <> '' THEN NULL
      ELSE (CASE WHEN ${c}.wan <> '' THEN 5e3 / power(10, length(regexp_extract(${c}.wan, '[.]([0-9]+)', 1))) ELSE 5e7 END) * ${besideUnit(reading)} END`,
  );

const scaled = (value: string, scale: number) => (scale === 1 ? value : `(${value}) * ${scale}`);

export function typedNumber(column: string, as: 'BIGINT' | 'DOUBLE', scale = 1): string {
  if (as === 'DOUBLE') return scaled(`TRY_CAST(${column} AS DOUBLE)`, scale);
  return scale === 1
    ? `TRY_CAST(${column} AS BIGINT)`
    : `TRY_CAST(round(TRY_CAST(${column} AS DOUBLE) * ${scale}) AS BIGINT)`;
}

/** Without the apostrophe that guards a formula (`contract/formula-guard.ts`). */
export function unguarded(raw: string): string {
  const guard = `starts_with(${raw}, '''') AND regexp_matches(${raw}, ${literal(GUARD_PATTERN)})`;
  return `(CASE WHEN ${guard} THEN substr(${raw}, 2) ELSE ${raw} END)`;
}

export function present(raw: string): string {
  return `(${raw} IS NOT NULL AND NOT ${blank(raw)})`;
}

export function textOrNull(raw: string): string {
  return `CASE WHEN ${blank(raw)} THEN NULL ELSE trim(${raw}) END`;
}
