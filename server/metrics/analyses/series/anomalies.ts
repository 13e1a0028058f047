import type { z } from 'zod';
import type { AnomaliesAnswer, anomaliesParams } from '../../../contract/analyses-outlook.ts';
import type { Column, Day } from '../../../contract/query.ts';
import { mapInTurns } from '../../../loop-turns.ts';
import { type Holidays, movingHoliday } from '../../../vocabulary/holidays.ts';
import { type Gap, gapsOf, judge, STANDS_OUT } from '../../forecasting/anomalies.ts';
import { momentOf, type Origin, pointsOf } from '../../forecasting/points.ts';
import { addDays, type Range } from '../../language/calendar.ts';
import type { Engine } from '../../language/engine.ts';
import { Labels } from '../../language/labels.ts';
import { metaOf } from '../../query/meta.ts';
import {
  dayKey,
  largestSeries,
  type PlatformDay,
  platformsOf,
  type SourceDay,
  sourceDays,
} from '../parts/anomaly-rows.ts';
import { type SeriesInfo, titleOf } from '../parts/catalogue.ts';
import { plus, toCount, type Whole } from '../parts/counts.ts';
import { type AnalysisScope, requireMeasure, scopeOf } from '../parts/scope.ts';
import { seriesOf } from './forecast.ts';

type Row = AnomaliesAnswer['rows'][number];

/** The mildest are cut and the answer says so. */
const ROW_LIMIT = 200;

/**
 * Days that stand out (docs/analyses/anomalies.md): spikes and drops, strongest first, then sources' gaps. The level
 * comes from all days; `from` and `to` choose days shown.
 * @throws ProblemError `unknown_member`
 */
