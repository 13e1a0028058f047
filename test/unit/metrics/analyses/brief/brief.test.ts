import express from 'express';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { briefAnswer, type Finding, type FindingQuery } from '../../../../../server/contract/analyses-outlook.ts';
import { querySchema } from '../../../../../server/contract/query.ts';
import { answerLimits } from '../../../../../server/http/answer-limits.ts';
import { problemHandler } from '../../../../../server/http/problem.ts';
import { analysisRoutes } from '../../../../../server/http/routes/analyses.ts';
import {
  type Candidate,
  postQuery,
  rankFindings,
  rarity,
  surpriseOf,
} from '../../../../../server/metrics/analyses/brief/brief-finding.ts';
import { addDays } from '../../../../../server/metrics/language/calendar.ts';
import { answerQuery } from '../../../../../server/metrics/query/query.ts';
import type { Warehouse } from '../../../../../server/warehouse/warehouse.ts';
import {
  type Fixture,
  type FixtureRow,
  type FixtureSeries,
  loadFixture,
  openFixture,
  withEngine,
} from '../../fixture.ts';
import { listen } from '../listen.ts';

const MONTHS = ['2025-03', '2025-04', '2025-05', '2025-06', '2025-07', '2025-08', '2025-09', '2025-10'];
const STEADY = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const COMIC_ON_DOUYIN = [100, 120, 150, 180, 200, 270, 350, 600].map((thousands) => thousands * 1000);

/**
 * Eight months. Comic series on Douyin have 600,000 views in October and 200,000 in July; other views stay as they are.
 * Two series pass a million in October (one of house A with 500,000 in its first hours), one of house B did in August.
 */
function world(change: { comicInOctober?: number; secondHit?: boolean } = {}): Fixture {
  const { comicInOctober = 600_000, secondHit = true } = change;
  const series: FixtureSeries[] = [
    {
      id: 'hit1',
      title: '大戏',
      titleEn: 'Big Hit',
      producers: ['A'],
      genres: ['family'],
      format: 'live_action',
      release: '2025-10-03T00:00:00+08:00',
    },
    { id: 'hit2', title: '二戏', producers: ['A'], genres: ['family'], format: 'live_action', release: '2025-10-10' },
    { id: 'old', title: '旧戏', producers: ['B'], genres: ['urban'], format: 'live_action', release: '2025-08-02' },
  ];
  const rows: FixtureRow[] = [
    { series: 'hit1', at: '2025-10-03T09:00:00+08:00', views: 500_000, heat: 200_000 },
    { series: 'hit1', day: '2025-10-06', views: 700_000 },
    { series: 'hit2', day: '2025-10-12', views: secondHit ? 1_100_000 : 90_000 },
    { series: 'old', day: '2025-08-02', views: 400_000 },
    { series: 'old', day: '2025-08-12', views: 800_000 },
  ];
  MONTHS.forEach((month, m) => {
    for (const i of STEADY) rows.push({ series: `steady${i}`, day: `${month}-05`, views: 300_000 });
    rows.push({
      series: 'steady0',
      day: `${month}-06`,
      views: 40_000 + 2_000 * m,
      platform: 'reelshort',
      region: 'US',
    });
    // One more comic series each month.
    const comics = Array.from({ length: m + 2 }, (_, i) => `comic${i}`);
    const views = m === 7 ? comicInOctober : (COMIC_ON_DOUYIN[m] ?? 0);
    comics.forEach((id, i) => {
      const part = Math.floor(views / comics.length);
      rows.push({
        series: id,
        day: `${month}-15`,
        platform: 'douyin',
        views: i === 0 ? views - part * (comics.length - 1) : part,
      });
    });
  });
  for (const i of STEADY) series.push({ id: `steady${i}`, producers: ['B'], genres: ['urban'], format: 'live_action' });
  for (let i = 0; i < 9; i++) {
    series.push({
      id: `comic${i}`,
      producers: ['C'],
      genres: [i % 3 === 0 ? 'xianxia' : 'fantasy'],
      format: 'comic',
      production: 'ai',
    });
  }
  // The log's ends: whole months.
  rows.push({ series: 'steady0', day: '2025-03-01', views: 0 }, { series: 'steady0', day: '2025-10-31', views: 0 });
  return { series, rows };
}

