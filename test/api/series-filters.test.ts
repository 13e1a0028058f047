import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { briefAnswer } from '../../server/contract/analyses-outlook.ts';
import { answerSchema, type Filter } from '../../server/contract/query.ts';
import { type RunningApp, startApp } from './app.ts';

/** Views a day: 老千 100, 云渺 60, 长安 30 and 夜行 5; before 11 September 夜行 has 900. */
const HEADER = '日期,剧名,出品方,题材,形态,平台,集,播放量,完播量,上线日期';
const SERIES = [
  ['老千', '听花岛,都市,真人剧,红果', 100],
  ['云渺', '马厩,玄幻,漫剧,抖音', 60],
  ['长安', '听花岛,都市,真人剧,抖音', 30],
  ['夜行', '马厩,都市,漫剧,红果', 5],
] as const;
const day = (n: number) => `2025-09-${String(n).padStart(2, '0')}`;
const rows = SERIES.flatMap(([title, what, views]) =>
  Array.from({ length: 20 }, (_, i) => {
    const many = title === '夜行' && i < 10 ? 900 : views + (i % 3);
    return `${day(i + 1)},${title},${what},${(i % 4) + 1},${many},${Math.floor(many / 2)},${day(1)}`;
  }),
);

let app: RunningApp;
beforeAll(async () => {
  app = await startApp();
  await app.importText('all.csv', [HEADER, ...rows].join('\n'));
});
afterAll(() => app.close());

const LATE = 'from=2025-09-11&to=2025-09-20';
const TOP: Filter = { series_top: { measure: 'views', n: 2 } };
const OVER: Filter = { series_where: { measure: 'views', op: 'gte', value: 500 } };
const NAMED: Filter = { dimension: 'series', op: 'in', values: ['老千', '云渺'] };

const get = async (path: string, filters: readonly unknown[], accept = 'application/json') => {
  const address = new URL(`${app.url}/api/v1${path}`);
  address.searchParams.set('filters', JSON.stringify(filters));
  return fetch(address, { headers: { Accept: accept } });
};
const body = z.looseObject({ meta: z.looseObject({ lineage: z.looseObject({}).optional() }) });
const told = async (path: string, filters: readonly Filter[]) => {
  const response = await get(path, filters);
  const answer: unknown = await response.json();
  expect([path, response.status, response.status === 200 ? '' : answer]).toEqual([path, 200, '']);
  const { meta: _, ...rest } = body.parse(answer);
  return rest;
};

