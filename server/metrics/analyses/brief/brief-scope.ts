import { z } from 'zod';
import type { briefParams } from '../../../contract/analyses-outlook.ts';
import type { Compare, Day, DimensionId, Label, Note, QueryInput, Row, ScopeFilter } from '../../../contract/query.ts';
import { said } from '../../../given.ts';
import { ProblemError } from '../../../problem.ts';
import type { GenreGroup } from '../../../vocabulary/holidays.ts';
import {
  addDays,
  comparisonOf,
  endOf,
  type LogSpan,
  previousPeriod,
  type Range,
  startOf,
  touchesLog,
  wholePeriods,
  within,
} from '../../language/calendar.ts';
import { type Engine, spanOf } from '../../language/engine.ts';
import { comparisonNotes } from '../../query/comparison-notes.ts';
import { splitFilters } from '../../query/filters.ts';
import { answerQuery } from '../../query/query.ts';
import { and, sql } from '../../sql/sql.ts';
import { factsOf, tableFor } from '../parts/facts.ts';
import { filtersLog, scopeOf } from '../parts/scope.ts';
import { filtered } from './brief-finding.ts';
import { when, yearOf } from './brief-words.ts';

/** Earlier ranges that growth is compared with. */
export const LOOKED_BACK = 6;
/** Earlier calendar periods that shares and the total are compared with. */
const CALENDAR_BACK = 12;
/** Months, with the brief's, over which series count as ongoing. */
export const RECENT_MONTHS = 5;

export interface BriefScope extends Told {
  readonly engine: Engine;
  readonly filters: readonly ScopeFilter[];
  readonly series: number;
  readonly genreGroups: readonly GenreGroup[];
  readonly views: number;
  /** Begins with what changed (or, compared with nothing, with what was). */
  readonly leads: boolean;
  /** Null if no comparison was asked for, or the log has no data for it. */
  readonly compared: Compared | null;
  /** Compares with earlier ranges. */
  readonly historic: boolean;
}

/** The brief's range before any rows are read. */
export interface Told extends Range {
  readonly log: LogSpan;
  /** `from` and `to` are what the log holds of it (a month keeps its first day). */
  readonly asked: Range;
  /** Set if the range is one calendar period. */
  readonly grain: 'month' | 'quarter' | 'year' | null;
  /** `in October 2025`, `2025年10月`. */
  readonly when: Label;
  /** Ranges of the same length or grain before it, latest first, as far as the log goes. */
  readonly earlier: readonly Range[];
  /** The log holds the whole range. */
  readonly whole: boolean;
}

/** Cut to as many first days if as_of cuts the brief's. */
export interface Compared {
  readonly compare: Compare;
  readonly current: Range;
  readonly previous: Range;
  readonly when: Label;
  /** Without a year that `when` has said. */
  readonly before: Label;
  /** More series are tracked in one of them, so growth is unknown. */
  readonly widened: boolean;
}

type Asked = z.infer<typeof briefParams>;

/**
 * Default: the log's last whole month, else its last.
 * @throws ProblemError `invalid_request` for a month and another range, `not_enough_data` if the log has nothing of the
 * month
 */
export function toldOf(engine: Engine, asked: Asked): Told {
  const log = spanOf(engine);
  const range = rangeAsked(asked, log) ?? scopeOf(engine, asked).range;
  const grain = calendarGrain(range);
  const known = touchesLog(range, log) ? within(range, log) : range;
  if (asked.month !== undefined && !touchesLog(range, log)) {
    throw new ProblemError('not_enough_data', {
      en: `The log spans ${log.from} to ${log.asOf}; it has nothing of ${asked.month}.`,
      zh: `日志范围为 ${log.from} 至 ${log.asOf}，没有 ${asked.month} 的数据。`,
    });
  }
  return {
    log,
    asked: range,
    grain,
    from: grain === null ? known.from : range.from,
    to: known.to,
    when: when(grain === null ? known : range),
    earlier: rangesBefore(range, log, grain === null ? LOOKED_BACK : CALENDAR_BACK),
    whole: range.from >= log.from && range.to <= log.asOf,
  };
}

function rangeAsked({ month, from, to }: Asked, log: LogSpan): Range | null {
  if (month === undefined) return from === undefined && to === undefined ? monthOf(latestMonth(log)) : null;
  const range = monthOf(`${month}-01`);
  if ((from ?? range.from) === range.from && (to ?? range.to) === range.to) return range;
  const given = { from: said(from), to: said(to) };
  const message = {
    en: `month: ${month}; from: ${given.from.en}; to: ${given.to.en}. Ask for a month or for a range, not for both.`,
    zh: `month：${month}；from：${given.from.zh}；to：${given.to.zh}。请只指定月份或时间范围之一。`,
  };
  throw new ProblemError('invalid_request', message, [{ path: from === undefined ? 'to' : 'from', message }]);
}

