import type { Unit } from '../../server/contract/query.ts';
import type { Condition } from '../filters/conditions.ts';
import { measureTerm, type Scope } from '../filters/scope.ts';
import { compact, exact, percent, ratio } from '../i18n/numbers.ts';
import { withinSentence } from './members.ts';

const SIGNS = { gte: '≥', gt: '>', lte: '≤', lt: '<' } as const;

/** A condition in words: `Views ≥ 100M`, `播放量前 100`. */
export function conditionText({ measure, op, values }: Condition, scope: Scope): string {
  const { label } = measureTerm(scope, measure);
  const zh = scope.language === 'zh';
  const unit = scope.catalog.measures.find(({ id }) => id === measure)?.unit ?? null;
  const [first = 0, second = 0] = values;
  const said = (value: number): string => valueText(value, unit, scope);
  if (op === 'top') return zh ? `${label}前 ${exact(first)} 部` : `Top ${exact(first)} by ${withinSentence(label)}`;
  if (op === 'between')
    return zh ? `${label} ${said(first)} 至 ${said(second)}` : `${label} ${said(first)} to ${said(second)}`;
  return `${label} ${SIGNS[op]} ${said(first)}`;
}

function valueText(value: number, unit: Unit | null, { language }: Scope): string {
  if (unit === 'fraction') return percent(value, 2).replace(/\.?0+%$/u, '%');
  return unit === 'seconds' || unit === 'ratio' ? ratio(value, 1) : compact(value, language);
}
