/** Rollups, sums, staging and file fields derive from this list. */

interface Measured {
  /** Whole numbers. */
  readonly whole: boolean;
  /** How rows become one; levels are never added. */
  readonly folds: 'sum' | 'max';
  /** Openings state it too: what was there before the log. */
  readonly opens?: true;
  readonly money?: true;
}

const MEASURED = {
  views: { whole: true, folds: 'sum', opens: true },
  valid_views: { whole: true, folds: 'sum', opens: true },
  viewers: { whole: true, folds: 'max' },
  watch_seconds: { whole: false, folds: 'sum' },
  completions: { whole: true, folds: 'sum' },
  likes: { whole: true, folds: 'sum' },
  comments: { whole: true, folds: 'sum' },
  shares: { whole: true, folds: 'sum' },
  favourites: { whole: true, folds: 'sum' },
  revenue: { whole: false, folds: 'sum', money: true },
  spend: { whole: false, folds: 'sum', money: true },
  /** Rollups keep its highest, sum and rows. */
  heat: { whole: false, folds: 'max' },
} as const satisfies Readonly<Record<string, Measured>>;

type Columns = typeof MEASURED;
export type LogColumn = keyof Columns;
type Having<K extends keyof Measured, V> = {
  [C in LogColumn]: Columns[C] extends Readonly<Record<K, V>> ? C : never;
}[LogColumn];
export type OpenedColumn = Having<'opens', true>;
export type WholeColumn = Having<'whole', true>;
export type MoneyColumn = Having<'money', true>;

const isColumn = (name: string): name is LogColumn => Object.hasOwn(MEASURED, name);
const of = (name: LogColumn): Measured => MEASURED[name];

export const LOG_COLUMNS: readonly LogColumn[] = Object.keys(MEASURED).filter(isColumn);
export const WHOLE_COLUMNS = LOG_COLUMNS.filter((name): name is WholeColumn => of(name).whole);
export const SUMMED_COLUMNS = LOG_COLUMNS.filter((name) => of(name).folds === 'sum');
export const HIGHEST_COLUMNS = LOG_COLUMNS.filter((name) => of(name).folds === 'max');
export const OPENED_COLUMNS = LOG_COLUMNS.filter((name): name is OpenedColumn => of(name).opens === true);
export const MONEY_COLUMNS = LOG_COLUMNS.filter((name): name is MoneyColumn => of(name).money === true);
