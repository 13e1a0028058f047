import type { GrowthReason } from '../../../server/contract/analyses.ts';
import type { Answer, MeasureId, Row } from '../../../server/contract/query.ts';
import type { ListMeasure } from '../../figures/series/list.ts';
import { toNumber } from '../../i18n/numbers.ts';

export interface SeriesRow {
  id: string;
  title: string;
  producer: string;
  producer_id: string;
  genre: string;
  genre_id: string;
  format: string;
  values: Partial<Record<MeasureId, number | null>>;
  growth: number | null;
  growth_reason: GrowthReason;
}

const REASONS = ['partial', 'no_data', 'new', 'both_zero', 'not_on_chart'] as const;
const text = (row: Row, column: string): string => String(row[column] ?? '');
const numeric = (value: Row[string] | undefined): number | null =>
  typeof value === 'boolean' ? null : toNumber(value);

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
      genre_id: text(row, 'primary_genre'),
      format: text(row, 'format_label'),
      values: Object.fromEntries(measures.map(({ id }) => [id, numeric(row[id])])),
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
