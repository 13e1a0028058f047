import type { z } from 'zod';
import { growthParams } from '../../contract/analyses.ts';
import type { CompareAnswer, genresCompareParams, producersCompareParams } from '../../contract/analyses-depth.ts';
import { type DimensionFilter, type MeasureId, querySchema } from '../../contract/query.ts';
import { allQuoted, quoted } from '../../given.ts';
import { ProblemError } from '../../problem.ts';
import { type Comparison, periodsOf } from '../language/calendar.ts';
import { toNumber } from '../language/cells.ts';
import { DIMENSION_CATALOG } from '../language/dimensions.ts';
import type { Engine } from '../language/engine.ts';
import { fixedMembers } from '../language/labels.ts';
import { isAvailable, MEASURE_CATALOG } from '../language/measures.ts';
import type { Charts } from '../query/charts.ts';
import { answerQuery } from '../query/query.ts';
import { spreadOver } from '../query/spread.ts';
import { among, as, sql } from '../sql/sql.ts';
import { growth } from './growth.ts';
import { columnsOf, sharesOfChart } from './parts/columns.ts';
import type { Whole } from './parts/counts.ts';
import { mixOf, NO_SERIES, type Spreads, spreadsOf } from './parts/members/compare-spread.ts';
import { comparing } from './parts/members/comparing.ts';
import { type EarlyViews, medianEarlyViews } from './parts/members/early-views.ts';
import { hitRateOf, type Releases, releasesOf } from './parts/members/hit-rate.ts';
import {
  type MemberTotals,
  memberTotalsOf,
  NOTHING_SUPPLIED,
  type SeriesDimension,
  suppliedBy,
} from './parts/members/member-totals.ts';
import { namesOf } from './parts/members/members.ts';
import { ratioOf } from './parts/ratios.ts';
import type { AnalysisScope } from './parts/scope.ts';

type Params = Omit<z.infer<typeof producersCompareParams | typeof genresCompareParams>, 'by'>;

const IDS = [
  'member',
  'member_label',
  'views',
  'share_of_views',
  'growth',
  'growth_reason',
  'active_series',
  'new_series',
  'views_per_series',
  'median_views_d30',
  'completion_rate',
  'engagement_rate',
  'overseas_share',
  'ai_share',
  'series_views_min',
  'series_views_q1',
  'series_views_median',
  'series_views_q3',
  'series_views_max',
  'mature_releases',
  'hits',
  'hit_rate',
  'hit_rate_low',
  'hit_rate_high',
  'immature',
  'n',
  'few_peers',
] as const;

/** On a chart these cover only what it lists. */
const SHARES = ['share_of_views', 'overseas_share', 'ai_share', 'hit_rate', 'hit_rate_low', 'hit_rate_high'] as const;

/** Null if the data have no column for one. */
const RATES = ['completion_rate', 'engagement_rate', 'overseas_share', 'ai_share'] as const satisfies MeasureId[];

/**
 * Two to six members side by side (docs/analyses), in the order asked, with `mix` and `index` (see `growth`). If as_of
 * cuts the range, only growth uses the elapsed days.
 * @throws ProblemError `unknown_member`
 */
export const compareMembers = (
  engine: Engine,
  params: Params,
  { by, mix }: { readonly by: SeriesDimension; readonly mix: 'primary_genre' | 'producer' },
): Promise<CompareAnswer> =>
  comparing(engine, params, async (scope) => {
    const { ids } = params;
    await requireMembers(engine, by, ids);
    const { totals, all, comparison, choice, charts } = await memberTotalsOf(engine, scope, by, params.compare);
    const own = { ...scope, filters: [...scope.filters, isOneOf(by, ids)] };
    const found: Found = {
      totals: new Map(totals.map((total) => [total.member, total])),
      all,
      comparison,
      charts,
      spreads: await spreadsOf(engine, own, by),
      rates: await ratesOf(engine, own, by),
      early: await medianEarlyViews(engine, own, by, 30),
      releases: await releasesOf(engine, own, by, { threshold: params.hit_threshold, days: params.days }),
    };
    const nameOf = await namesOf(engine, by, ids);
    const { index, base } = await indexOf(engine, params, scope, by);
    const answer = {
      columns: columnsOf(IDS, {
        member_label: { label: DIMENSION_CATALOG[by].label },
        ...sharesOfChart(SHARES, charts),
      }),
      rows: ids.map((id) => ({ member: id, member_label: nameOf(id), ...figuresOf(id, found) })),
      mix: inOrder(ids, await mixOf(engine, own, by, mix)),
      index: inOrder(ids, index),
      index_base: base,
    };
    const partialPeriods = periodsOf(scope.range, params.grain, scope.log)
      .filter(({ partial }) => partial)
      .map(({ id }) => id);
    return { answer, comparison, choice, charts, countsReleases: true, partialPeriods };
  });