let warehouse: Warehouse;
let base: string;
let stop: () => void;
beforeAll(async () => {
  warehouse = await openFixture(world());
  const app = express();
  app.use(express.json());
  app.use('/api/v1', analysisRoutes({ warehouse, limits: answerLimits(30) }));
  app.post('/api/v1/query', async (req, res) => {
    const query = querySchema.parse(req.body);
    res.json(await withEngine(warehouse, (engine) => answerQuery(engine, query)));
  });
  app.use(problemHandler(pino({ level: 'silent' })));
  ({ base, stop } = listen(app));
});
afterAll(async () => {
  stop();
  await warehouse.close();
});

const get = async (path: string) => {
  const response = await fetch(base + path);
  return { status: response.status, body: (await response.json()) as unknown };
};
const briefOf = async (query = 'month=2025-10&limit=50') =>
  briefAnswer.parse((await get(`/api/v1/brief?${query}`)).body);
const found = (findings: readonly Finding[], start: string) => {
  const finding = findings.find(({ id }) => id.startsWith(start));
  if (!finding) throw new Error(`no finding ${start} among ${findings.map(({ id }) => id).join(', ')}`);
  return finding;
};

/** Asks what a finding says it was asked from, as a stranger would. */
async function rerun(query: FindingQuery): Promise<Record<string, unknown>[]> {
  const response =
    query.method === 'GET'
      ? await fetch(`${base}${query.path}?${new URLSearchParams(query.params)}`)
      : await fetch(base + query.path, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(query.body),
        });
  const body: unknown = await response.json();
  expect(response.status, JSON.stringify(body)).toBe(200);
  return z.object({ rows: z.array(z.record(z.string(), z.unknown())) }).parse(body).rows;
}

