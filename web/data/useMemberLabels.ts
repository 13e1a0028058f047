import type { DimensionId } from '../../server/contract/query.ts';
import type { Language } from '../i18n/i18n.ts';
import { useNamedMembers } from './api/namedMembers.ts';
import { useCatalog } from './hooks.ts';

export function useMemberLabels(
  dimension: DimensionId,
  ids: readonly string[],
  language: Language,
): (id: string) => string {
  const rows = useNamedMembers(dimension, ids).data?.rows;
  return (id) => rows?.find((row) => row.id === id)?.label[language] ?? id;
}

export function useDimensionLabel(language: Language): (dimension: DimensionId) => string {
  const dimensions = useCatalog().data?.dimensions;
  return (dimension) => dimensions?.find((one) => one.id === dimension)?.label[language] ?? dimension;
}
