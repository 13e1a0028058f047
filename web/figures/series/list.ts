import type { Catalog, MeasureInfo } from '../../../server/contract/catalog.ts';
import type { QueryInput } from '../../../server/contract/query.ts';
import type { Scope } from '../../filters/scope.ts';

export type ListMeasure = MeasureInfo & { readonly column: NonNullable<MeasureInfo['column']> };

/** The columns that the data can give, from left to right. */
export const listMeasures = ({ measures }: Catalog): ListMeasure[] =>
  measures
    .flatMap(({ column, ...measure }) => (column !== null && measure.available ? [{ ...measure, column }] : []))
    .sort((a, b) => a.column.place - b.column.place);

/** Cumulative views alone would bring every series that ever ran. */
const ACTIVE: QueryInput['filters'] = [{ measure: 'views', op: 'gt', value: 0 }];

/** The list's two questions about active series: all measures, and the growth of views alone. */
export function listQueries({ catalog, comparison }: Scope): Record<'list' | 'growth', QueryInput> {
  const measures = listMeasures(catalog).map(({ id }) => id);
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
