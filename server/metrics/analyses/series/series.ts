import { z } from 'zod';
import type { Scope, SeriesAnswer } from '../../../contract/analyses.ts';
import type { DimensionFilter, DimensionId } from '../../../contract/query.ts';
import { querySchema } from '../../../contract/query.ts';
import type { Range } from '../../language/calendar.ts';
import { DIMENSION_CATALOG } from '../../language/dimensions.ts';
import type { Engine } from '../../language/engine.ts';
import { Labels } from '../../language/labels.ts';
import { activity } from '../../query/activity.ts';
import { metaOf } from '../../query/meta.ts';
import { answerQuery } from '../../query/query.ts';
import { and, sql, withTables } from '../../sql/sql.ts';
import { releaseOf, rowOfSeries, seriesInfo, seriesShape, titleOf } from '../parts/catalogue.ts';
import { plus, toCount, type Whole } from '../parts/counts.ts';
import { crossingsOf } from '../parts/crossings.ts';
import { tableFor } from '../parts/facts.ts';
import { placeAmong } from '../parts/ranks.ts';
import { type AnalysisScope, scopeOf } from '../parts/scope.ts';
import { dailyViews, type SeriesDay, totalsOf, views } from '../parts/series-days.ts';
import { writeMilestone } from './milestones.ts';

/**
 * Totals and milestones are over all data, the rest over the range. A merged id answers for the series it went into.
 * @throws ProblemError `unknown_member`
 */
export async function series(
  engine: Engine,
  id: string,
  params: Pick<Scope, 'from' | 'to' | 'filters'>,
): Promise<SeriesAnswer> {
  const startedAt = performance.now();
  const scope = scopeOf(engine, params);
  const row = catalogueShape.parse(await rowOfSeries(engine, id));
  const info = seriesInfo.parse(row);
  const own = { ...scope, filters: [...scope.filters, only(info.id)] };
  const { days, choice } = await dailyViews(engine, own);
  const totals = totalsOf(days, { ...scope, releaseDay: info.releaseDay });
  return {
    series: await describe(engine, row),
    totals,
    milestones: await milestonesOf(engine, own, info, reachedBy(days)),
    platforms: await sharesBy(engine, own, 'platform'),
    regions: await sharesBy(engine, own, 'region'),
    peers: await peersOf(engine, scope, info.format, viewsWithin(days, scope.range)),
    daily: curve(days, scope.range),
    meta: metaOf({ state: engine.state, startedAt, filters: scope.filters, choice }),
  };
}

const only = (id: string): DimensionFilter => ({ dimension: 'series', op: 'in', values: [id] });

const text = z.string().nullable();
const texts = z
  .array(z.string())
  .nullable()
  .transform((list) => list ?? []);
const catalogueShape = seriesShape.extend({
  producers: texts,
  rights_holder: text,
  producer_region: text,
  genres: texts,
  channel: text,
  production: text,
  franchise: text,
  cast: texts,
  language: text,
  origin: text,
  episodes: z.number().nullable(),
  paywall_episode: z.number().nullable(),
});
type CatalogueRow = z.infer<typeof catalogueShape>;

async function describe(engine: Engine, row: CatalogueRow): Promise<SeriesAnswer['series']> {
  const { language } = engine;
  const named = async (dimension: DimensionId, ids: readonly string[]) => {
    const labels = await Labels.of(engine, dimension, ids);
    return ids.map((id) => ({ id, label: labels.of(id)[language] }));
  };
  const nameOf = async (dimension: DimensionId, text: string | null): Promise<string | null> =>
    text === null ? null : ((await named(dimension, [text]))[0]?.label ?? text);
  const info = seriesInfo.parse(row);
  const [franchise] = await named('franchise', row.franchise === null ? [] : [row.franchise]);
  return {
    series: info.id,
    series_label: titleOf(info, language),
    title: row.title,
    title_en: row.title_en,
    producers: await named('producer', row.producers),
    rights_holder: row.rights_holder,
    rights_holder_label: await nameOf('producer', row.rights_holder),
    producer_region: row.producer_region,
    producer_region_label: await nameOf('producer_region', row.producer_region),
    genres: await named('genre', row.genres),
    channel: row.channel,
    format: row.format,
    production: row.production,
    franchise: franchise ?? null,
    cast: await named('cast', row.cast),
    language: row.language,
    origin: row.origin,
    origin_label: await nameOf('origin', row.origin),
    release_at: releaseOf(info, engine.state.timeZone),
    episodes: row.episodes,
    paywall_episode: row.paywall_episode,
  };
}

