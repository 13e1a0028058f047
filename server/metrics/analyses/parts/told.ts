import type { z } from 'zod';
import type { seriesTold } from '../../../contract/analyses.ts';
import type { Engine } from '../../language/engine.ts';
import { Labels } from '../../language/labels.ts';
import { type SeriesInfo, titleOf } from './catalogue.ts';

export type SeriesTold = z.infer<typeof seriesTold>;

/** The columns of a series with what it is told by, in order. */
export const TOLD_COLUMNS = [
  'series',
  'series_label',
  'producer',
  'producer_label',
  'primary_genre',
  'primary_genre_label',
  'format',
] as const;

/** Tells any of `series` by its title, producer, genre and format, named in the engine's language. */
export async function toldBy(
  engine: Engine,
  series: readonly SeriesInfo[],
): Promise<(series: SeriesInfo) => SeriesTold> {
  const { language } = engine;
  const producers = await Labels.of(
    engine,
    'producer',
    series.map(({ producer }) => producer),
  );
  const genres = await Labels.of(
    engine,
    'primary_genre',
    series.map(({ primaryGenre }) => primaryGenre),
  );
  return (one) => ({
    series: one.id,
    series_label: titleOf(one, language),
    producer: one.producer,
    producer_label: producers.of(one.producer)[language],
    primary_genre: one.primaryGenre,
    primary_genre_label: genres.of(one.primaryGenre)[language],
    format: one.format,
  });
}
