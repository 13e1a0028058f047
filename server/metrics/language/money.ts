import { MONEY_COLUMNS } from '../../contract/columns.ts';
import type { Label } from '../../contract/query.ts';
import { type Measure, sumsOf } from './measures.ts';
import type { SumId } from './sums.ts';

export const MONEY: ReadonlySet<SumId> = new Set<SumId>(MONEY_COLUMNS);

export const isMoney = (measure: Measure): boolean => sumsOf(measure).some((sum) => MONEY.has(sum));

export const labelIn = ({ label, unit }: Pick<Measure, 'label' | 'unit'>, currency: string | null): Label =>
  unit === 'currency' && currency !== null
    ? { en: `${label.en} (${currency})`, zh: `${label.zh}（${currency}）` }
    : label;