describe('series chosen by their total over the range', () => {
  it.each([
    `/club?threshold=300&${LATE}`,
    `/milestones?thresholds=100,1000&${LATE}`,
    `/growth?by=series&grain=day&${LATE}`,
    `/growth/decomposition?by=platform&${LATE}`,
    `/growth/movers?by=producer&${LATE}`,
    `/genres?${LATE}`,
    `/genres/compare?by=format&ids=live_action&ids=comic&${LATE}`,
    `/producers?threshold=300&hit_threshold=100&days=7&${LATE}`,
    `/concentration?by=series&grain=week&${LATE}`,
    `/series/老千/ranks?grain=week&${LATE}`,
    `/cohorts?weeks=2&from=2025-09-01&to=2025-09-20`,
    `/retention?${LATE}`,
    `/curves?by=genre&days=9`,
    `/decay?${LATE}`,
    `/anomalies?${LATE}`,
    `/quality?${LATE}`,
    `/coverage?${LATE}`,
  ])('are those that a member filter names: %s', async (path) => {
    const all = path.includes(LATE) ? NAMED : { ...NAMED, values: ['夜行', '老千'] };
    const plain = await told(path, [all]);
    expect(plain).not.toEqual(await told(path, []));
    expect(await told(path, [TOP])).toEqual(plain);
    if (path.includes(LATE)) expect(await told(path, [OVER])).toEqual(plain);
  });

  it('are counted within the other filters, by which the largest are others', async () => {
    const within: Filter = { dimension: 'platform', op: 'in', values: ['douyin'] };
    const one: Filter = { series_top: { measure: 'views', n: 1 } };
    const only: Filter = { dimension: 'series', op: 'in', values: ['云渺'] };
    const path = `/growth/movers?by=series&${LATE}`;
    expect(await told(path, [one, within])).toEqual(await told(path, [only, within]));
  });

  it('are in a query, in its file and in what it rests on', async () => {
    const query = {
      measures: ['views'],
      dimensions: ['series'],
      time: { from: day(11), to: day(20) },
      filters: [TOP],
      explain: true,
    };
    const ask = (accept: string) =>
      fetch(`${app.url}/api/v1/query?q=${encodeURIComponent(JSON.stringify(query))}`, { headers: { Accept: accept } });
    const { rows: shown, meta } = answerSchema.parse(await (await ask('application/json')).json());
    expect(shown.map(({ series_label }) => series_label)).toEqual(['老千', '云渺']);
    expect(meta.lineage?.query).toMatchObject({ filters: [TOP] });
    expect(meta.lineage?.imports).toMatchObject([{ filename: 'all.csv', rows: 40 }]);
    expect((await (await ask('text/csv')).text()).trim().split('\r\n')).toHaveLength(3);
  });

  it('stay those of the brief in the calls of its findings, whatever range these ask', async () => {
    const brief = briefAnswer.parse(await (await get(`/brief?${LATE}&compare=none`, [TOP])).json());
    expect(brief.rows.length).toBeGreaterThan(0);
    const plain = briefAnswer.parse(await (await get(`/brief?${LATE}&compare=none`, [NAMED])).json());
    expect(brief.rows.map(({ sentence }) => sentence)).toEqual(plain.rows.map(({ sentence }) => sentence));
    const calls = brief.rows.flatMap(({ query, also }) => [query, ...also]);
    for (const call of calls) expect(JSON.stringify(call)).toContain('2025-09-11');
  });
});

describe('filters on totals that are wrong', () => {
  it.each([
    ['a measure without totals', { series_top: { measure: 'completion_rate', n: 3 } }, 'series_top.measure'],
    ['no number of series', { series_top: { measure: 'views' } }, 'series_top.n'],
    ['none at all', { series_top: { measure: 'views', n: 0 } }, 'series_top.n'],
    ['a word for an op', { series_where: { measure: 'views', op: 'above', value: 3 } }, 'series_where.op'],
    ['a field that is not known', { series_where: { measure: 'views', op: 'gt', value: 3, by: 'day' } }, 'by'],
  ])('are refused by their place: %s', async (_name, filter, path) => {
    const response = await get('/genres', [filter]);
    const problem = z
      .looseObject({ code: z.string(), errors: z.array(z.looseObject({ path: z.string() })) })
      .parse(await response.json());
    expect([response.status, problem.code]).toEqual([400, 'invalid_request']);
    expect(problem.errors.map((error) => error.path).join(), JSON.stringify(problem)).toContain(path);
  });
});

it('filters on totals are in the document of the API', async () => {
  const document = await (await fetch(`${app.url}/api/v1/openapi.json`)).text();
  for (const name of ['series_where', 'series_top']) expect(document).toContain(`"${name}"`);
});

it('a member that was merged into another stands for that one in what totals are taken over', async () => {
  const merge = { dimension: 'producer', from: ['马厩'], into: '听花岛' };
  const headers = { 'Content-Type': 'application/json' };
  const made = await fetch(`${app.url}/api/v1/aliases`, { method: 'POST', headers, body: JSON.stringify(merge) });
  expect(made.status).toBe(201);
  const of = (producer: string): Filter => ({
    series_top: {
      measure: 'views',
      n: 1,
      over: { from: day(11), to: day(20), filters: [{ dimension: 'producer', op: 'in', values: [producer] }] },
    },
  });
  const { rows: shown } = await told(`/growth/movers?by=series&${LATE}`, [of('马厩')]);
  expect(shown).toMatchObject([{ member_label: '老千' }]);
});
