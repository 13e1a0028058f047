import { type Query, type QueryInput, querySchema, type Row } from '../../contract/query.ts';
import { ProblemError } from '../../problem.ts';
import { addDays, type Day, earlier, endOf, type LogSpan, later, startOf } from '../calendar.ts';
import { type Engine, spanOf } from '../engine.ts';
import type { GenreGroup } from '../holidays.ts';
import { answerQuery } from '../query.ts';

/** Months before the brief's that its growth is told against. */
export const MONTHS_BACK = 6;
/** Months, the brief's among them, over which series count as ongoing. */
export const RECENT_MONTHS = 5;

/** What every part of the brief works on. */
export interface BriefScope {
  readonly engine: Engine;
  readonly log: LogSpan;
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

/**
 * The month and its surroundings. Without `month` the last one that the log holds whole, else its last.
 * @throws ProblemError `not_enough_data` where the log has nothing of the month
 */
export function monthOf(engine: Engine, month: string | undefined): Omit<BriefScope, 'views' | 'genreGroups'> {
  const log = spanOf(engine);
  const from = month === undefined ? latestMonth(log) : `${month}-01`;
  const end = endOf('month', from);
  if (end < log.from || from > log.asOf) {
    throw new ProblemError(
      'not_enough_data',
      `The log spans ${log.from} to ${log.asOf}; it has nothing of ${from.slice(0, 7)}.`,
    );
  }
  const earlierMonths: Day[] = [];
  for (let start = monthBefore(from); start >= log.from && earlierMonths.length < 12; start = monthBefore(start)) {
    earlierMonths.push(start);
  }
  const whole = from >= log.from && end <= log.asOf;
  return { engine, log, from, to: earlier(end, log.asOf), earlier: earlierMonths, whole };
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

/** Rows of the generic query. */
export async function rowsOf(engine: Engine, query: QueryInput): Promise<readonly Row[]> {
  const parsed: Query = querySchema.parse(query);
  return (await answerQuery(engine, parsed)).rows;
}
