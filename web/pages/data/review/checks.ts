import { type Field, MEASURE_FIELDS, type Upload } from '../../../../server/contract/imports.ts';
import { type Draft, type DraftProblem, problemsOf } from '../desk/mapping.ts';
import { fittingOrders, shortDate } from './options/dateExample.ts';

/** What looks wrong in a draft by the few values at hand; the dry run decides by the whole file. */
export type Suspicion =
  | 'odd_time'
  | 'date_order_needed'
  | 'odd_number'
  | 'rounded_counter'
  | 'negative_number'
  | 'numeric_title'
  | 'watch_twice'
  | 'money_without_currency';

export interface Check {
  level: 'error' | 'warning';
  key: DraftProblem | Suspicion;
  column?: string;
  sample?: string;
  field?: Field;
}

const NUMBERS: readonly Field[] = [...MEASURE_FIELDS, 'rate'];
const NO_VALUE = /^\s*(-|—|–|n\/?a|null|nan|无|暂无|\/)?\s*$/iu;
const ROUNDED = /\d\s*(万|萬|亿|億|[wkmb])\s*\+?\s*$/iu;
/** Spelled-out months, and everything with a digit: what may be a time. */
const TIMELIKE = /\d/u;

/** Errors that keep a draft from being imported first, then what is missing or suspicious. */
export function checksOf(upload: Pick<Upload, 'columns'>, draft: Draft): Check[] {
  const { errors, warnings } = problemsOf(draft);
  return [
    ...errors.map((key): Check => ({ level: 'error', key })),
    ...warnings.map((key): Check => ({ level: 'warning', key })),
    ...suspicionsOf(upload, draft),
  ];
}

function suspicionsOf(upload: Pick<Upload, 'columns'>, { kind, mapping, options }: Draft): Check[] {
  const samples = (field: Field): string[] => {
    const column = upload.columns.find(({ name }) => name === mapping[field]);
    return column?.samples.filter((sample) => !NO_VALUE.test(sample)) ?? [];
  };
  const about = (key: Suspicion, field: Field, sample?: string): Check => {
    const column = mapping[field];
    return {
      level: 'warning',
      key,
      field,
      ...(column === undefined ? {} : { column }),
      ...(sample === undefined ? {} : { sample }),
    };
  };
  const found: Check[] = [];
  const odd = samples('time').find((text) => !TIMELIKE.test(text));
  if (odd !== undefined) found.push(about('odd_time', 'time', odd));
  const short = shortDate(samples('time'));
  if (short !== null && options.date_order === undefined && fittingOrders(samples('time')).length > 1)
    found.push(about('date_order_needed', 'time', short));
  for (const field of NUMBERS) {
    const wordy = samples(field).find((text) => !/[\d零〇一二三四五六七八九十百千０-９]/u.test(text));
    if (wordy !== undefined) found.push(about('odd_number', field, wordy));
    const below = samples(field).find((text) => /^\s*[-－−]\s*\d/u.test(text));
    if (below !== undefined && field !== 'revenue') found.push(about('negative_number', field, below));
  }
  const rounded = samples('views').find((text) => ROUNDED.test(text));
  if (kind === 'log' && options.views_are === 'cumulative' && rounded !== undefined)
    found.push(about('rounded_counter', 'views', rounded));
  const titles = samples('title');
  if (titles.length > 1 && titles.every((text) => /^\s*\d+\s*$/u.test(text)))
    found.push(about('numeric_title', 'title', titles[0]));
  if (mapping.watch_hours !== undefined && mapping.watch_seconds !== undefined)
    found.push(about('watch_twice', 'watch_hours'));
  const money = mapping.revenue ?? mapping.spend;
  if (kind === 'log' && money !== undefined && mapping.currency === undefined && options.currency === undefined)
    found.push(about('money_without_currency', mapping.revenue === undefined ? 'spend' : 'revenue'));
  return found;
}

/** Fields that a file of this kind cannot do without, in groups of which one is enough. */
export function neededFields({ kind, options }: Draft): (readonly Field[])[] {
  if (kind === 'rates') return [['time'], ['currency'], ['rate']];
  if (kind === 'catalog') return [['title', 'series_id']];
  const views: (readonly Field[])[] = options.views_are === 'event' ? [] : [['views', 'valid_views', 'heat']];
  const time: (readonly Field[])[] = options.day === undefined ? [['time']] : [];
  return [...time, ['title', 'series_id'], ...views];
}
