import type { Catalog } from '../../../server/contract/catalog.ts';
import type { MeasureId, QueryInput } from '../../../server/contract/query.ts';
import type { Scope } from '../../filters/scope.ts';

/** Measures that the list may show, in the order of its columns; those the data cannot give are left out. */
export const LIST_MEASURES = [
  'views',
  'share_of_views',
  'cumulative_views',
  'views_d1',
  'views_d7',
  'views_d30',
  'views_per_episode_d30',
  'completion_rate',
  'engagement_rate',
  'avg_watch_seconds',
] as const satisfies readonly MeasureId[];
export type ListMeasure = (typeof LIST_MEASURES)[number];

export const availableMeasures = ({ measures }: Catalog): ListMeasure[] =>
  LIST_MEASURES.filter((id) => measures.find((measure) => measure.id === id)?.available === true);

/** Cumulative views alone would bring every series that ever ran. */
const ACTIVE: QueryInput['filters'] = [{ measure: 'views', op: 'gt', value: 0 }];

/** The list's two questions about active series: all measures, and the growth of views alone. */
export function listQueries({ catalog, comparison }: Scope): Record<'list' | 'growth', QueryInput> {
  const measures = availableMeasures(catalog);
  return {
    list: { measures, dimensions: ['series', 'producer', 'primary_genre', 'format'], filters: ACTIVE },
    growth: {
      measures: ['views'],
      dimensions: ['series'],
      filters: ACTIVE,
      ...(comparison === 'none' ? {} : { compare: comparison }),
    },
  };
}
