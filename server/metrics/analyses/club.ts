import type { z } from 'zod';
import type { ClubAnswer, clubParams } from '../../contract/analyses.ts';
import type { Note } from '../../contract/query.ts';
import { loopTurns, mapInTurns } from '../../loop-turns.ts';
import type { Range } from '../language/calendar.ts';
import { isMonthly } from '../language/dimensions.ts';
import type { Engine } from '../language/engine.ts';
import { dayOf } from '../query/log-rows.ts';
import { metaOf } from '../query/meta.ts';
import { parseRows } from '../sql/parse-rows.ts';
import { call, column, dateValue, type Sql, sql, withTables } from '../sql/sql.ts';
import { speedOf, writtenBucket } from './parts/buckets.ts';
import { releaseOf, seriesColumns, seriesInfo, seriesShape } from './parts/catalogue.ts';
import { columnsOf } from './parts/columns.ts';
import { descending, toCount, type Whole, wholeOrZero } from './parts/counts.ts';
import { type Crossing, candidates, crossingsOf, openingSum } from './parts/crossings.ts';
import { factsOf, tableFor } from './parts/facts.ts';
import { fastestOf } from './parts/fastest.ts';
import { ratioOf } from './parts/ratios.ts';
import { type AnalysisScope, requireMeasure, scopeOf } from './parts/scope.ts';
import { TOLD_COLUMNS, toldBy } from './parts/told.ts';

const COLUMNS = columnsOf([
  ...TOLD_COLUMNS,
  'release_at',
  'crossed_at',
  'resolution',
  'days_to',
  'hours_to',
  'views_in_window',
  'cumulative_views',
]);

/**
 * The billion club (docs/analyses/club.md): crossings within the range, largest first. Crossings before release keep
 * `crossed_at` without times; series above by openings alone are only counted in `meta.notes`.
 */
export async function club(engine: Engine, params: z.infer<typeof clubParams>): Promise<ClubAnswer> {
  const startedAt = performance.now();
  const scope = scopeOf(engine, params);
  requireMeasure(engine, params.measure);
  const { threshold, measure } = params;
  const { crossings, choice } = await crossingsOf(engine, { ...scope, measure, thresholds: [threshold] });
  const sums = await sumsOfReached(engine, scope, measure, threshold);
  const turn = loopTurns();
  const bySeries = new Map(sums.map((row) => [row.series.id, row]));
  await turn();
  const within = await mapInTurns(
    crossings.filter(({ bucket }) => bucket !== null && isWithin(bucket.day, scope.range)),
    (crossing) => ({ ...crossing, sums: bySeries.get(crossing.series.id) ?? { window: 0, cumulative: 0 } }),
  );
  await turn();
  const members = within.toSorted(
    (a, b) => descending(a.sums.window, b.sums.window) || order(a.series.id, b.series.id),
  );
  await turn();
  const earned = sums.filter((row) => row.window >= threshold).toSorted((a, b) => descending(a.window, b.window));
  await turn();
  const told = await toldBy(
    engine,
    [...members, ...earned].map(({ series }) => series),
  );
  const fastest = fastestOf(
    members,
    ({ bucket, series }) => (bucket ? speedOf(bucket, series) : NO_SPEED),
    ({ sums }) => Number(sums.cumulative),
  );
  const { timeZone } = engine.state;
  const rows = await mapInTurns(members, (member) => ({
    ...told(member.series),
    release_at: releaseOf(member.series, timeZone),
    ...timesOf(member, timeZone),
    views_in_window: toCount(member.sums.window),
    cumulative_views: toCount(member.sums.cumulative),
  }));
  const producers = new Map(rows.map(({ producer, producer_label }) => [producer, producer_label]));
  return {
    columns: COLUMNS,
    rows,
    fastest: fastest && {
      unit: fastest.unit,
      value: fastest.value,
      series: fastest.among.map(({ series }) => series.id),
    },
    by_producer: countByProducer(rows.map(({ producer }) => producer)).map((row) => ({
      ...row,
      producer_label: producers.get(row.producer) ?? row.producer,
    })),
    earned_in_window: await mapInTurns(earned, ({ series: one, window }) => {
      const { series, series_label, producer, producer_label } = told(one);
      return { series, series_label, producer, producer_label, views_in_window: toCount(window) };
    }),
    meta: metaOf({ state: engine.state, startedAt, filters: scope.filters, choice, notes: knownBefore(crossings) }),
  };
}

