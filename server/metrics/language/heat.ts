import type { Note, ScopeFilter } from '../../contract/query.ts';
import { type Measure, sumsOf } from './measures.ts';

/** Computed from a platform's own index (docs/definitions.md#heat_peak). */
export const isHeat = (measure: Measure): boolean =>
  sumsOf(measure).some((sum) => sum === 'heat_max' || sum === 'heat_sum');

export const onePlatform = (filters: readonly ScopeFilter[]): boolean =>
  filters.some(
    (filter) =>
      'dimension' in filter &&
      filter.dimension === 'platform' &&
      filter.op === 'in' &&
      new Set(filter.values).size === 1,
  );

/** In a row over all platforms that the filters leave. */
export const mixesPlatforms = (filters: readonly ScopeFilter[], measure: Measure): boolean =>
  isHeat(measure) && !onePlatform(filters);

export const MIXED_HEAT_NOTE: Note = {
  code: 'mixed_platform_heat',
  text: {
    en: 'Totals and others hold several platforms, whose heat cannot be compared, so they have no heat; filter to one platform.',
    zh: '合计与“其他”含多个平台，热度指数不可比，不给出热度；可筛选单个平台查看。',
  },
};