const isOneOf = (dimension: SeriesDimension, values: readonly string[]): DimensionFilter => ({
  dimension,
  op: 'in',
  values: [...values],
});

const inOrder = <T extends { readonly member: string }>(ids: readonly string[], rows: readonly T[]): T[] =>
  ids.flatMap((id) => rows.filter((row) => row.member === id));

type Rates = Readonly<Record<(typeof RATES)[number], number | null>>;

interface Found {
  readonly totals: ReadonlyMap<string, MemberTotals>;
  /** Of all members, each series once. */
  readonly all: Whole;
  readonly comparison: Comparison;
  readonly charts: Charts | null;
  readonly spreads: ReadonlyMap<string, Spreads>;
  readonly rates: ReadonlyMap<string, Rates>;
  readonly early: ReadonlyMap<string, EarlyViews>;
  readonly releases: ReadonlyMap<string, Releases>;
}

const NO_RATES: Rates = { completion_rate: null, engagement_rate: null, overseas_share: null, ai_share: null };

function figuresOf(id: string, found: Found) {
  const listed = found.totals.get(id);
  const absent = listed === undefined && found.charts?.absentNow === true;
  const total = listed ?? { ...NOTHING_SUPPLIED, offChart: absent };
  return {
    ...suppliedBy(total, found.comparison),
    ...(absent ? { views: null } : {}),
    share_of_views: absent ? null : ratioOf(total.views, found.all),
    views_per_series: ratioOf(total.views, total.active),
    median_views_d30: found.early.get(id)?.median ?? null,
    ...(found.rates.get(id) ?? NO_RATES),
    ...(found.spreads.get(id) ?? NO_SERIES),
    ...hitRateOf(found.releases, id),
  };
}

/** @throws ProblemError `unknown_member` */
async function requireMembers(engine: Engine, by: SeriesDimension, ids: readonly string[]): Promise<void> {
  const { joins, member } = spreadOver(by, 's');
  const rows = await engine.all(
    sql`SELECT DISTINCT ${as(member, 'member')} FROM series s ${joins} WHERE ${among(member, ids)}`,
  );
  const known = new Set([...rows.map((row) => String(row.member)), ...(by === 'format' ? fixedMembers(by) : [])]);
  const unknown = ids.filter((id) => !known.has(id));
  if (unknown.length === 0) return;
  const name = DIMENSION_CATALOG[by].label.zh;
  throw new ProblemError(
    'unknown_member',
    {
      en: `No series of the catalogue has the ${by} ${allQuoted(unknown).en}. GET /api/v1/members/${by}?search= finds ids.`,
      zh: `剧集目录中没有${name}${allQuoted(unknown).zh}；可用 GET /api/v1/members/${by}?search= 查找编号。`,
    },
    unknown.map((id) => ({
      path: 'ids',
      message: { en: `unknown ${by} ${quoted(id).en}`, zh: `没有${name}${quoted(id).zh}` },
    })),
  );
}

async function ratesOf(
  engine: Engine,
  { range, filters }: AnalysisScope,
  by: SeriesDimension,
): Promise<ReadonlyMap<string, Rates>> {
  const available = RATES.filter((id) => isAvailable(MEASURE_CATALOG[id], engine.state.columns));
  if (available.length === 0) return new Map();
  const answer = await answerQuery(
    engine,
    querySchema.parse({ measures: available, dimensions: [by], time: { ...range }, filters: [...filters] }),
  );
  return new Map(
    answer.rows.map((row) => [
      String(row[by]),
      {
        completion_rate: toNumber(row.completion_rate),
        engagement_rate: toNumber(row.engagement_rate),
        overseas_share: toNumber(row.overseas_share),
        ai_share: toNumber(row.ai_share),
      },
    ]),
  );
}

/** If a series has several members, each asked one is a question of its own: others would come along. */
async function indexOf(engine: Engine, params: Params, scope: AnalysisScope, by: SeriesDimension) {
  const { range, log } = scope;
  const periods = periodsOf(range, params.grain, log);
  const base = (periods.find(({ partial }) => !partial) ?? periods[0])?.id ?? range.from;
  const asked = growthParams.parse({ ...range, grain: params.grain, base, limit: params.ids.length });
  const several = DIMENSION_CATALOG[by].source.level === 'members';
  const answers = several
    ? await inTurn(params.ids, async (id) => {
        const { rows } = await growth(engine, { ...asked, filters: [...scope.filters, isOneOf(by, [id])] });
        return rows.map((row) => ({ ...row, member: id }));
      })
    : [(await growth(engine, { ...asked, by, filters: [...scope.filters, isOneOf(by, params.ids)] })).rows];
  const index = answers.flat().map(({ member, period, value, index: over, partial }) => ({
    member,
    period,
    value,
    index: over,
    partial,
  }));
  return { index, base };
}

/** A connection runs one statement at a time. */
async function inTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  for (const item of items) done.push(await work(item));
  return done;
}