const NO_SPEED = { days_to: null, hours_to: null };
const isWithin = (day: string, range: Range): boolean => day >= range.from && day <= range.to;
const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function timesOf({ bucket, series }: Crossing, timeZone: string) {
  if (bucket === null) return { crossed_at: null, resolution: null, days_to: null, hours_to: null };
  const { resolution } = bucket;
  return { crossed_at: writtenBucket(bucket, timeZone), resolution, ...speedOf(bucket, series) };
}

/** The largest first, then by id. */
export function countByProducer(producers: readonly string[]): { producer: string; count: number; share: number }[] {
  const counts = new Map<string, number>();
  for (const producer of producers) counts.set(producer, (counts.get(producer) ?? 0) + 1);
  return [...counts]
    .map(([producer, count]) => ({ producer, count, share: ratioOf(count, producers.length) ?? 0 }))
    .toSorted((a, b) => b.count - a.count || order(a.producer, b.producer));
}

const reachedRow = seriesShape.extend({ in_window: wholeOrZero, cumulative: wholeOrZero });

interface Reached {
  readonly series: z.infer<typeof seriesInfo>;
  readonly window: Whole;
  readonly cumulative: Whole;
}

/** Views in the range, and up to its end with openings. */
async function sumsOfReached(
  engine: Engine,
  { range, filters, log }: AnalysisScope,
  measure: 'views' | 'valid_views',
  threshold: number,
): Promise<Reached[]> {
  const { table } = tableFor({ filters, column: measure, ranges: [range] }, log);
  const day = dayOf(table);
  const from = dateValue(range.from);
  const start = isMonthly(table) ? call('startOfMonth', from) : from;
  const upToEnd = sql`${day} <= ${dateValue(range.to)}`;
  const increments = (condition: Sql) =>
    table === 'view_log' ? sql`t.kind = 'increment' AND ${condition}` : condition;
  const sum = (condition: Sql) =>
    call('integer', sql`coalesce(sum(${column('t', measure)}) FILTER (WHERE ${increments(condition)}), 0)`);
  const perSeries = sql`SELECT t.series_key, ${sum(sql`${day} >= ${start} AND ${upToEnd}`)} AS in_window,
      ${sum(upToEnd)} + coalesce(${openingSum(measure, table)}, 0) AS cumulative
    ${factsOf({ table, filters, conditions: [sql`t.series_key IN (SELECT series_key FROM candidate)`] })}
    GROUP BY t.series_key`;
  const rows = await engine.all(
    withTables(
      [
        ['candidate', candidates({ log, filters, measure, thresholds: [threshold] })],
        ['reached', perSeries],
      ],
      sql`SELECT ${seriesColumns}, r.in_window, r.cumulative FROM reached r JOIN series s ON s.series_key = r.series_key
        WHERE r.cumulative >= ${threshold} ORDER BY s.series_id`,
    ),
  );
  return mapInTurns(await parseRows(reachedRow, rows), (row) => ({
    series: seriesInfo.parse(row),
    window: row.in_window,
    cumulative: row.cumulative,
  }));
}

function knownBefore(crossings: readonly Crossing[]): Note[] {
  const n = crossings.filter((crossing) => crossing.beforeLog).length;
  if (n === 0) return [];
  return [
    {
      code: 'before_log',
      text: {
        en: `${n} series had reached the threshold before the log starts; when is not known, so they are in no range's club.`,
        zh: `${n} 部剧集在日志开始之前已达到门槛，时间未知，不计入任何区间。`,
      },
    },
  ];
}
