import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { recorded, recordedCatalog } from '../../../../scripts/figures/answers.ts';
import { SIGHTS } from '../../../../scripts/figures/looks.ts';
import type { MoversAnswer } from '../../../../server/contract/analyses.ts';
import type { CompareAnswer } from '../../../../server/contract/analyses-depth.ts';
import type { ChartContext, ChartOption } from '../../../../web/charts/frame.ts';
import { LIGHT_LOOK } from '../../../../web/charts/look.ts';
import { hasMarks, litIn, markAt } from '../../../../web/charts/parts/markPlaces.ts';
import { FIGURES } from '../../../../web/figures/all.ts';
import { behind, canNarrow } from '../../../../web/figures/behind.ts';
import { clubByProducer } from '../../../../web/figures/club/byProducer.ts';
import { clubPerMonth } from '../../../../web/figures/club/perMonth.ts';
import { clubRace } from '../../../../web/figures/club/race.ts';
import { clubTimeline } from '../../../../web/figures/club/timeline.ts';
import { compareAges } from '../../../../web/figures/compare/ages.ts';
import { compareIndex } from '../../../../web/figures/compare/indexOverTime.ts';
import { compareMix } from '../../../../web/figures/compare/mix.ts';
import { dataCoverage } from '../../../../web/figures/data/coverage.ts';
import { type Answers, type Figure, tell } from '../../../../web/figures/figure.ts';
import { formatsGenreMix } from '../../../../web/figures/formats/genreMix.ts';
import { formatsMix } from '../../../../web/figures/formats/mix.ts';
import { formatsOngoing } from '../../../../web/figures/formats/ongoing.ts';
import { formatsReleases } from '../../../../web/figures/formats/releases.ts';
import { genresAges } from '../../../../web/figures/genres/ages.ts';
import { genreFormat } from '../../../../web/figures/genres/genreFormat.ts';
import { genresSpread } from '../../../../web/figures/genres/spread.ts';
import { supplyDemand } from '../../../../web/figures/genres/supplyDemand.ts';
import { genresTrend } from '../../../../web/figures/genres/trend.ts';
import { growthCohorts } from '../../../../web/figures/growth/cohorts.ts';
import { growthDecomposition } from '../../../../web/figures/growth/decomposition.ts';
import { growthIndex } from '../../../../web/figures/growth/indexOverTime.ts';
import { growthMovers } from '../../../../web/figures/growth/movers.ts';
import { producerAges } from '../../../../web/figures/member/ages.ts';
import { genreViews, producerShare, producerViews } from '../../../../web/figures/member/course.ts';
import { genreMix, producerMix } from '../../../../web/figures/member/mix.ts';
import { genreSpread } from '../../../../web/figures/member/spread.ts';
import { overseasCurves } from '../../../../web/figures/overseas/curves.ts';
import { overseasRegionGenre } from '../../../../web/figures/overseas/regionGenre.ts';
import { overseasMap } from '../../../../web/figures/overseas/regions.ts';
import { overseasShare } from '../../../../web/figures/overseas/share.ts';
import { overseasTotals } from '../../../../web/figures/overseas/totals.ts';
import { overviewFormats } from '../../../../web/figures/overview/formats.ts';
import { genreMovers, producerMovers } from '../../../../web/figures/overview/movers.ts';
import { producerClub } from '../../../../web/figures/producers/clubMembers.ts';
import { producerShares } from '../../../../web/figures/producers/shares.ts';
import { seriesCumulative } from '../../../../web/figures/series/cumulative.ts';
import { seriesDaily } from '../../../../web/figures/series/daily.ts';
import { seriesPeers } from '../../../../web/figures/series/peers.ts';
import { seriesRanks } from '../../../../web/figures/series/ranks.ts';
import { seriesPlatforms, seriesRegions } from '../../../../web/figures/series/shares.ts';
import { keysOf } from '../../../../web/filters/marks.ts';
import { comparedRow } from './comparedRow.ts';
import {
  clubOf,
  cohortsOf,
  coverageOf,
  curvesOf,
  decompositionOf,
  genresOf,
  growthOf,
  leagueOf,
  milestonesOf,
  moversOf,
  ranksOf,
  seriesOf,
} from './small.ts';
import { answer, meta, scopeOf, told } from './told.ts';