describe('the brief of a month', () => {
  test('tells who crossed and who made them, and what grew by a whole multiple', async () => {
    const { rows } = await briefOf();
    expect(found(rows, 'club').sentence).toEqual({
      en: 'In October 2025 two series broke 1M views, all by A.',
      zh: '2025年10月，2 部短剧播放量突破 100万，均由A承制。',
    });
    expect(found(rows, 'growth:comic').sentence).toEqual({
      en: 'Comic views on douyin in October 2025 were three times July’s.',
      zh: '2025年10月，douyin 上漫剧的播放量是7月的 3 倍。',
    });
  });

  test('tells a launch by heat and views within 24 hours, and how far it went', async () => {
    const { rows } = await briefOf();
    expect(found(rows, 'launch:hit1').sentence).toEqual({
      en: 'Big Hit reached 100K in both platform heat index and total views within 24 hours and passed 1M views on day 4.',
      zh: '《大戏》上线 24 小时内热度与播放量双双破 10万，第 4 天播放量突破 100万。',
    });
  });

  test('counts the comic series of five months and the genres that set them apart', async () => {
    const { rows } = await briefOf();
    const supply = found(rows, 'supply:comic');
    expect(supply.sentence.en).toBe(
      'Over the past five months nine comic series were ongoing, all of them fantasy and xianxia.',
    );
    const [further] = supply.also;
    expect(further && (await rerun(further))[0]).toMatchObject({ active_series: 9 });
  });

  test.each([
    ['of all rows', []],
    ['of a format', [{ dimension: 'format', op: 'in', values: ['live_action'] }]],
    ['of a market', [{ dimension: 'market', op: 'in', values: ['domestic'] }]],
  ])('every finding’s query gives its value again: %s', async (_name, filters) => {
    const { rows } = await briefOf(`month=2025-10&limit=50&filters=${JSON.stringify(filters)}`);
    expect(new Set(rows.map(({ kind }) => kind)).size).toBeGreaterThan(filters.length > 0 ? 4 : 6);
    for (const finding of rows) {
      const again = await rerun(finding.query);
      const member = finding.id.split(':')[1];
      const own = again.find((row) => row.member === member);
      const ofMonth = again.find((row) => row.period === '2025-10-01');
      const numbers: Partial<Record<Finding['kind'], unknown>> = {
        club: again.length,
        launch: again.filter(({ reached }) => reached).at(-1)?.threshold,
        milestone: again.find(({ reached }) => reached)?.threshold,
        fastest: again[0]?.days_to,
        growth: Number(ofMonth?.index) / 100,
        supply: again[0]?.active_series,
        opportunity: own?.opportunity_index,
        producer: Number(own?.value) / Number(own?.previous),
        genre: Number(own?.value) / Number(own?.previous),
        concentration: ofMonth?.cr10,
        total: ofMonth?.views,
        format_mix: again.find((row) => row.period === '2025-10-01' && row.format === member)?.share_of_views,
      };
      const value = finding.kind in numbers ? numbers[finding.kind] : ofMonth?.[finding.id.split(':')[0] ?? ''];
      expect(Number(value), `${finding.id}: ${finding.sentence.en}`).toBeCloseTo(finding.value, 9);
    }
  });

  test('comes best first, without repeating a statement, the same each time', async () => {
    const [one, other] = [await briefOf(), await briefOf()];
    expect(one.rows).toEqual(other.rows);
    const scores = one.rows.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect(new Set(one.rows.map(({ id }) => id)).size).toBe(one.rows.length);
    expect((await briefOf('month=2025-10&limit=3')).rows).toEqual(one.rows.slice(0, 3));
  });

  test.each([
    [
      'series',
      { dimension: 'format', op: 'in', values: ['comic'] },
      (row: FixtureRow) => row.series.startsWith('comic'),
    ],
    [
      'rows',
      { dimension: 'platform', op: 'not_in', values: ['hongguo'] },
      (row: FixtureRow) => row.platform !== undefined,
    ],
    [
      'some rows of a series',
      { dimension: 'region', op: 'not_in', values: ['ID'] },
      (row: FixtureRow) => row.region !== 'ID',
    ],
    [
      'a launch’s rows',
      { dimension: 'producer', op: 'in', values: ['A'] },
      (row: FixtureRow) => row.series.startsWith('hit'),
    ],
  ])('with filters it is the brief of what they leave: %s', async (_name, filter, passes) => {
    const { series, rows } = world();
    const abroad: FixtureRow = { series: 'hit1', day: '2025-10-20', platform: 'douyin', region: 'ID', views: 50_000 };
    // The log's ends stay where they are.
    const ends = ['2025-03-01', '2025-10-31'].flatMap((day) =>
      ['comic0', 'hit1'].map((id): FixtureRow => ({ series: id, day, platform: 'douyin', views: 0 })),
    );
    const all = [...rows, abroad, ...ends];
    await loadFixture(warehouse, { series, rows: all });
    const filtered = await briefOf(`month=2025-10&limit=50&filters=${JSON.stringify([filter])}`);
    expect(filtered.meta.notes.map(({ code }) => code)).toEqual(['filtered']);
    const kept = all.filter(passes);
    const ids = new Set(kept.map((row) => row.series));
    await loadFixture(warehouse, { series: series.filter(({ id }) => ids.has(id)), rows: kept });
    const reduced = await briefOf();
    const told = (answer: typeof reduced) => answer.rows.map(({ query: _, also: __, ...finding }) => finding);
    // Who was asked for is not told: everything is by them.
    const unsaid = ({ sentence, ...finding }: ReturnType<typeof told>[number]) => ({
      ...finding,
      sentence: { en: sentence.en.replace(', all by A', ''), zh: sentence.zh.replace('，均由A承制', '') },
    });
    expect(told(filtered)).toEqual(filter.dimension === 'producer' ? told(reduced).map(unsaid) : told(reduced));
    expect(filtered.candidates).toBe(reduced.candidates);
    expect(filtered.rows.length).toBeGreaterThan(2);
    await loadFixture(warehouse, world());
  });

  test('a filter on a measure is refused', async () => {
    const filters = JSON.stringify([{ measure: 'views', op: 'gt', value: 1 }]);
    expect(await get(`/api/v1/brief?filters=${filters}`)).toMatchObject({
      status: 400,
      body: { code: 'invalid_filter' },
    });
  });

  test('from and to may name the month; a month and another range are refused', async () => {
    const october = await briefOf('from=2025-10-01&to=2025-10-31&limit=50');
    expect(october.rows).toEqual((await briefOf()).rows);
    for (const query of ['month=2025-09&to=2025-10-31', 'month=2025-10&from=2025-09-01'])
      expect(await get(`/api/v1/brief?${query}&lang=en`), query).toMatchObject({
        status: 400,
        body: { code: 'invalid_request', detail: expect.stringMatching(/Ask for a month or for a range/) },
      });
  });

  test.each([
    ['of a month', 'month=2025-10&compare=previous_period', []],
    ['of days', 'from=2025-10-02&to=2025-10-31&compare=previous_period', []],
    [
      'of three months',
      'from=2025-08-01&compare=previous_period',
      [{ dimension: 'market', op: 'in', values: ['domestic'] }],
    ],
    ['of a range with one that is named', 'from=2025-10-03&compare={"from":"2025-07-03","to":"2025-07-31"}', []],
    ['of all days', 'from=2025-03-01&to=2025-10-31&compare=none', []],
  ])('every finding’s query gives its value again, also where it compares: %s', async (_name, asked, filters) => {
    const { rows } = await briefOf(`${asked}&limit=50&filters=${JSON.stringify(filters)}`);
    expect(new Set(rows.map(({ kind }) => kind)).size).toBeGreaterThan(3);
    for (const finding of rows) {
      const again = await rerun(finding.query);
      const [kind = '', member] = finding.id.split(':');
      const own = again.find((row) => row.member === member);
      const last = again.at(-1);
      const most = finding.id === 'genre:most' || finding.id === 'producer:most';
      const numbers: Partial<Record<Finding['kind'], unknown>> = {
        club: again.length,
        launch: again.filter(({ reached }) => reached).at(-1)?.threshold,
        milestone: again.find(({ reached }) => reached)?.threshold,
        fastest: again[0]?.days_to,
        growth:
          last?.index === undefined ? Number(last?.views) / Number(last?.views__previous) : Number(last.index) / 100,
        supply: again[0]?.active_series,
        opportunity: own?.opportunity_index,
        format: own?.contribution_pp,
        producer: most ? again[0]?.delta : Number(own?.value) / Number(own?.previous),
        genre: most ? again[0]?.delta : Number(own?.value) / Number(own?.previous),
        concentration: last?.cr10,
        total: last?.views,
        format_mix: again.findLast((row) => row.format === member)?.share_of_views,
      };
      const value = finding.kind in numbers ? numbers[finding.kind] : last?.[kind];
      expect(Number(value), `${finding.id}: ${finding.sentence.en}`).toBeCloseTo(finding.value, 9);
    }
  });

  test('without a month it is the last whole one; a month outside the log is refused', async () => {
    expect((await briefOf('')).month).toBe('2025-10');
    expect(await get('/api/v1/brief?month=2026-01')).toMatchObject({ status: 422, body: { code: 'not_enough_data' } });
    expect((await get('/api/v1/brief?month=2025-13')).status).toBe(400);
  });
});

