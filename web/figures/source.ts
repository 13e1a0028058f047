import type { Meta } from '../../server/contract/query.ts';
import type { ChartSource } from '../export/source.ts';
import { dimensionLabel, type Scope } from '../filters/scope.ts';
import { conditionText } from './conditionText.ts';

const SHOWN = 3;

/** The scope's filters in words, for the footer: `Format: Comic`. */
function filterTexts(scope: Scope): string[] {
  const members = scope.filters.flatMap((filter) => {
    const zh = scope.language === 'zh';
    if ('dimension' in filter && 'value' in filter) {
      const has = filter.op === 'contains' ? (zh ? '名称含' : 'contains ') : zh ? '名称不含' : 'does not contain ';
      const text = zh ? `“${filter.value}”` : `"${filter.value}"`;
      return [`${dimensionLabel(scope, filter.dimension)}${zh ? '：' : ': '}${has}${text}`];
    }
    if (!('values' in filter)) return [];
    const names = filter.values.map((id) => scope.names[filter.dimension]?.[id] ?? id);
    const rest = names.length > SHOWN ? (zh ? `等${names.length}项` : ` and ${names.length - SHOWN} more`) : '';
    const not = filter.op === 'not_in' ? (zh ? '不含' : 'not ') : '';
    const list = names.slice(0, SHOWN).join(zh ? '、' : ', ');
    return [`${dimensionLabel(scope, filter.dimension)}${zh ? '：' : ': '}${not}${list}${rest}`];
  });
  return [...members, ...scope.where.map((one) => conditionText(one, scope))];
}

/**
 * Where numbers come from: the scope's filters, the answer's as-of day and marks.
 * @param cut last day of the last period drawn, if the data or the range cut that period
 */
export const sourceOf = (scope: Scope, meta: Meta | undefined, cut: string | null = null): ChartSource => ({
  sources: meta?.sources,
  asOf: meta?.as_of ?? scope.asOf,
  filters: filterTexts(scope),
  synthetic: meta?.synthetic ?? scope.catalog.dataset.synthetic,
  cut,
  elapsed: meta?.alignment === 'elapsed',
});