const context: ChartContext = { look: LIGHT_LOOK, language: 'en', width: 900, height: 400, motion: false };

interface Drawn {
  option: ChartOption;
  /** What the table's rows stand for, and its columns. */
  rows: (string | undefined)[];
  columns: string[];
}

function drawn<P extends z.ZodObject, A extends Answers, D>(figure: Figure<P, A, D>, answers: A, address = {}): Drawn {
  const { drawn } = told(figure, answers, address).en;
  if (drawn === undefined) throw new Error(`${figure.id} draws nothing`);
  const { marks = [], columns } = drawn.table;
  return {
    option: figure.draws(drawn.data, context),
    rows: marks.map((mark) => (mark === undefined ? undefined : keysOf(mark).join())),
    columns: columns.flatMap(({ mark }) => (mark === undefined ? [] : [keysOf(mark).join()])),
  };
}

/** What is found in the option, wherever it stands: series, their data, texts. */
function marksIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = markAt({ graphic: { elements: [] } }, { data: value });
  return [...(own === undefined ? [] : [keysOf(own).join()]), ...Object.values(value).flatMap(marksIn)];
}
const marksOf = (option: ChartOption): string[] => [...new Set(marksIn(option))].toSorted();

const OCTOBER = 'time:2025-10-01..2025-10-31';
const views = answer([
  { series: 's1', series_label: 'One', primary_genre: 'urban', format: 'comic', views: 3 },
  { series: 's2', series_label: 'Two', primary_genre: 'urban', format: 'comic', views: 5 },
]);
const movers: { movers: MoversAnswer } = { movers: moversOf(['a', 3], ['b', -2]) };

const at = (period: string, more: Record<string, string | number>) => ({ period, ...more });
const formats = answer([
  at('2025-09-01', { format: 'comic', format_label: 'Comic', share_of_views: 0.4, views: 4, active_series: 4 }),
  at('2025-09-01', { format: 'ai', format_label: 'AI', share_of_views: 0.6, views: 6, active_series: 6 }),
  at('2025-10-01', { format: 'comic', format_label: 'Comic', share_of_views: 0.5, views: 5, active_series: 5 }),
  at('2025-10-01', { format: 'ai', format_label: 'AI', share_of_views: 0.5, views: 5, active_series: 5 }),
]);
const regions = answer([
  { region: 'US', region_label: 'United States', primary_genre: 'urban', views: 9, share_of_views: 0.9 },
]);
const spreadsOf = (...members: string[]): CompareAnswer => {
  const spread = { series_views_min: 1, series_views_q1: 2, series_views_median: 3, series_views_q3: 4 };
  const rows = members.map((member) => comparedRow(member, { ...spread, series_views_max: 5 }));
  return { columns: [], meta, rows, mix: [], index: [], index_base: '2025-09-01' };
};
const course = (dimension: string, id: string) => ({
  own: answer([at('2025-10-01', { [dimension]: id, [`${dimension}_label`]: id, views: 2 })]),
  all: answer([at('2025-10-01', { views: 4 })]),
});
const mix = (part: string, id: string) => ({
  own: answer([{ [part]: id, [`${part}_label`]: id, views: 2, share_of_views: 0.5 }]),
  all: answer([{ [part]: id, share_of_views: 0.2 }]),
});