const STEPS = [1, 2, 3, 5];

/** 1, 2, 3, 5 · 10^k from a million: those reached, and the next. */
export function ladder(reached: Whole): number[] {
  const rungs = Array.from({ length: 13 }, (_, k) => STEPS.map((step) => step * 10 ** (k + 6))).flat();
  const next = rungs.findIndex((rung) => rung > reached);
  return next < 0 ? rungs : rungs.slice(0, next + 1);
}

const reachedBy = (days: readonly SeriesDay[]): Whole =>
  days.reduce<Whole>((sum, day) => plus(sum, plus(day.views, day.openings)), 0);

async function milestonesOf(
  engine: Engine,
  scope: AnalysisScope,
  info: z.infer<typeof seriesInfo>,
  reached: Whole,
): Promise<SeriesAnswer['milestones']> {
  const thresholds = ladder(reached);
  const { crossings } = await crossingsOf(engine, { ...scope, measure: 'views', thresholds });
  const byThreshold = new Map(crossings.map((crossing) => [crossing.threshold, crossing]));
  return thresholds.map((threshold) => {
    const crossing = byThreshold.get(threshold);
    const reachedAt = crossing ? { beforeLog: crossing.beforeLog, bucket: crossing.bucket, platform: null } : null;
    return writeMilestone({ series: info, threshold, reached: reachedAt }, engine.state.timeZone, engine.language);
  });
}

const shareRow = z.object({
  views: z.union([z.number(), z.string()]).nullable(),
  share_of_views: z.number().nullable(),
});

async function sharesBy(engine: Engine, { range, filters }: AnalysisScope, by: 'platform' | 'region') {
  if (!engine.state.columns.has('views')) return [];
  const answer = await answerQuery(
    engine,
    querySchema.parse({
      measures: ['views', 'share_of_views'],
      dimensions: [by],
      time: { ...range },
      filters: [...filters],
    }),
  );
  return answer.rows.map((row) => {
    const { views: count, share_of_views: share } = shareRow.parse(row);
    return { id: String(row[by]), label: String(row[`${by}_label`]), views: count ?? 0, share };
  });
}

const peersRow = z.object({ n: z.number(), below: z.number(), above: z.number() });

/** Place by views within the format; none without views. */
async function peersOf(
  engine: Engine,
  { range, filters, log }: AnalysisScope,
  format: string,
  ownViews: Whole,
): Promise<SeriesAnswer['peers']> {
  const { table } = tableFor({ filters, column: 'views', ranges: [range] }, log);
  const { source } = DIMENSION_CATALOG.format;
  const member = source.level === 'series' ? source.expression : sql`s.format`;
  const sums = activity({ table, branches: [{ name: 'asked', range }], logDimensions: [], filters, sums: ['views'] });
  const [row] = await engine.all(
    withTables(
      [['a', sums]],
      sql`SELECT count(*) AS n, count(*) FILTER (WHERE a.views < ${ownViews}) AS below,
          count(*) FILTER (WHERE a.views > ${ownViews}) AS above
        FROM a JOIN series s ON s.series_key = a.series_key
        WHERE ${and([sql`a.views > 0`, sql`${member} = ${format}`])}`,
    ),
  );
  const { n, below, above } = peersRow.parse(row);
  const { percentile, reason } = ownViews <= 0 ? NO_PLACE : placeAmong(below, n);
  return {
    format,
    series: n,
    views_rank: ownViews <= 0 ? null : above + 1,
    views_percentile: percentile,
    views_percentile_reason: reason,
  };
}

const NO_PLACE = { percentile: null, reason: null };

const viewsWithin = (days: readonly SeriesDay[], range: Range): Whole =>
  views(days.filter(({ day }) => day >= range.from && day <= range.to));

/** The sum starts with the openings. */
function curve(days: readonly SeriesDay[], range: Range): SeriesAnswer['daily'] {
  let total = days.reduce<Whole>((sum, { openings }) => plus(sum, openings), 0);
  return days.flatMap((day) => {
    total = plus(total, day.views);
    if (!(day.stated || day.blank) || day.day < range.from || day.day > range.to) return [];
    return [{ day: day.day, views: day.blank ? null : toCount(day.views), cumulative_views: toCount(total) }];
  });
}
