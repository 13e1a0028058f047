import { z } from 'zod';
import { quoted } from '../../../given.ts';
import { ProblemError } from '../../../problem.ts';
import type { ResultRow } from '../../../warehouse/warehouse.ts';
import { withOffset } from '../../language/calendar.ts';
import type { Engine } from '../../language/engine.ts';
import { sql } from '../../sql/sql.ts';

export const seriesColumns = sql`s.series_id, s.title, s.title_en, s.producer, s.primary_genre, s.format, s.release_day, s.release_at`;

export const seriesShape = z.object({
  series_id: z.string(),
  title: z.string().nullable(),
  title_en: z.string().nullable(),
  producer: z.string(),
  primary_genre: z.string(),
  format: z.string().nullable(),
  release_day: z.string().nullable(),
  release_at: z.string().nullable(),
});

export const seriesInfo = seriesShape.transform((row) => ({
  id: row.series_id,
  title: row.title,
  titleEn: row.title_en,
  producer: row.producer,
  primaryGenre: row.primary_genre,
  format: row.format ?? '(unknown)',
  releaseDay: row.release_day,
  /** UTC; null if only the day is stated. */
  releaseAt: row.release_at,
}));
export type SeriesInfo = z.infer<typeof seriesInfo>;

/** In the asked language, else the other, else the id. */
export function titleOf(series: Pick<SeriesInfo, 'id' | 'title' | 'titleEn'>, language: Engine['language']): string {
  const [own, other] = language === 'en' ? [series.titleEn, series.title] : [series.title, series.titleEn];
  return own ?? other ?? series.id;
}

/** `2025-10-01`, or with time and offset if it has a time of day. */
export const releaseOf = (series: Pick<SeriesInfo, 'releaseDay' | 'releaseAt'>, timeZone: string): string | null =>
  series.releaseAt === null ? series.releaseDay : withOffset(series.releaseAt, timeZone);

/**
 * Its row of the catalogue; a merged name leads to the series that holds.
 * @throws ProblemError `unknown_member`
 */
export async function rowOfSeries(engine: Engine, id: string): Promise<ResultRow> {
  const [row] = await engine.all(sql`SELECT s.* FROM series s WHERE s.series_id = ${id}
    OR s.series_key IN (SELECT k.resolved_key FROM series_key k WHERE k.series_id = ${id})
    ORDER BY s.series_id <> ${id} LIMIT 1`);
  if (row === undefined) throw noSuchSeries(id);
  return row;
}

export const noSuchSeries = (id: string): ProblemError =>
  new ProblemError('unknown_member', {
    en: `The catalogue has no series ${quoted(id).en}. GET /api/v1/members/series?search= finds ids by title.`,
    zh: `剧集目录中没有剧集${quoted(id).zh}；可用 GET /api/v1/members/series?search= 按剧名查找编号。`,
  });