const DRAWN: Readonly<Record<string, () => Drawn>> = {
  'overview.formats': () =>
    drawn(overviewFormats, {
      views: answer([{ period: '2025-10-01', format: 'comic', format_label: 'Comic', views: 5 }]),
    }),
  'overview.genre_movers': () => drawn(genreMovers, movers),
  'overview.producer_movers': () => drawn(producerMovers, movers),
  'club.race': () =>
    drawn(clubRace, { club: clubOf('s1'), curves: answer([{ series: 's1', day_since_release: '0', views: 5 }]) }),
  'club.by_producer': () => drawn(clubByProducer, { club: clubOf('s1') }),
  'club.per_month': () => drawn(clubPerMonth, { ever: clubOf('s1') }),
  'series.cumulative': () => drawn(seriesCumulative, seriesOf()),
  'series.daily': () =>
    drawn(seriesDaily, {
      ...seriesOf(),
      anomalies: { columns: [], meta, rows: [], series_examined: 1, not_judged: [] },
    }),
  'series.platforms': () => drawn(seriesPlatforms, seriesOf()),
  'series.regions': () => drawn(seriesRegions, seriesOf()),
  'genres.supply_demand': () => drawn(supplyDemand, { genres: genresOf('urban', '(unknown)') }),
  'genres.trend': () => drawn(genresTrend, { growth: growthOf('urban') }, { by: 'primary_genre' }),
  'genres.spread': () => drawn(genresSpread, { views }),
  'genres.genre_format': () => drawn(genreFormat, { views }),
  'producers.shares': () => drawn(producerShares, leagueOf('p1')),
  'producers.club': () => drawn(producerClub, leagueOf('p1')),
  'growth.index': () => drawn(growthIndex, { growth: growthOf('comic') }),
  'growth.decomposition': () => drawn(growthDecomposition, { change: decompositionOf() }),
  'growth.movers': () => drawn(growthMovers, movers),
  'data.coverage': () => drawn(dataCoverage, coverageOf()),
  'club.timeline': () => drawn(clubTimeline, { club: clubOf('s1'), milestones: milestonesOf('s1') }),
  'genres.ages': () => drawn(genresAges, { curves: curvesOf('urban') }),
  'growth.cohorts': () => drawn(growthCohorts, { cohorts: cohortsOf('2025-09-01') }),
  'formats.mix': () => drawn(formatsMix, { shares: formats }),
  'formats.ongoing': () => drawn(formatsOngoing, { course: formats, whole: formats }),
  'formats.releases': () =>
    drawn(formatsReleases, { releases: answer([at('2025-10-01', { production: 'ai', new_series: 3 })]) }),
  'formats.genre_mix': () =>
    drawn(formatsGenreMix, { formats, genres: answer([{ genre: 'urban', views: 5, active_series: 30 }]) }),
  'overseas.map': () => drawn(overseasMap, { regions, markets: answer([]) }),
  'overseas.share': () =>
    drawn(overseasShare, {
      whole: answer([{ overseas_share: 0.2 }]),
      course: answer([at('2025-10-01', { overseas_share: 0.2 })]),
    }),
  'overseas.totals': () =>
    drawn(overseasTotals, {
      whole: answer([{ market: 'overseas', views: 5 }]),
      course: answer([at('2025-10-01', { market: 'overseas', market_label: 'Overseas', views: 5 })]),
    }),
  'overseas.curves': () => drawn(overseasCurves, { curves: curvesOf('overseas') }),
  'overseas.region_genre': () => drawn(overseasRegionGenre, { views: regions }),
  'producer.views': () => drawn(producerViews, course('producer', 'p1'), { id: 'p1' }),
  'producer.share': () => drawn(producerShare, course('producer', 'p1'), { id: 'p1' }),
  'producer.mix': () => drawn(producerMix, mix('primary_genre', 'urban'), { id: 'p1' }),
  'producer.ages': () =>
    drawn(
      producerAges,
      { top: answer([{ series: 's1' }]), all: curvesOf('(total)'), own: curvesOf('s1', 5) },
      { id: 'p1' },
    ),
  'compare.ages': () => drawn(compareAges, { curves: curvesOf('p1') }, { producer: 'p1,p2' }),
  'compare.index': () => drawn(compareIndex, { growth: growthOf('p1') }, { producer: 'p1,p2' }),
  'compare.mix': () =>
    drawn(
      compareMix,
      { platforms: answer([{ series: 's1', platform: 'douyin', platform_label: 'Douyin', views: 3 }]) },
      { series: 's1,s2' },
    ),
  'series.peers': () => drawn(seriesPeers, { ...seriesOf(), own: curvesOf('s1', 5), every: curvesOf('(total)') }),
  'series.ranks': () => drawn(seriesRanks, { ...seriesOf(), months: ranksOf('2025-09-01', '2025-10-01') }),
  'genre.views': () => drawn(genreViews, course('primary_genre', 'urban'), { id: 'urban' }),
  'genre.mix': () => drawn(genreMix, mix('format', 'comic'), { id: 'urban' }),
  'genre.spread': () =>
    drawn(genreSpread, { genres: genresOf('urban', 'rural'), compare: spreadsOf('urban', 'rural') }, { id: 'urban' }),
};

