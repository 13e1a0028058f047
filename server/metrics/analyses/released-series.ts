import type { DimensionId, Note } from '../../contract/query.ts';
import { activity, type SumId } from '../activity.ts';
import { later } from '../calendar.ts';
import { toNumber } from '../cells.ts';
import type { Engine } from '../engine.ts';
import { missingReleases } from '../query.ts';
import { and, column, dateValue, join, type Sql, sql, withTables } from '../sql/sql.ts';
import { tableFor } from './facts.ts';
import type { AnalysisScope } from './scope.ts';

/** Series with any row that the filters leave, one row each (and per member of `logDimensions`), over all data. */
export function presentSeries(
  { filters, log }: AnalysisScope,
  logDimensions: readonly DimensionId[] = [],
  sums: readonly SumId[] = ['views'],
): Sql {
  const { table } = tableFor({ filters, column: 'views', dimensions: logDimensions }, log);
  return activity({ table, branches: [{ name: 'all', range: null }], logDimensions, filters, sums });
}

/**
 * The series whose age the log can tell: any row, and a release in the range and not before the log's start. Reads the
 * table `present` (see `presentSeries`); gives `series_key, release_day, release_month` and the log dimensions.
 */
export function releasedSeries(
  { range, log }: AnalysisScope,
  options: { readonly logDimensions?: readonly DimensionId[]; readonly only?: Sql } = {},
): Sql {
  const columns = [
    sql`s.series_key, s.release_day, s.release_month`,
    ...(options.logDimensions ?? []).map((id) => column('p', id)),
  ];
  const conditions = [
    sql`s.release_day BETWEEN ${dateValue(later(range.from, log.from))} AND ${dateValue(range.to)}`,
    ...(options.only ? [options.only] : []),
  ];
  return sql`SELECT ${join(columns, ', ')} FROM present p JOIN series s ON s.series_key = p.series_key WHERE ${and(conditions)}`;
}

/** Tells of the series that are left out for want of a release day, or for one before the log's start. */
export async function leftOutByRelease(engine: Engine, scope: AnalysisScope): Promise<Note[]> {
  const { range, log } = scope;
  const notes = await missingReleases(engine);
  if (range.from > log.from) return notes;
  const [row] = await engine.all(
    withTables(
      [['present', presentSeries(scope)]],
      sql`SELECT count(*) AS n FROM present p JOIN series s ON s.series_key = p.series_key
        WHERE s.release_day < ${dateValue(log.from)}`,
    ),
  );
  const n = toNumber(row?.n) ?? 0;
  return n === 0 ? notes : [...notes, releasedBeforeLog(n, log.from)];
}

const releasedBeforeLog = (n: number, from: string): Note => ({
  code: 'released_before_log',
  text: {
    en: `${n} series were released before the log starts (${from}); their first days are not in it, so they are left out.`,
    zh: `${n} 部剧集在日志开始（${from}）之前上线，缺少上线初期数据，不计入。`,
  },
});
