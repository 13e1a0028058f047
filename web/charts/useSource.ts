import { useQueries } from '@tanstack/react-query';
import type { Meta } from '../../server/contract/query.ts';
import { namedMembersQuery } from '../data/hooks.ts';
import type { ChartSource } from '../export/source.ts';
import { useScope } from '../filters/scope.tsx';
import { useDimensionLabel } from '../filters/useMemberLabels.ts';

const SHOWN = 3;

/** The bar's filters in words, for the footer: `Format: Comic`. */
function useFilterTexts(): string[] {
  const { filters, language } = useScope();
  const dimensionLabel = useDimensionLabel(language);
  const members = useQueries({
    // The bar's chips ask for the same names.
    queries: filters.map((filter) => namedMembersQuery(filter.dimension, 'values' in filter ? filter.values : [])),
  });
  return filters.flatMap((filter, at) => {
    if (!('values' in filter)) return [];
    const rows = members[at]?.data?.rows;
    const names = filter.values.map((id) => rows?.find((row) => row.id === id)?.label[language] ?? id);
    const zh = language === 'zh';
    const rest = names.length > SHOWN ? (zh ? `等${names.length}项` : ` and ${names.length - SHOWN} more`) : '';
    const not = filter.op === 'not_in' ? (zh ? '不含' : 'not ') : '';
    const list = names.slice(0, SHOWN).join(zh ? '、' : ', ');
    return [`${dimensionLabel(filter.dimension)}${zh ? '：' : ': '}${not}${list}${rest}`];
  });
}

/** Where a chart's numbers come from: the scope's filters, the answer's as-of day and marks. */
export function useSource(meta: Meta | undefined, cut: string | null = null): ChartSource {
  const { asOf, dataset } = useScope();
  const filters = useFilterTexts();
  return {
    sources: meta?.sources,
    asOf: meta?.as_of ?? asOf,
    filters,
    synthetic: meta?.synthetic ?? dataset.synthetic,
    cut,
    elapsed: meta?.alignment === 'elapsed',
  };
}