const monthOf = (start: Day): Range => ({ from: start, to: endOf('month', start) });

function calendarGrain(range: Range): Told['grain'] {
  const grain = wholePeriods(range);
  return grain !== null && endOf(grain, range.from) === range.to ? grain : null;
}

const monthBefore = (start: Day): Day => startOf('month', addDays(start, -1));

/** Whether or not the log has it. */
export const monthsBefore = (start: Day, n: number): Day => (n <= 0 ? start : monthsBefore(monthBefore(start), n - 1));

function latestMonth(log: LogSpan): Day {
  const last = startOf('month', log.asOf);
  if (endOf('month', log.asOf) === log.asOf) return last;
  const before = monthBefore(last);
  return before >= log.from ? before : last;
}

function rangesBefore(range: Range, log: LogSpan, most: number): Range[] {
  const found: Range[] = [];
  for (let at = previousPeriod(range); at.from >= log.from && found.length < most; at = previousPeriod(at)) {
    // A range wholly after the log may follow ranges within it.
    if (at.to > log.asOf) break;
    found.push(at);
  }
  return found;
}

export async function comparedOf(
  engine: Engine,
  { asked, log }: Told,
  compare: Asked['compare'],
  filters: readonly ScopeFilter[],
): Promise<{ readonly compared: Compared | null; readonly notes: readonly Note[] }> {
  if (compare === undefined || compare === 'none') return { compared: null, notes: [] };
  const comparison = comparisonOf(asked, compare, log);
  const notes = await comparisonNotes(engine, comparison, { log, filters });
  const { current, previous, previousInLog, currentInLog } = comparison;
  if (!previousInLog || !currentInLog) return { compared: null, notes };
  const widened = notes.some(({ code }) => code === 'tracking_widened');
  const told = yearOf(current) === current.to.slice(0, 4) ? yearOf(current) : undefined;
  return {
    compared: { compare, current, previous, when: when(current), before: when(previous, told), widened },
    notes,
  };
}

/** The one member that the filters leave of a dimension; null if they leave more. */
export function onlyOne({ filters }: Pick<BriefScope, 'filters'>, dimension: DimensionId): string | null {
  const members = filters.flatMap((filter) =>
    'dimension' in filter && filter.dimension === dimension && filter.op === 'in' && filter.values.length === 1
      ? filter.values.map(String)
      : [],
  );
  return members[0] ?? null;
}

export async function rowsOf(
  scope: Pick<BriefScope, 'engine' | 'filters'>,
  query: QueryInput,
): Promise<readonly Row[]> {
  return (await answerQuery(scope.engine, filtered(scope, query))).rows;
}

/** One question if they are calendar periods. */
export async function rowsIn(
  scope: BriefScope,
  query: QueryInput,
  ranges: readonly Range[],
): Promise<(range: Range) => readonly Row[]> {
  const { grain } = scope;
  if (grain === null) {
    const found = new Map<Day, readonly Row[]>();
    for (const { from, to } of ranges) found.set(from, await rowsOf(scope, { ...query, time: { from, to } }));
    return ({ from }) => found.get(from) ?? [];
  }
  const [from = scope.from] = ranges.map((range) => range.from).toSorted();
  const rows = await rowsOf(scope, { ...query, time: { from, to: scope.to, grain } });
  return (range) => rows.filter(({ period }) => period === range.from);
}

/** How `rowsIn` from a base to the brief's range is asked of `/query`. */
export const sinceBase = ({ grain, from, to }: BriefScope, base: Range): Pick<QueryInput, 'time' | 'compare'> =>
  grain === null
    ? { time: { from, to }, compare: { from: base.from, to: base.to } }
    : { time: { from: base.from, to, grain } };

const countRow = z.object({ n: z.number() });

/** From the catalogue, or series with rows if a log dimension is filtered. */
export async function seriesLeft(engine: Engine, filters: readonly ScopeFilter[]): Promise<number> {
  if (filters.length === 0) return engine.state.series;
  const { table } = tableFor({ filters, column: 'views' }, spanOf(engine));
  const [row] = await engine.all(
    filtersLog(filters)
      ? sql`SELECT count(DISTINCT t.series_key) AS n ${factsOf({ table, filters })}`
      : sql`SELECT count(*) AS n FROM series s WHERE ${and(splitFilters(filters, table).series)}`,
  );
  return countRow.parse(row).n;
}
