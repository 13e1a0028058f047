/** Reads the number of a cell in JavaScript as `values.ts` does in SQL. */
import {
  COMPOUND,
  COMPOUND_UNITS,
  GROUP_MARKS,
  GROUPED,
  NUMBER,
  type Pattern,
  TURNED,
  TURNED_BESIDE,
  tidied,
  UNITS,
} from './grammar.ts';

/** The mark before the fraction; the other one may separate thousands. */
export type DecimalMark = 'point' | 'comma';

export interface NumberReading {
  /** The header's unit: multiplies numbers without a unit of their own. */
  readonly scale: number;
  /** The part of `scale` that a unit in the cell replaces: 10 000 of `播放量(万)`, as in `3000万`. Default 1. */
  readonly magnitude?: number;
  readonly decimal: DecimalMark;
}

export const AS_WRITTEN: NumberReading = { scale: 1, decimal: 'point' };

const compiled = ({ source, parts }: Pattern) => {
  const regex = new RegExp(source, 'u');
  return (text: string): Map<string, string> | null => {
    const match = regex.exec(text);
    return match && new Map(parts.map((name, i) => [name, match[i + 1] ?? '']));
  };
};
const numberParts = compiled(NUMBER);
const compoundParts = compiled(COMPOUND);
const grouped = new RegExp(GROUPED, 'u');
const turned = new RegExp(TURNED, 'u');
const turnedBeside = new RegExp(TURNED_BESIDE, 'u');
const marks = new RegExp(`[${GROUP_MARKS}]`, 'gu');
const factors = new Map(UNITS);

export function readNumber(cell: string, reading: NumberReading = AS_WRITTEN): number | null {
  const text = tidied(cell);
  const { scale, magnitude = 1 } = reading;
  const parts = numberParts(text);
  if (!parts) {
    const compound = compoundOf(text);
    return compound === null ? null : compound * (scale / magnitude);
  }
  const part = (name: string) => parts.get(name) ?? '';
  const sign = part('sign') + part('sign2');
  const body = pointed(part('body'), reading.decimal, part('unit') + part('before') + part('after') !== '');
  if (sign.length > 1 || body === null) return null;
  const factor = factors.get(part('unit'));
  const number = Number(`${sign}${body}${part('exponent')}`);
  return Number.isFinite(number) ? number * (factor === undefined ? scale : factor * (scale / magnitude)) : null;
}

/** The body with a decimal point and no other marks; null if its marks fit no number. */
function pointed(body: string, decimal: DecimalMark, beside: boolean): string | null {
  const text = decimal === 'comma' ? body.replace(/[.,]/gu, (mark) => (mark === '.' ? ',' : '.')) : body;
  if (grouped.test(text)) return text.replace(marks, '');
  if (turned.test(text) || (beside && turnedBeside.test(text))) return text.replace(/[ .]/gu, '').replace(',', '.');
  return null;
}

function compoundOf(text: string): number | null {
  const parts = compoundParts(text);
  const filled = parts ? [...parts].filter(([, digits]) => digits !== '') : [];
  if (filled.length < 2) return null;
  return filled.reduce((sum, [name, digits]) => sum + Number(digits) * (COMPOUND_UNITS[name] ?? 1), 0);
}

export function bareNumber(cell: string): string {
  const text = tidied(cell);
  const parts = numberParts(text);
  return parts ? `${parts.get('sign')}${parts.get('sign2')}${parts.get('body')}${parts.get('unit')}` : text;
}