describe('other rows give other findings', () => {
  test('less growth is not told as three times, one crossing less is one less, a cut month is not compared', async () => {
    await loadFixture(warehouse, world({ comicInOctober: 700_000, secondHit: false }));
    const changed = await briefOf();
    expect(found(changed.rows, 'growth:comic').sentence.en).toContain('twice September’s');
    expect(found(changed.rows, 'club').sentence.en).toBe('In October 2025 one series broke 1M views.');
    const whole = world();
    await loadFixture(warehouse, { ...whole, rows: whole.rows.filter(({ day }) => (day ?? '') < '2025-10-13') });
    const cut = await briefOf();
    expect(cut).toMatchObject({ to: '2025-10-12', meta: { notes: [{ code: 'partial_month' }] } });
    expect(cut.rows.filter(({ kind }) => ['growth', 'total', 'overseas', 'producer'].includes(kind))).toEqual([]);
    expect((await briefOf('')).month).toBe('2025-09');
    await loadFixture(warehouse, world());
  });

  test('growth is told of what outgrows the rest, not of what is carried along', async () => {
    const rows = ['2025-08', '2025-09', '2025-10'].flatMap((month, m) => [
      { series: 'slow', day: `${month}-01`, platform: 'douyin', views: 1000 * 2 ** m },
      { series: 'quick', day: `${month}-30`, views: 1000 * 4 ** m },
    ]);
    const series = [
      { id: 'slow', format: 'comic' as const },
      { id: 'quick', format: 'live_action' as const },
    ];
    await loadFixture(warehouse, { series, rows: [...rows, { series: 'slow', day: '2025-10-31', views: 0 }] });
    const growth = (await briefOf()).rows.filter(({ kind }) => kind === 'growth');
    expect(growth.map(({ id }) => id)).toEqual(['growth:live_action:hongguo:2025-09-01']);
    await loadFixture(warehouse, world());
  });

  test('a log of one day, and one of zeros, have nothing to tell and do not fail', async () => {
    const series = [{ id: 's', format: 'comic' as const }];
    await loadFixture(warehouse, { series, rows: [{ series: 's', day: '2025-10-05', views: 0 }] });
    expect((await briefOf()).rows).toEqual([]);
    const rows = Array.from({ length: 70 }, (_, i) => ({ series: 's', day: addDays('2025-08-25', i), views: 0 }));
    await loadFixture(warehouse, { series, rows });
    for (const { value } of (await briefOf('month=2025-10')).rows) expect(Number.isFinite(value)).toBe(true);
    await loadFixture(warehouse, world());
  });
});

