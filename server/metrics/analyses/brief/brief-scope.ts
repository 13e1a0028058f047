import { z } from 'zod';
import type { briefParams } from '../../../contract/analyses-outlook.ts';
import type { Day, DimensionFilter, QueryInput, Row } from '../../../contract/query.ts';
import { said } from '../../../given.ts';
import { ProblemError } from '../../../problem.ts';
import type { GenreGroup } from '../../../vocabulary/holidays.ts';
import { addDays, earlier, endOf, type LogSpan, later, startOf } from '../../language/calendar.ts';
import { type Engine, spanOf } from '../../language/engine.ts';
import { splitFilters } from '../../query/filters.ts';
import { answerQuery } from '../../query/query.ts';
import { and, sql } from '../../sql/sql.ts';
import { factsOf, tableFor } from '../parts/facts.ts';
import { filtersLog } from '../parts/scope.ts';
import { filtered } from './brief-finding.ts';

/** Months before the brief's that its growth is told against. */
export const MONTHS_BACK = 6;
/** Months, the brief's among them, over which series count as ongoing. */
export const RECENT_MONTHS = 5;

/** What every part of the brief works on. */
export interface BriefScope {
  readonly engine: Engine;
  readonly log: LogSpan;
  /** What the whole brief is filtered by. */
  readonly filters: readonly DimensionFilter[];
  /** Series that the filters leave. */
  readonly series: number;
  /** First and last day of the month; the last is as_of where that cuts it. */
  readonly from: Day;
  readonly to: Day;
  /** Whole months of the log before this one, the latest first; at most twelve. */
  readonly earlier: readonly Day[];
  /** False where as_of or the log's first day cuts the month: then nothing is told against earlier months. */
  readonly whole: boolean;
  readonly genreGroups: readonly GenreGroup[];
  /** Views in the month. */
  readonly views: number;
}

/** The month and its surroundings, before anything is asked of the rows. */
type Month = Pick<BriefScope, 'engine' | 'log' | 'from' | 'to' | 'earlier' | 'whole'>;

/**
 * Without `month` (or `from`, `to`: the same month's first and last day) the last one that the log holds whole, else
 * its last.
 * @throws ProblemError `invalid_request` for a range that is not one calendar month, `not_enough_data` where the log
 * has nothing of the month
 */
export function monthOf(engine: Engine, asked: Asked): Month {
  const log = spanOf(engine);
  const from = monthAsked(asked) ?? latestMonth(log);
  const end = endOf('month', from);
  if (end < log.from || from > log.asOf) {
    throw new ProblemError('not_enough_data', {
      en: `The log spans ${log.from} to ${log.asOf}; it has nothing of ${from.slice(0, 7)}.`,
      zh: `日志范围为 ${log.from} 至 ${log.asOf}，没有 ${from.slice(0, 7)} 的数据。`,
    });
  }
  const earlierMonths: Day[] = [];
  for (let start = monthBefore(from); start >= log.from && earlierMonths.length < 12; start = monthBefore(start)) {
    earlierMonths.push(start);
  }
  const whole = from >= log.from && end <= log.asOf;
  return { engine, log, from, to: earlier(end, log.asOf), earlier: earlierMonths, whole };
}

type Asked = Pick<z.infer<typeof briefParams>, 'month' | 'from' | 'to'>;

function monthAsked({ month, from, to }: Asked): Day | undefined {
  const start = month === undefined ? (from ?? (to === undefined ? undefined : startOf('month', to))) : `${month}-01`;
  if (start === undefined) return undefined;
  if (
    (from ?? start) === startOf('month', start) &&
    startOf('month', start) === start &&
    (to ?? endOf('month', start)) === endOf('month', start)
  )
    return start;
  const given = { from: said(from), to: said(to) };
  const [first, last] = [startOf('month', start), endOf('month', start)];
  const message = {
    en: `from: ${given.from.en}; to: ${given.to.en}. The brief is of one calendar month: ask for month=${start.slice(0, 7)}, or for from=${first} and to=${last}.`,
    zh: `from：${given.from.zh}；to：${given.to.zh}。月报只针对一个自然月：请用 month=${start.slice(0, 7)}，或 from=${first}、to=${last}。`,
  };
  throw new ProblemError('invalid_request', message, [{ path: from === undefined ? 'to' : 'from', message }]);
}

export const monthBefore = (start: Day): Day => startOf('month', addDays(start, -1));

/** The month `n` before, whether or not the log has it. */
export const monthsBefore = (start: Day, n: number): Day => (n <= 0 ? start : monthsBefore(monthBefore(start), n - 1));

function latestMonth(log: LogSpan): Day {
  const last = startOf('month', log.asOf);
  if (endOf('month', log.asOf) === log.asOf) return last;
  const before = monthBefore(last);
  return before >= log.from ? before : last;
}

/** First day of a range of months up to the brief's that the log holds. */
export const backTo = ({ from, log }: BriefScope, months: number): Day => later(monthsBefore(from, months), log.from);

/** Rows of the generic query over what the brief's filters leave. */
export async function rowsOf(
  scope: Pick<BriefScope, 'engine' | 'filters'>,
  query: QueryInput,
): Promise<readonly Row[]> {
  return (await answerQuery(scope.engine, filtered(scope, query))).rows;
}

const countRow = z.object({ n: z.number() });

/** Series that the filters leave: of the catalogue, or those with rows where a dimension of the log is filtered. */
export async function seriesLeft(engine: Engine, filters: readonly DimensionFilter[]): Promise<number> {
  if (filters.length === 0) return engine.state.series;
  const { table } = tableFor({ filters, column: 'views' }, spanOf(engine));
  const [row] = await engine.all(
    filtersLog(filters)
      ? sql`SELECT count(DISTINCT t.series_key) AS n ${factsOf({ table, filters })}`
      : sql`SELECT count(*) AS n FROM series s WHERE ${and(splitFilters(filters, table).series)}`,
  );
  return countRow.parse(row).n;
}
