import {
  clubParams,
  decompositionParams,
  genresParams,
  growthParams,
  moversParams,
  producersParams,
  scopeSchema,
} from '../../server/contract/analyses.ts';
import { type QueryInput, querySchema } from '../../server/contract/query.ts';
import { catalog } from '../../server/metrics/analyses/catalog.ts';
import { club } from '../../server/metrics/analyses/club.ts';
import { decomposition } from '../../server/metrics/analyses/decomposition.ts';
import { genres } from '../../server/metrics/analyses/genres.ts';
import { growth } from '../../server/metrics/analyses/growth.ts';
import { movers } from '../../server/metrics/analyses/movers.ts';
import { producers } from '../../server/metrics/analyses/producers.ts';
import { series } from '../../server/metrics/analyses/series.ts';
import { addDays, previousPeriod, type Range } from '../../server/metrics/language/calendar.ts';
import type { Engine } from '../../server/metrics/language/engine.ts';
import { answerQuery } from '../../server/metrics/query/query.ts';

export type PageQuery = (engine: Engine) => Promise<unknown>;
/** All that a page asks for one month: (month, span of the log, the largest series). */
export type PageQueries = (month: Range, span: Range, top: readonly string[]) => readonly PageQuery[];

const ask =
  (query: QueryInput): PageQuery =>
  (engine) =>
    answerQuery(engine, querySchema.parse(query));

/** The twelve months that end with this one, where the log has them. */
function year(month: Range, span: Range): Range {
  const from = `${addDays(month.to, -364).slice(0, 7)}-01`;
  return { from: from < span.from ? span.from : from, to: month.to };
}

const KPIS: QueryInput['measures'] = ['views', 'active_series', 'overseas_share', 'ai_share'];

const ACTIVE: QueryInput['filters'] = [{ measure: 'views', op: 'gt', value: 0 }];

/** What each page asks on a visit with its default filters, as seen in the browser's network log. */
export const PAGES: Readonly<Record<string, PageQueries>> = {
  overview: (month, span) => [
    catalog,
    ask({ measures: KPIS, compare: 'previous_period', time: month }),
    ask({ measures: KPIS, time: { ...year(month, span), grain: 'month' } }),
    ask({ measures: ['views'], dimensions: ['format'], time: { ...year(month, span), grain: 'month' } }),
    (engine) => club(engine, clubParams.parse(year(month, span))),
    ...(['format', 'primary_genre', 'producer'] as const).map(
      (by): PageQuery =>
        (engine) =>
          movers(engine, moversParams.parse({ ...month, by })),
    ),
  ],
  club: (month, span, top) => [
    catalog,
    (engine) => club(engine, clubParams.parse(month)),
    (engine) => club(engine, clubParams.parse(span)),
    ask({
      measures: ['views'],
      dimensions: ['series', 'day_since_release'],
      time: span,
      filters: [{ dimension: 'series', op: 'in', values: [...top] }],
    }),
  ],
  series: (month) => [
    catalog,
    ask({
      measures: [
        'views',
        'share_of_views',
        'cumulative_views',
        'views_d1',
        'views_d7',
        'views_d30',
        'views_per_episode_d30',
        'completion_rate',
        'engagement_rate',
        'avg_watch_seconds',
      ],
      dimensions: ['series', 'producer', 'primary_genre', 'format'],
      time: month,
      filters: ACTIVE,
    }),
    ask({ measures: ['views'], dimensions: ['series'], compare: 'previous_period', time: month, filters: ACTIVE }),
  ],
  'one series': (month, _span, top) => [catalog, (engine) => series(engine, top[0] ?? '', scopeSchema.parse(month))],
  genres: (month, span) => [
    catalog,
    (engine) => genres(engine, genresParams.parse(month)),
    (engine) => growth(engine, growthParams.parse({ ...year(month, span), by: 'primary_genre', limit: 7 })),
    ask({ measures: ['views'], dimensions: ['primary_genre', 'format'], time: month }),
    ask({ measures: ['views'], dimensions: ['series', 'primary_genre'], time: month }),
  ],
  producers: (month) => [catalog, (engine) => producers(engine, producersParams.parse(month))],
  growth: (month, span) => [
    catalog,
    (engine) => growth(engine, growthParams.parse({ ...year(month, span), by: 'format', limit: 12 })),
    (engine) => {
      const base = previousPeriod(month);
      return decomposition(engine, decompositionParams.parse({ ...month, base_from: base.from, base_to: base.to }));
    },
    (engine) => movers(engine, moversParams.parse({ ...month, by: 'format' })),
  ],
};
