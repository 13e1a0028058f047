import {
  type MeasureFilter,
  type MeasureId,
  measureIdSchema,
  type SeriesFilter,
  TOTAL_MEASURES,
} from '../../server/contract/query.ts';

export const CONDITION_OPS = ['gte', 'gt', 'lte', 'lt', 'between', 'top'] as const;
export type ConditionOp = (typeof CONDITION_OPS)[number];

/** A measure's value that series must have: one number, two for `between`, how many for `top`. */
export interface Condition {
  measure: MeasureId;
  op: ConditionOp;
  values: readonly number[];
}

const MOST = 20;
const MOST_SERIES = 100_000;

const isTotalMeasure = (id: MeasureId): id is (typeof TOTAL_MEASURES)[number] =>
  TOTAL_MEASURES.some((one) => one === id);

/** Whether a series has a total of it, so that it can choose series on every page. */
export const choosesSeries = ({ measure }: Pick<Condition, 'measure'>): boolean => isTotalMeasure(measure);

function isWhole({ op, values }: Condition): boolean {
  const [first = Number.NaN, second = Number.NaN] = values;
  if (op === 'top') return values.length === 1 && Number.isInteger(first) && first >= 1 && first <= MOST_SERIES;
  if (op === 'between') return values.length === 2 && first <= second;
  return values.length === 1 && !Number.isNaN(first);
}

function readCondition(text: string): Condition[] {
  const [name, how, ...numbers] = text.split(':');
  const measure = measureIdSchema.safeParse(name);
  const op = CONDITION_OPS.find((one) => one === how);
  const values = numbers.map((one) => (/^-?\d+(\.\d+)?(e\+?\d+)?$/u.test(one) ? Number(one) : Number.NaN));
  if (!measure.success || op === undefined || values.some((value) => !Number.isFinite(value))) return [];
  const condition = { measure: measure.data, op, values };
  return isWhole(condition) ? [condition] : [];
}

const ofTop = ({ op }: Condition): boolean => op === 'top';

/** With one more condition: a measure has one, and there is one `top`. */
export const withCondition = (conditions: readonly Condition[], added: Condition): Condition[] => [
  ...conditions.filter((one) => one.measure !== added.measure && !(ofTop(one) && ofTop(added))),
  added,
];

export const withoutMeasure = (conditions: readonly Condition[], measure: MeasureId): Condition[] =>
  conditions.filter((one) => one.measure !== measure);

/** `views:gte:100000000,likes:between:1000:5000,completions:top:100`; what cannot be read is left out. */
export const readConditions = (text: string | undefined): Condition[] =>
  (text ?? '')
    .split(',')
    .flatMap(readCondition)
    .slice(0, MOST)
    .reduce<Condition[]>((found, one) => withCondition(found, one), []);

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

/** What it is among the rows of a table of series; null for `top`. */
export function rowFilterOf({ measure, op, values }: Condition): MeasureFilter | null {
  const [first = 0, second = 0] = values;
  if (op === 'top') return null;
  return op === 'between' ? { measure, op, values: [first, second] } : { measure, op, value: first };
}
