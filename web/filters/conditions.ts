import type { MeasureId, SeriesFilter, TOTAL_MEASURES } from '../../server/contract/query.ts';

export const CONDITION_OPS = ['gte', 'gt', 'lte', 'lt', 'between', 'top'] as const;
export type ConditionOp = (typeof CONDITION_OPS)[number];

/** A measure's value that series must have: one number, two for `between`, how many for `top`. */
export interface Condition {
  measure: MeasureId;
  op: ConditionOp;
  values: readonly number[];
}

const MOST_SERIES = 100_000;

type TotalMeasure = (typeof TOTAL_MEASURES)[number];

/** The contract's own list would bring its schemas into every page's first code. */
const TOTALS: Readonly<Record<TotalMeasure, true>> = {
  views: true,
  valid_views: true,
  watch_hours: true,
  completions: true,
  likes: true,
  comments: true,
  shares: true,
  favourites: true,
  revenue: true,
  spend: true,
};
const isTotalMeasure = (id: string): id is TotalMeasure => Object.hasOwn(TOTALS, id);

/** What names a measure, or undefined. */
type MeasureOf = (name: string) => MeasureId | undefined;
export const totalMeasure: MeasureOf = (name) => (isTotalMeasure(name) ? name : undefined);

function isWhole({ op, values }: Condition): boolean {
  const [first = 0, second = 0] = values;
  if (op === 'between') return values.length === 2 && first <= second;
  return values.length === 1 && (op !== 'top' || (Number.isInteger(first) && first >= 1 && first <= MOST_SERIES));
}

function readCondition(text: string, measureOf: MeasureOf): Condition[] {
  const [name = '', how, ...numbers] = text.split(':');
  const measure = measureOf(name);
  const op = CONDITION_OPS.find((one) => one === how);
  const values = numbers.map((one) => (/^-?\d+(\.\d+)?(e\+?\d+)?$/u.test(one) ? Number(one) : Number.NaN));
  if (measure === undefined || op === undefined || values.some((value) => !Number.isFinite(value))) return [];
  const condition = { measure, op, values };
  return isWhole(condition) ? [condition] : [];
}

/** `views:gte:100000000,likes:between:1000:5000,completions:top:100`; what cannot be read is left out, the last of a measure holds. */
export function readConditions(text: string | undefined, measureOf: MeasureOf): Condition[] {
  const read = (text ?? '').split(',').flatMap((one) => readCondition(one, measureOf));
  return [...new Map(read.map((one) => [one.measure, one])).values()];
}

export const writeConditions = (conditions: readonly Condition[]): string =>
  conditions.map(({ measure, op, values }) => [measure, op, ...values.map(String)].join(':')).join(',');

/** What it is in a question, where it chooses series before all else; null if there is no total of the measure. */
export function seriesFilterOf({ measure, op, values }: Condition): SeriesFilter | null {
  const [first = 0, second = 0] = values;
  if (!isTotalMeasure(measure)) return null;
  if (op === 'top') return { series_top: { measure, n: first } };
  if (op === 'between') return { series_where: { measure, op, values: [first, second] } };
  return { series_where: { measure, op, value: first } };
}
