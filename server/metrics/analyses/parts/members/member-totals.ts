import { z } from 'zod';
import { ENOUGH_PEERS } from '../../../../contract/analyses.ts';
import type { Compare, DimensionId } from '../../../../contract/query.ts';
import { type Comparison, comparisonOf, growthOf } from '../../../language/calendar.ts';
import type { Engine } from '../../../language/engine.ts';
import { activity } from '../../../query/activity.ts';
import { type Charts, chartsAsked } from '../../../query/charts.ts';
import { splitFilters } from '../../../query/filters.ts';
import { dimensionsOf } from '../../../query/log-rows.ts';
import { chooseTable, type TableChoice } from '../../../query/rollups.ts';
import { spreadOver } from '../../../query/spread.ts';
import { parseRows } from '../../../sql/parse-rows.ts';
import { and, as, call, dateValue, type Sql, sql, withTables } from '../../../sql/sql.ts';
import { toCount, type Whole, whole, wholeOrZero } from '../counts.ts';
import { type AnalysisScope, filtersLog } from '../scope.ts';

const memberTotals = z.object({
  member: z.string(),
  active: z.number(),
  views: wholeOrZero,
  median: z.number().nullable(),
  /** In the part of the range that is compared: all of it, unless as_of cuts it. */
  compared: wholeOrZero,
  previous: wholeOrZero,
  /** With rows in the range, in its compared part, and in the earlier range. */
  seen: whole,
  seen_compared: whole,
  seen_previous: whole,
  /** See docs/definitions.md#new_series. */
  released: whole,
  /** Of all, the same in each row. */
  everyone: wholeOrZero,
});
type Found = z.infer<typeof memberTotals>;
export type MemberTotals = Omit<Found, 'member' | 'everyone'> & {
  /** Growth is unknown: a chart does not list the member in one of the ranges. */
  readonly offChart: boolean;
};

export const NOTHING_SUPPLIED: MemberTotals = {
  active: 0,
  views: 0,
  median: null,
  compared: 0,
  previous: 0,
  seen: 0,
  seen_compared: 0,
  seen_previous: 0,
  released: 0,
  offChart: false,
};

/** Growth is of the compared part of the range. */
export function suppliedBy(total: MemberTotals, comparison: Comparison) {
  const [compared, previous] = [Number(total.compared), Number(total.previous)];
  const { growth, reason } = growthOf(compared, previous, {
    ...comparison,
    additive: true,
    offChart: total.offChart,
  });
  return {
    views: toCount(total.views),
    growth,
    growth_reason: reason,
    active_series: total.active,
    new_series: Number(total.released),
    n: total.active,
    few_peers: total.active < ENOUGH_PEERS,
  };
}

/** One member per series, or every genre and credited producer. */
export type SeriesDimension = Extract<
  DimensionId,
  'primary_genre' | 'genre' | 'format' | 'producer' | 'credited_producer'
>;

/**
 * Members with rows in either range or a release. `all`: views in the range, each series once. On charts, members
 * without rows now are left out as unknown.
 */
export async function memberTotalsOf(
  engine: Engine,
  scope: AnalysisScope,
  by: SeriesDimension,
  compare: Compare,
): Promise<{
  totals: (MemberTotals & Pick<Found, 'member'>)[];
  all: Whole;
  comparison: Comparison;
  choice: TableChoice;
  charts: Charts | null;
}> {
  const { range, filters, log } = scope;
  const comparison = comparisonOf(range, compare, log);
  const { current, previous } = comparison;
  const choice = chooseTable(
    {
      ranges: [range, current, previous],
      dimensions: dimensionsOf(filters),
      columns: new Set(['views']),
    },
    log,
  );
  const isWhole = current.from === range.from && current.to === range.to;
  const sums = activity({
    table: choice.table,
    branches: [
      { name: 'asked', range },
      ...(isWhole ? [] : [{ name: 'compared', range: current }]),
      { name: 'previous', range: previous },
    ],
    logDimensions: [],
    filters,
    sums: ['views'],
  });
  const { joins, member } = spreadOver(by);
  const active = sql`a.branch = 'asked' AND a.views > 0`;
  const sum = (branch: Sql, name: string) =>
    as(call('integer', sql`coalesce(sum(a.views) FILTER (WHERE a.branch = ${branch}), 0)`), name);
  const compared = isWhole ? sql`'asked'` : sql`'compared'`;
  const seen = (branch: Sql, name: string) => as(sql`count(*) FILTER (WHERE a.branch = ${branch})`, name);
  const earned = sql`SELECT ${as(member, 'member')}, count(*) FILTER (WHERE ${active}) AS active,
      ${sum(sql`'asked'`, 'views')}, ${call('median', sql`a.views`)} FILTER (WHERE ${active}) AS median,
      ${sum(compared, 'compared')}, ${sum(sql`'previous'`, 'previous')},
      ${seen(sql`'asked'`, 'seen')}, ${seen(compared, 'seen_compared')}, ${seen(sql`'previous'`, 'seen_previous')}
    FROM a JOIN series s ON s.series_key = a.series_key ${joins} GROUP BY ${member}`;
  const everyone = call('integer', sql`coalesce(sum(a.views) FILTER (WHERE a.branch = 'asked'), 0)`);
  const rows = await engine.all(
    withTables(
      [
        ['a', sums],
        ['earned', earned],
        ['released', releases(scope, choice, by)],
      ],
      sql`SELECT coalesce(e.member, r.member) AS member, coalesce(e.active, 0) AS active, e.views, e.median,
          e.compared, e.previous, coalesce(e.seen, 0) AS seen, coalesce(e.seen_compared, 0) AS seen_compared,
          coalesce(e.seen_previous, 0) AS seen_previous, coalesce(r.released, 0) AS released, (SELECT ${everyone} FROM a) AS everyone
        FROM earned e FULL JOIN released r ON r.member = e.member ORDER BY coalesce(e.views, 0) DESC, 1`,
    ),
  );
  const found = await parseRows(memberTotals, rows);
  const charts = chartsAsked(engine.state, filters, comparison);
  const totals = found
    .filter(({ seen }) => !charts?.absentNow || seen > 0)
    .map((total) => ({ ...total, offChart: charts !== null && isOff(total, charts) }));
  return { totals, all: found[0]?.everyone ?? 0, comparison, choice, charts };
}

const isOff = ({ seen_compared, seen_previous }: z.infer<typeof memberTotals>, charts: Charts): boolean =>
  (charts.absentNow && seen_compared === 0) || (charts.absentBefore && seen_previous === 0);

/** If the log is filtered, only series with views there. */
function releases({ range, filters }: AnalysisScope, { table }: TableChoice, by: SeriesDimension): Sql {
  const { joins, member } = spreadOver(by, 's');
  const conditions = [
    sql`s.release_day BETWEEN ${dateValue(range.from)} AND ${dateValue(range.to)}`,
    ...splitFilters(filters, table).series,
    ...(filtersLog(filters)
      ? [sql`s.series_key IN (SELECT a.series_key FROM a WHERE a.branch = 'asked' AND a.views > 0)`]
      : []),
  ];
  return sql`SELECT ${as(member, 'member')}, count(*) AS released FROM series s ${joins} WHERE ${and(conditions)} GROUP BY ${member}`;
}