export async function anomalies(
  engine: Engine,
  params: z.infer<typeof anomaliesParams>,
  holidays: Holidays,
): Promise<AnomaliesAnswer> {
  const startedAt = performance.now();
  const scope = scopeOf(engine, params);
  requireMeasure(engine, 'views');
  const asked =
    params.series === undefined
      ? await largestSeries(engine, scope, params.top)
      : { series: [await seriesOf(engine, params.series)], truncated: false };
  const ids = asked.series.map(({ id }) => id);
  const own: AnalysisScope = {
    ...scope,
    filters: [...scope.filters, { dimension: 'series', op: 'in', values: ids }],
  };
  const rows = ids.length === 0 ? [] : await sourceDays(engine, own);
  const bySeries = grouped(rows, (row) => row.series);
  const judged = await mapInTurns(asked.series, (info) =>
    examine(info, bySeries.get(info.id) ?? [], scope.range, holidays),
  );
  const found = judged.flatMap((one) => one.found).toSorted(byStrength);
  const kept = found.slice(0, ROW_LIMIT);
  return {
    columns: COLUMNS,
    rows: await written(engine, own, kept, holidays),
    series_examined: asked.series.length,
    not_judged: judged.flatMap((one) => (one.reason === null ? [] : [{ series: one.series.id, reason: one.reason }])),
    meta: metaOf({
      state: engine.state,
      startedAt,
      filters: scope.filters,
      choice: { table: 'view_log', refused: [] },
      truncated: asked.truncated || found.length > ROW_LIMIT,
    }),
  };
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

interface Found {
  readonly series: SeriesInfo;
  readonly day: Day;
  readonly days: number;
  readonly views: Whole | null;
  readonly expected: number | null;
  readonly z: number | null;
  readonly source: string | null;
}

interface Examined {
  readonly series: SeriesInfo;
  readonly found: readonly Found[];
  readonly reason: AnomaliesAnswer['not_judged'][number]['reason'] | null;
}

function examine(series: SeriesInfo, rows: readonly SourceDay[], range: Range, holidays: Holidays): Examined {
  const gaps = [...grouped(rows, (row) => row.source)].flatMap(([source, own]) =>
    own.some(({ chart }) => chart)
      ? []
      : gapsOf(own.map(({ day, views }) => ({ day, views: Number(views) }))).map((gap) => ({ ...gap, source })),
  );
  const silent = new Set(gaps.flatMap(daysOf));
  const totals = new Map<Day, Whole>();
  for (const { day, views } of rows) if (!silent.has(day)) totals.set(day, plus(totals.get(day) ?? 0, views));
  const days = [...totals].map(([day, views]) => ({ day, views })).toSorted((a, b) => (a.day < b.day ? -1 : 1));
  const numbers = days.map(({ day, views }) => ({ day, views: Number(views) }));
  const made = pointsOf(numbers, series.releaseDay, (day) => movingHoliday(holidays, day) !== null);
  const judgement = made === null ? 'not_enough_data' : judge(made.points);
  const reason = typeof judgement === 'string' ? judgement : null;
  const expectedOn = (day: Day, origin: Origin) =>
    typeof judgement === 'string' ? null : judgement.expected(momentOf(day, origin));
  const isShown = (from: Day, to: Day) => to >= range.from && from <= range.to;
  const unusual = days.flatMap(({ day, views }, i): Found[] => {
    const z = typeof judgement === 'string' ? null : (judgement.z[i] ?? null);
    if (z === null || Math.abs(z) < STANDS_OUT || made === null || !isShown(day, day)) return [];
    return [{ series, day, days: 1, views, expected: expectedOn(day, made.origin), z, source: null }];
  });
  const shownGaps = gaps
    .filter((gap) => isShown(gap.from, addDays(gap.from, gap.days - 1)))
    .map((gap): Found => {
      const expected = made === null ? null : expectedOn(gap.from, made.origin);
      return { series, day: gap.from, days: gap.days, views: null, expected, z: null, source: gap.source };
    });
  return { series, found: [...unusual, ...shownGaps], reason };
}

const daysOf = (gap: Gap): Day[] => Array.from({ length: gap.days }, (_, i) => addDays(gap.from, i));

/** Gaps last, as they have no strength; then by day and id. */
function byStrength(a: Found, b: Found): number {
  const strength = (found: Found) => (found.z === null ? -1 : Math.abs(found.z));
  const order = (x: string, y: string) => (x < y ? -1 : x > y ? 1 : 0);
  return strength(b) - strength(a) || order(a.day, b.day) || order(a.series.id, b.series.id);
}

async function written(
  engine: Engine,
  scope: AnalysisScope,
  found: readonly Found[],
  holidays: Holidays,
): Promise<Row[]> {
  const days = found.filter(({ z }) => z !== null).map(({ series, day }) => ({ series: series.id, day }));
  const platforms = await platformsOf(engine, scope, days);
  const names = await Labels.of(
    engine,
    'platform',
    [...platforms.values()].flat().map(({ platform }) => platform),
  );
  return found.map(({ series, ...one }) => ({
    series: series.id,
    series_label: titleOf(series, engine.language),
    day: one.day,
    days: one.days,
    views: one.views === null ? null : toCount(one.views),
    expected: one.expected,
    deviation: one.views === null ? null : deviationOf(Number(one.views), one.expected),
    z: one.z,
    kind: one.z === null ? 'gap' : one.z > 0 ? 'spike' : 'drop',
    source: one.source,
    holiday: movingHoliday(holidays, one.day)?.label ?? null,
    by_platform: one.z === null ? [] : split(platforms.get(dayKey(series.id, one.day)) ?? [], one, names, engine),
  }));
}

const deviationOf = (views: number, expected: number | null): number | null =>
  expected === null || expected <= 0 ? null : views / expected - 1;

/** By the platforms' shares of the days around. */
function split(
  platforms: readonly PlatformDay[],
  day: Pick<Found, 'views' | 'expected'>,
  names: Labels,
  engine: Engine,
): Row['by_platform'] {
  const expected = day.expected ?? 0;
  const difference = Number(day.views ?? 0) - expected;
  const around = platforms.reduce((sum, platform) => sum + Number(platform.around), 0);
  return platforms.map((row) => {
    const own = around === 0 ? 0 : (expected * Number(row.around)) / around;
    return {
      platform: row.platform,
      platform_label: names.of(row.platform)[engine.language],
      views: toCount(row.views),
      expected: own,
      part: difference === 0 ? null : (Number(row.views) - own) / difference,
    };
  });
}

const COLUMNS: Column[] = [
  { id: 'series', type: 'text', unit: 'text', label: { en: 'Series id', zh: '剧集编号' } },
  { id: 'series_label', type: 'text', unit: 'text', label: { en: 'Series', zh: '剧集' } },
  { id: 'day', type: 'date', unit: 'date', label: { en: 'Day', zh: '日期' } },
  { id: 'days', type: 'integer', unit: 'days', label: { en: 'Days', zh: '持续天数' } },
  { id: 'views', type: 'integer', unit: 'views', label: { en: 'Views', zh: '播放量' } },
  { id: 'expected', type: 'number', unit: 'views', label: { en: 'Expected views', zh: '预期播放量' } },
  {
    id: 'deviation',
    type: 'number',
    unit: 'fraction',
    label: { en: 'Away from what was expected', zh: '偏离预期' },
  },
  { id: 'z', type: 'number', unit: 'ratio', label: { en: 'Robust z', zh: '稳健 z 值' } },
  { id: 'kind', type: 'text', unit: 'text', label: { en: 'Kind', zh: '类型' } },
  { id: 'source', type: 'text', unit: 'text', label: { en: 'Silent source', zh: '缺数来源' } },
];
