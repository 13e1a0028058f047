import { z } from 'zod';
import type { DimensionId, Note } from '../../../contract/query.ts';
import { later } from '../../language/calendar.ts';
import { countWords, dayWords } from '../../language/day-words.ts';
import type { Engine } from '../../language/engine.ts';
import type { SumId } from '../../language/sums.ts';
import { activity } from '../../query/activity.ts';
import { missingReleases } from '../../query/query.ts';
import { column, dateValue, join, type Sql, sql, withTables } from '../../sql/sql.ts';
import { tableFor } from './facts.ts';
import type { AnalysisScope } from './scope.ts';

/** Over all data; one row each, and per member of `logDimensions`. */
export function presentSeries(
  { filters, log }: AnalysisScope,
  logDimensions: readonly DimensionId[] = [],
  sums: readonly SumId[] = ['views'],
): Sql {
  const { table } = tableFor({ filters, column: 'views', dimensions: logDimensions }, log);
  return activity({ table, branches: [{ name: 'all', range: null }], logDimensions, filters, sums });
}

/**
 * Released in the range, inside the log, with a row. Reads `present`; gives `series_key, release_day, release_month`.
 */
export function releasedSeries({ range, log }: AnalysisScope, logDimensions: readonly DimensionId[] = []): Sql {
  const columns = [sql`s.series_key, s.release_day, s.release_month`, ...logDimensions.map((id) => column('p', id))];
  return sql`SELECT ${join(columns, ', ')} FROM present p JOIN series s ON s.series_key = p.series_key 
    WHERE s.release_day BETWEEN ${dateValue(later(range.from, log.from))} AND ${dateValue(range.to)}`;
}

const countsRow = z.object({ before_log: z.number(), with_openings: z.number() });

/** Notes on series without a release, or released before the log; and on openings if these are left out. */
export async function leftOutByRelease(
  engine: Engine,
  scope: AnalysisScope,
  options: { readonly openings?: boolean } = {},
): Promise<Note[]> {
  const { range, log } = scope;
  const inRange = sql`s.release_day BETWEEN ${dateValue(later(range.from, log.from))} AND ${dateValue(range.to)}`;
  const [row] = await engine.all(
    withTables(
      [['present', presentSeries(scope, [], ['views', 'opening_views'])]],
      sql`SELECT count(*) FILTER (WHERE s.release_day < ${dateValue(log.from)}) AS before_log,
          count(*) FILTER (WHERE p.opening_views > 0 AND ${inRange}) AS with_openings
        FROM present p JOIN series s ON s.series_key = p.series_key`,
    ),
  );
  const { before_log, with_openings } = countsRow.parse(row);
  return [
    ...(await missingReleases(engine)),
    // A range that starts within the log did not ask for them.
    ...(before_log > 0 && range.from <= log.from ? [releasedBeforeLog(before_log, log.from)] : []),
    ...(with_openings > 0 && options.openings ? [openingsLeftOut(with_openings)] : []),
  ];
}

const releasedBeforeLog = (n: number, from: string): Note => ({
  code: 'released_before_log',
  text: {
    en: `${countWords(n)} series were released before the log starts (${dayWords(from).en}); their first days are not in it, so they are left out.`,
    zh: `${countWords(n)} 部剧集在日志开始（${dayWords(from).zh}）之前上线，缺少上线初期数据，不计入。`,
  },
});

/** Their curves are too low by these. */
const openingsLeftOut = (n: number): Note => ({
  code: 'openings_left_out',
  text: {
    en: `${countWords(n)} series have views from before their first day in the log; when they were earned is not known, so the curves leave them out.`,
    zh: `${countWords(n)} 部剧集在日志首日之前已有播放存量，时间未知，曲线不计入该部分。`,
  },
});
