import { MONEY_COLUMNS } from '../../contract/columns.ts';
import type { Label } from '../../contract/query.ts';
import { ProblemError } from '../../problem.ts';
import { type Measure, sumsOf } from './measures.ts';
import type { SumId } from './sums.ts';

export const MONEY: ReadonlySet<SumId> = new Set<SumId>(MONEY_COLUMNS);

export const isMoney = (measure: Measure): boolean => sumsOf(measure).some((sum) => MONEY.has(sum));

export const labelIn = ({ label, unit }: Pick<Measure, 'label' | 'unit'>, currency: string | null): Label =>
  unit === 'currency' && currency !== null
    ? { en: `${label.en} (${currency})`, zh: `${label.zh}（${currency}）` }
    : label;

export function mixedCurrency(measures: readonly string[], codes: readonly string[]): ProblemError {
  const [first = 'CNY'] = codes;
  return new ProblemError('mixed_currency', {
    en:
      `${measures.join(', ')}: the rows asked for state money in ${codes.join(' and ')}, which cannot be added. ` +
      `Filter to one of them ({"dimension":"currency","op":"in","values":["${first}"]}), group by the dimension currency, ` +
      `or import a rates file (day, currency, rate) and ask with "currency":"${first}".`,
    zh:
      `${measures.join('、')}：所查数据的金额含 ${codes.join('、')} 多个币种，不能相加。请筛选其中一种` +
      `（{"dimension":"currency","op":"in","values":["${first}"]}）、按币种（currency）分组，` +
      `或导入汇率文件（日期、币种、汇率）并指定 "currency":"${first}" 折算。`,
  });
}