describe('weighing, worked by hand', () => {
  const candidate = (
    id: string,
    kind: Candidate['kind'],
    subject: string,
    size: number,
    surprise: number,
  ): Candidate => ({
    id,
    kind,
    subject,
    sentence: { en: id, zh: id },
    value: 1,
    unit: 'count',
    query: postQuery({ filters: [] }, { measures: ['views'] }),
    size,
    surprise,
  });

  test('√size · surprise; 0.6 for each of its kind above, 0.5 for each of its subject; one statement a subject', () => {
    const ranked = rankFindings(
      [
        candidate('a', 'growth', 'x', 0.25, 4), // 0.5 · 4 = 2
        candidate('b', 'growth', 'y', 0.16, 4), // 1.6, the second growth: 0.96
        candidate('c', 'club', 'x', 0.09, 5), // 1.5, the second on x: 0.75
        candidate('d', 'total', 'z', 0.01, 10), // 1
        candidate('e', 'growth', 'x', 0.2, 4), // a second growth of x: left out
        candidate('f', 'ai', 'z', 0, 9), // nothing of the whole: left out
      ],
      10,
    );
    expect(ranked.map(({ id, score }) => [id, Number(score.toFixed(4))])).toEqual([
      ['a', 2],
      ['d', 1],
      ['b', 0.96],
      ['c', 0.75],
    ]);
  });

  test('what leads is told first in its own order, and counts as told for what is ranked', () => {
    const ranked = rankFindings(
      [
        candidate('a', 'growth', 'x', 0.25, 4),
        { ...candidate('b', 'producer', 'p', 0, 0), lead: 'producer' },
        { ...candidate('c', 'growth', 'y', 0.04, 1), lead: 'total' },
        candidate('d', 'growth', 'y', 1, 5), // a second growth of y: left out
      ],
      10,
    );
    expect(ranked.map(({ id, score }) => [id, Number(score.toFixed(4))])).toEqual([
      ['c', 0.2],
      ['b', 0],
      ['a', 1.2], // 2, the second growth
    ]);
  });

  test('surprise is the distance from the median in robust deviations of the logarithm', () => {
    // ln 2 over the least spread of 0.2, and over 1.4826 · ln 2 where the others lie a factor 2 apart.
    expect(surpriseOf(2, [1, 1, 1])).toBeCloseTo(Math.log(2) / 0.2, 10);
    expect(surpriseOf(4, [0.5, 1, 2])).toBeCloseTo(Math.log(4) / (1.4826 * Math.log(2)), 10);
    expect([surpriseOf(1e9, [1]), surpriseOf(5, []), surpriseOf(0, [1])]).toEqual([5, 1, 1]);
    expect([rarity(1, 1000), rarity(10, 10), rarity(0, 5)]).toEqual([3, 0, 0]);
  });
});