/** What each figure's marks stand for. */
const MARKS: Readonly<Record<string, readonly string[]>> = {
  'overview.formats': ['format:comic', `format:comic,${OCTOBER}`],
  'overview.genre_movers': ['primary_genre:a', 'primary_genre:b'],
  'overview.producer_movers': ['producer:a', 'producer:b'],
  'club.race': ['series:s1'],
  'club.by_producer': ['producer:p1'],
  'club.per_month': ['producer:p1', `producer:p1,${OCTOBER}`],
  'series.cumulative': ['series:s1'],
  'series.daily': ['series:s1', 'series:s1,time:2025-10-01..2025-10-01', 'series:s1,time:2025-10-02..2025-10-02'],
  'series.platforms': ['platform:douyin'],
  'series.regions': ['region:US'],
  'genres.supply_demand': ['primary_genre:(unknown)', 'primary_genre:urban'],
  'genres.trend': ['primary_genre:urban'],
  'genres.spread': ['primary_genre:urban'],
  'genres.genre_format': ['format:comic', 'primary_genre:urban', 'primary_genre:urban,format:comic'],
  'producers.shares': ['producer:p1'],
  'producers.club': ['producer:p1'],
  'growth.index': ['format:comic'],
  'growth.decomposition': ['time:2025-09-01..2025-09-30', OCTOBER],
  'growth.movers': ['format:a', 'format:b'],
  'data.coverage': ['source:log', 'source:log,time:2025-08-01..2025-08-02'],
  'club.timeline': ['series:s1'],
  'genres.ages': ['primary_genre:urban'],
  'growth.cohorts': ['release_month:2025-09-01'],
  'formats.mix': ['format:ai', 'format:comic'],
  'formats.ongoing': ['format:ai', 'format:comic'],
  'formats.releases': ['production:ai', `production:ai,${OCTOBER}`],
  'formats.genre_mix': ['genre:urban,format:comic'],
  'overseas.map': ['region:US'],
  'overseas.totals': ['market:overseas', `market:overseas,${OCTOBER}`],
  'overseas.share': ['market:overseas'],
  'overseas.curves': ['market:overseas'],
  'overseas.region_genre': ['primary_genre:urban', 'region:US', 'region:US,primary_genre:urban'],
  'producer.views': ['producer:p1', `producer:p1,${OCTOBER}`],
  'producer.share': ['producer:p1'],
  'producer.mix': ['primary_genre:urban'],
  'producer.ages': ['series:s1'],
  'compare.ages': ['producer:p1'],
  'compare.index': ['producer:p1'],
  'compare.mix': ['platform:douyin', 'platform:douyin,series:s1', 'series:s1', 'series:s2'],
  'series.peers': ['series:s1'],
  'series.ranks': ['series:s1'],
  'genre.views': ['primary_genre:urban', `primary_genre:urban,${OCTOBER}`],
  'genre.mix': ['format:comic'],
  'genre.spread': ['primary_genre:rural', 'primary_genre:urban'],
};

/** Figures of measures, or of one member alone on its page: nothing in them leads on. */
const OF_MEASURES = [
  'genres.concentration',
  'genre.concentration',
  'genre.balance',
  'genre.ages',
  'formats.made_by_ai',
  'series.forecast',
  'series.retention',
];

/** Its own page's member is named by the page. */
const OWN = /^series\.\w+ series:|^producer\.\w+ producer:|^genre\.views primary_genre:|^overseas\.share market:/u;

