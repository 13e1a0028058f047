import type { z } from 'zod';
import type { MilestonesAnswer, milestonesParams } from '../../../contract/analyses.ts';
import type { DimensionFilter, Note } from '../../../contract/query.ts';
import { allQuoted, quoted } from '../../../given.ts';
import { mapInTurns } from '../../../loop-turns.ts';
import { ProblemError } from '../../../problem.ts';
import type { Engine } from '../../language/engine.ts';
import { splitFilters } from '../../query/filters.ts';
import { sumExpression } from '../../query/log-rows.ts';
import { metaOf } from '../../query/meta.ts';
import type { TableChoice } from '../../query/rollups.ts';
import { parseRows } from '../../sql/parse-rows.ts';
import { among, and, column, sql } from '../../sql/sql.ts';
import { type Bucket, speedOf, writtenBucket } from '../parts/buckets.ts';
import { type SeriesInfo, seriesColumns, seriesInfo, titleOf } from '../parts/catalogue.ts';
import { columnsOf } from '../parts/columns.ts';
import { crossingsOf, openingSum } from '../parts/crossings.ts';
import { factsOf, tableFor } from '../parts/facts.ts';
import { heatCrossingsOf } from '../parts/heat-crossings.ts';
import { type AnalysisScope, requireMeasure, scopeOf } from '../parts/scope.ts';

type Params = z.infer<typeof milestonesParams>;
type MilestoneRow = MilestonesAnswer['rows'][number];

/** The smallest are cut and the answer says so. */
const SERIES_LIMIT = 10_000;

const IDS = [
  'series',
  'series_label',
  'threshold',
  'reached',
  'crossed_at',
  'resolution',
  'hours_to',
  'days_to',
  'before_log',
  'platform',
] as const;

/**
 * When series crossed thresholds (docs/analyses/milestones.md): a row per series × threshold, also unreached, largest
 * first. `from` and `to` choose crossings and never cut the sum.
 * @throws ProblemError `unknown_member`
 */
export async function milestones(engine: Engine, params: Params): Promise<MilestonesAnswer> {
  const startedAt = performance.now();
  const scope = scopeOf(engine, params);
  const byHeat = params.measure === 'heat';
  requireMeasure(engine, byHeat ? 'heat_peak' : params.measure === 'views' ? 'views' : 'valid_views');
  const wanted = [...new Set(params.thresholds)].toSorted((a, b) => a - b);
  const listed = await listSeries(engine, scope, params);
  const filters = isSome(params) ? [...scope.filters, isOneOf(listed.series.map(({ id }) => id))] : scope.filters;
  const { reached, choice } = await reachedOf(engine, { ...scope, filters }, params.measure, wanted);
  const { timeZone } = engine.state;
  const rows = await mapInTurns(listed.series, (series) =>
    wanted.map(
      (threshold): Milestone => ({ series, threshold, reached: reached.get(keyOf(series.id, threshold)) ?? null }),
    ),
  );
  const chosen = rows.flat().filter((row) => isChosen(row.reached, params));
  return {
    columns: columnsOf(IDS, byHeat ? { threshold: { unit: 'heat' } } : {}),
    rows: await mapInTurns(chosen, (row) => writeMilestone(row, timeZone, engine.language)),
    meta: metaOf({
      state: engine.state,
      startedAt,
      filters: scope.filters,
      choice,
      truncated: listed.truncated,
      notes: crossedBeforeRelease(chosen),
    }),
  };
}

interface Reached {
  readonly beforeLog: boolean;
  readonly bucket: Bucket | null;
  readonly platform: string | null;
}

interface Milestone {
  readonly series: SeriesInfo;
  readonly threshold: number;
  readonly reached: Reached | null;
}

const keyOf = (series: string, threshold: number): string => JSON.stringify([series, threshold]);
const isSome = (params: Params): boolean => params.series !== undefined || params.top !== undefined;
const isOneOf = (ids: readonly string[]): DimensionFilter => ({ dimension: 'series', op: 'in', values: [...ids] });

async function reachedOf(
  engine: Engine,
  scope: Pick<AnalysisScope, 'filters' | 'log'>,
  measure: Params['measure'],
  wanted: readonly number[],
): Promise<{ reached: Map<string, Reached>; choice: TableChoice | undefined }> {
  if (measure === 'heat') {
    const found = await heatCrossingsOf(engine, { ...scope, thresholds: wanted });
    return {
      reached: new Map(
        found.map(({ series, threshold, bucket, platform }) => [
          keyOf(series.id, threshold),
          { beforeLog: false, bucket, platform },
        ]),
      ),
      choice: { table: 'view_log', refused: [] },
    };
  }
  const { crossings, choice } = await crossingsOf(engine, { ...scope, measure, thresholds: wanted });
  return {
    reached: new Map(
      crossings.map(({ series, threshold, bucket, beforeLog }) => [
        keyOf(series.id, threshold),
        { beforeLog, bucket, platform: null },
      ]),
    ),
    choice,
  };
}

