import type { GrowthReason } from '../../../server/contract/analyses.ts';
import type { Catalog } from '../../../server/contract/catalog.ts';
import type { Answer, MeasureId, QueryInput, Row } from '../../../server/contract/query.ts';
import type { Comparison } from '../../filters/ranges.ts';
import { toNumber } from '../../i18n/numbers.ts';

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

export interface SeriesRow {
  id: string;
  title: string;
  producer: string;
  producer_id: string;
  genre: string;
  format: string;
  values: Partial<Record<ListMeasure, number | null>>;
  growth: number | null;
  growth_reason: GrowthReason;
}

export const availableMeasures = (catalog: Catalog | undefined): ListMeasure[] =>
  LIST_MEASURES.filter((id) => catalog?.measures.find((measure) => measure.id === id)?.available === true);

/** Cumulative views alone would bring every series that ever ran. */
const ACTIVE: QueryInput['filters'] = [{ measure: 'views', op: 'gt', value: 0 }];

/** The list's two questions about active series: all measures, and the growth of views alone. */
export function listQueries(measures: ListMeasure[], comparison: Comparison): Record<'list' | 'growth', QueryInput> {
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

const REASONS = ['partial', 'no_data', 'new', 'both_zero', 'not_on_chart'] as const;
const text = (row: Row, column: string): string => String(row[column] ?? '');
const numeric = (value: Row[string] | undefined): number | null =>
  typeof value === 'boolean' ? null : toNumber(value);

/** The two answers put together, a row per series. */
export function seriesRows(list: Answer, growth: Answer | undefined, measures: readonly ListMeasure[]): SeriesRow[] {
  const grown = new Map((growth?.rows ?? []).map((row) => [text(row, 'series'), row]));
  return list.rows.map((row) => {
    const change = grown.get(text(row, 'series'));
    return {
      id: text(row, 'series'),
      title: text(row, 'series_label'),
      producer: text(row, 'producer_label'),
      producer_id: text(row, 'producer'),
      genre: text(row, 'primary_genre_label'),
      format: text(row, 'format_label'),
      values: Object.fromEntries(measures.map((id) => [id, numeric(row[id])])),
      growth: numeric(change?.views__growth),
      growth_reason: REASONS.find((reason) => reason === change?.views__growth_reason) ?? null,
    };
  });
}

/** Rows whose title, producer or genre has the words, in any order. */
export function searchRows(rows: readonly SeriesRow[], search: string): readonly SeriesRow[] {
  const words = search
    .toLocaleLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return rows;
  return rows.filter((row) => {
    const haystack = `${row.title} ${row.producer} ${row.genre}`.toLocaleLowerCase();
    return words.every((word) => haystack.includes(word));
  });
}