describe('what marks stand for', () => {
  it('is said by every figure, or is known to be nothing', () => {
    const ids = FIGURES.map(({ id }) => id).toSorted();
    expect([...Object.keys(MARKS), ...OF_MEASURES].toSorted()).toEqual(ids);
    expect(Object.keys(DRAWN).toSorted()).toEqual(Object.keys(MARKS).toSorted());
  });

  it.each(Object.keys(MARKS))('%s: in its drawing', (id) => {
    const option = DRAWN[id]?.().option ?? { graphic: { elements: [] } };
    expect(marksOf(option)).toEqual(MARKS[id]);
    expect(hasMarks(option)).toBe(true);
  });

  it.each(Object.keys(MARKS))('%s: in its table, so that a keyboard reaches the same', (id) => {
    const one = DRAWN[id]?.();
    const said = [...(one?.rows ?? []), ...(one?.columns ?? [])].join();
    const members = (MARKS[id] ?? []).flatMap((key) => key.split(',')).filter((key) => !key.startsWith('time:'));
    for (const key of members) if (!OWN.test(`${id} ${key}`)) expect(said).toContain(key);
    expect(one?.rows.length === 0 || (one?.rows.some((row) => row !== undefined) ?? false)).toBe(true);
  });

  it.each(OF_MEASURES)('%s: nothing, of answers as a server gives them', async (id) => {
    const catalog = recordedCatalog();
    for (const sight of SIGHTS.filter(({ figure }) => figure.id === id)) {
      const option = await sight.figure.take(async (figure) => {
        const { scope, answers } = await recorded(sight, figure, 'en', catalog);
        const { drawn } = tell(figure, scope, answers);
        return drawn === undefined ? undefined : figure.draws(drawn.data, context);
      });
      expect(option).toBeDefined();
      expect(marksIn(option)).toEqual([]);
    }
  });

  it('is nothing for the whole, and for the rest', () => {
    expect(marksOf(drawn(growthIndex, { growth: growthOf('(total)') }, { by: 'none' }).option)).toEqual([]);
    expect(marksOf(drawn(genreMovers, { movers: moversOf(['(others)', 3], ['(others)', 2]) }).option)).toEqual([]);
  });
});

describe('a member in a drawn chart', () => {
  it('is a whole line, or one of the bars', () => {
    const race = DRAWN['club.race']?.().option ?? { graphic: { elements: [] } };
    expect(litIn(race, 'series:s1')).toEqual([{ seriesId: 'member s1', notBlur: false }]);
    const bars = DRAWN['growth.movers']?.().option ?? { graphic: { elements: [] } };
    expect(litIn(bars, 'format:b')).toEqual([{ seriesId: 'movers', dataIndex: [1], notBlur: false }]);
    expect(litIn(bars, 'format:c')).toEqual([]);
  });

  it('is found by what ECharts tells of the pointer: a datum, a line by its name, a text', () => {
    const race = DRAWN['club.race']?.().option ?? { graphic: { elements: [] } };
    const found = (event: unknown) => markAt(race, event)?.members[0]?.id;
    expect(found({ componentType: 'series', seriesName: 'member s1' })).toBe('s1');
    expect(found({ componentType: 'series', seriesId: 'member s1', data: { value: 1 } })).toBe('s1');
    expect(found({ componentType: 'graphic', info: { mark: { members: [{ id: 'x' }] } } })).toBe('x');
    expect(found({ componentType: 'series', seriesName: 'member s2' })).toBeUndefined();
    expect(found(null)).toBeUndefined();
  });
});

describe('the rows behind a mark', () => {
  const mark = {
    members: [{ dimension: 'producer' as const, id: 'p1', label: '' }],
    span: { from: '2025-09-01', to: '2025-09-30' },
  };

  it('are those of the figure’s own question, of the mark alone', () => {
    const { club } = clubByProducer.asks(scopeOf(clubByProducer, { format: 'comic' }), {});
    expect(behind(club, mark).given).toMatchObject({
      threshold: 1e9,
      from: '2025-09-01',
      to: '2025-09-30',
      explain: 'true',
      filters: [
        { dimension: 'format', op: 'in', values: ['comic'] },
        { dimension: 'producer', op: 'in', values: ['p1'] },
      ],
    });
    const { views } = genreFormat.asks(scopeOf(genreFormat), {});
    expect(behind(views, { members: mark.members }).body).toMatchObject({
      explain: true,
      time: { from: '2025-10-01', to: '2025-10-31' },
      filters: [{ dimension: 'producer', op: 'in', values: ['p1'] }],
    });
  });

  it('cannot be asked of what is of the whole log', () => {
    expect(canNarrow(dataCoverage.asks(scopeOf(dataCoverage), {}).coverage)).toBe(false);
  });
});
