import type { Catalog, MeasureInfo } from '../../../server/contract/catalog.ts';
import type { Filter, MeasureId, QueryInput } from '../../../server/contract/query.ts';
import { rowFilterOf } from '../../filters/conditionChanges.ts';
import type { Condition } from '../../filters/conditions.ts';
import type { Scope } from '../../filters/scope.ts';

export type ListMeasure = MeasureInfo & { readonly column: NonNullable<MeasureInfo['column']> };

export interface ListOrder {
  readonly by: string;
  readonly dir: 'asc' | 'desc';
}

/** The columns that the data can give, from left to right. */
export const listMeasures = ({ measures }: Catalog): ListMeasure[] =>
  measures
    .flatMap(({ column, ...measure }) => (column !== null && measure.available ? [{ ...measure, column }] : []))
    .sort((a, b) => a.column.place - b.column.place);

/** Rows that are there at once; a screen has some twenty. */
const FIRST = 100;

/** Cumulative views alone would bring every series that ever ran. */
const ACTIVE: Filter[] = [{ measure: 'views', op: 'gt', value: 0 }];
const DIMENSIONS: QueryInput['dimensions'] = ['series', 'producer', 'primary_genre', 'format'];

const filtersOf = (having: readonly Condition[]): Filter[] => [
  ...ACTIVE,
  ...having.flatMap((one) => rowFilterOf(one) ?? []),
];

const growthOf = ({ comparison }: Scope, filters: Filter[]): QueryInput => ({
  measures: ['views'],
  dimensions: ['series'],
  filters,
  ...(comparison === 'none' ? {} : { compare: comparison }),
});

/** The list's two questions about active series: all measures, and the growth of views alone. */
export const listQueries = (
  scope: Scope,
  having: readonly Condition[] = [],
): Record<'list' | 'growth', QueryInput> => ({
  list: {
    measures: listMeasures(scope.catalog).map(({ id }) => id),
    dimensions: DIMENSIONS,
    filters: filtersOf(having),
  },
  growth: growthOf(scope, ACTIVE),
});

/**
 * The first rows in an order, with the columns that are shown unasked, and how many there are in all.
 * @returns null if the order is not one of a measure's column: then all rows are needed to know the first
 */
export function firstQuery(
  { catalog }: Scope,
  having: readonly Condition[],
  { by, dir }: ListOrder,
): QueryInput | null {
  const shown = listMeasures(catalog).filter(({ id, column }) => !column.hidden || id === by);
  const sorted = shown.find(({ id }) => id === by);
  if (sorted === undefined) return null;
  const measures: MeasureId[] = [...shown.map(({ id }) => id), 'active_series'];
  return {
    measures,
    dimensions: DIMENSIONS,
    filters: filtersOf(having),
    sort: [{ by: sorted.id, dir }],
    limit: FIRST,
    totals: true,
  };
}

/** The growth of those rows alone. */
export const firstGrowth = (scope: Scope, series: readonly string[]): QueryInput =>
  growthOf(scope, [...ACTIVE, { dimension: 'series', op: 'in', values: [...series] }]);

interface ExportOf {
  readonly having: readonly Condition[];
  /** Ids of the columns. */
  readonly shown: readonly string[];
  readonly order: ListOrder;
  /** Null for all. */
  readonly series: readonly string[] | null;
}

/** The table as a file: its columns, in its order as far as the order is a measure's, with what growth is of if that is shown. */
export function exportQuery(scope: Scope, { having, shown, order, series }: ExportOf): QueryInput {
  const measures = listMeasures(scope.catalog).filter(({ id }) => shown.includes(id));
  const sorted = measures.find(({ id }) => id === order.by) ?? measures[0];
  const compare = shown.includes('growth') && scope.comparison !== 'none' ? { compare: scope.comparison } : {};
  return {
    measures: measures.map(({ id }) => id),
    dimensions: DIMENSIONS,
    filters: [
      ...filtersOf(having),
      ...(series === null ? [] : [{ dimension: 'series' as const, op: 'in' as const, values: [...series] }]),
    ],
    ...(sorted === undefined ? {} : { sort: [{ by: sorted.id, dir: order.dir }] }),
    ...compare,
  };
}