/** For the asked dates. */
function isChosen(reached: Reached | null, asked: { from?: string | undefined; to?: string | undefined }): boolean {
  if (reached === null) return true;
  if (reached.bucket === null) return asked.from === undefined;
  const { day } = reached.bucket;
  return (asked.from === undefined || day >= asked.from) && (asked.to === undefined || day <= asked.to);
}

export function writeMilestone(
  { series, threshold, reached }: Milestone,
  timeZone: string,
  language: 'zh' | 'en',
): MilestoneRow {
  const bucket = reached?.bucket ?? null;
  return {
    series: series.id,
    series_label: titleOf(series, language),
    threshold,
    reached: reached !== null,
    crossed_at: bucket === null ? null : writtenBucket(bucket, timeZone),
    resolution: bucket?.resolution ?? null,
    ...(bucket === null ? { hours_to: null, days_to: null } : speedOf(bucket, series)),
    before_log: reached?.beforeLog ?? false,
    platform: reached?.platform ?? null,
  };
}

/** Largest first; named ones with or without rows, else those with rows. */
async function listSeries(
  engine: Engine,
  scope: AnalysisScope,
  params: Params,
): Promise<{ series: SeriesInfo[]; truncated: boolean }> {
  const { filters, log } = scope;
  const { measure, series: named } = params;
  if (named) await requireSeries(engine, named);
  const { table } = tableFor({ filters, column: measure }, log);
  const size =
    measure === 'heat'
      ? sumExpression('heat_max', table)
      : sql`coalesce(${sumExpression(measure, table)}, 0) + coalesce(${openingSum(measure, table)}, 0)`;
  const sizes = sql`SELECT t.series_key, ${size} AS size ${factsOf({ table, filters })} GROUP BY t.series_key`;
  const limit = named ? SERIES_LIMIT : Math.min(params.top ?? SERIES_LIMIT, SERIES_LIMIT);
  const conditions = [
    ...splitFilters(filters, table).series,
    ...(named ? [among(column('s', 'series_id'), named)] : [sql`z.series_key IS NOT NULL`]),
  ];
  const rows = await engine.all(sql`SELECT ${seriesColumns} FROM series s
    LEFT JOIN (${sizes}) z ON z.series_key = s.series_key
    WHERE ${and(conditions)} ORDER BY z.size DESC NULLS LAST, s.series_id LIMIT ${limit + 1}`);
  return {
    series: await parseRows(seriesInfo, rows.slice(0, limit)),
    truncated: params.top === undefined && rows.length > limit,
  };
}

/** @throws ProblemError `unknown_member` */
export async function requireSeries(engine: Engine, ids: readonly string[]): Promise<void> {
  const rows = await engine.all(sql`SELECT s.series_id FROM series s WHERE ${among(column('s', 'series_id'), ids)}`);
  const known = new Set(rows.map((row) => String(row.series_id)));
  const unknown = ids.filter((id) => !known.has(id));
  if (unknown.length === 0) return;
  throw new ProblemError(
    'unknown_member',
    {
      en: `The catalogue has no series ${allQuoted(unknown).en}. GET /api/v1/members/series?search= finds ids.`,
      zh: `剧集目录中没有剧集${allQuoted(unknown).zh}；可用 GET /api/v1/members/series?search= 查找编号。`,
    },
    unknown.slice(0, 20).map((id) => ({
      path: 'series',
      message: { en: `unknown series ${quoted(id).en}`, zh: `没有剧集${quoted(id).zh}` },
    })),
  );
}

function crossedBeforeRelease(rows: readonly Milestone[]): Note[] {
  const early = rows.filter(
    ({ series, reached }) =>
      reached?.bucket != null && series.releaseDay !== null && speedOf(reached.bucket, series).days_to === null,
  );
  const n = new Set(early.map(({ series }) => series.id)).size;
  if (n === 0) return [];
  return [
    {
      code: 'crossed_before_release',
      text: {
        en: `${n} series crossed a threshold before their stated release; days and hours to it are not given.`,
        zh: `${n} 部剧集在标注的上线时间之前已达到门槛，不给出达成天数与小时数。`,
      },
    },
  ];
}
