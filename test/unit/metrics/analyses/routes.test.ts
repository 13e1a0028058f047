import express from 'express';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  clubAnswer,
  decompositionAnswer,
  genresAnswer,
  growthAnswer,
  milestonesAnswer,
  moversAnswer,
  producersAnswer,
  seriesAnswer,
} from '../../../../server/contract/analyses.ts';
import {
  cohortsAnswer,
  compareAnswer,
  concentrationAnswer,
  curvesAnswer,
  decayAnswer,
  qualityAnswer,
  retentionAnswer,
  seriesRanksAnswer,
} from '../../../../server/contract/analyses-depth.ts';
import { coverageAnswer } from '../../../../server/contract/coverage.ts';
import { answerLimits } from '../../../../server/http/answer-limits.ts';
import { problemHandler } from '../../../../server/http/problem.ts';
import { analysisRoutes } from '../../../../server/http/routes/analyses.ts';
import type { Warehouse } from '../../../../server/warehouse/warehouse.ts';
import { loadFixture, openFixture } from '../fixture.ts';
import { listen } from './listen.ts';
import { randomFixture } from './random-fixture.ts';

const fixture = randomFixture(2);
let warehouse: Warehouse;
let base: string;
let stop: () => void;

beforeAll(async () => {
  warehouse = await openFixture(fixture);
  const app = express();
  app.set('etag', false);
  app.use(analysisRoutes({ warehouse, limits: answerLimits(30) }));
  app.use(problemHandler(pino({ level: 'silent' })));
  ({ base, stop } = listen(app));
});
afterAll(async () => {
  stop();
  await warehouse.close();
});

const get = (path: string, headers: Record<string, string> = {}) => fetch(base + path, { headers });

describe('analyses keep their contract over HTTP', () => {
  test.each([
    ['/club?threshold=200', clubAnswer],
    ['/milestones?thresholds=100,200&top=5', milestonesAnswer],
    ['/milestones?measure=heat&thresholds=100&series=s01&series=s02', milestonesAnswer],
    ['/growth?by=genre&grain=week', growthAnswer],
    ['/growth?measure=median_views_per_series', growthAnswer],
    ['/growth/decomposition?by=platform&from=2025-08-10', decompositionAnswer],
    ['/growth/movers?by=series&limit=3&from=2025-08-10', moversAnswer],
    ['/growth/movers?compare={"from":"2025-07-12","to":"2025-07-30"}', moversAnswer],
    ['/genres?by=format', genresAnswer],
    ['/producers?threshold=200&hit_threshold=50&days=7&compare=previous_year', producersAnswer],
    ['/series/s01', seriesAnswer],
    ['/series/s01/ranks?grain=week', seriesRanksAnswer],
    ['/concentration?by=genre&grain=week', concentrationAnswer],
    ['/cohorts?weeks=4', cohortsAnswer],
    ['/retention?series=s01', retentionAnswer],
    ['/curves?by=platform&days=5', curvesAnswer],
    ['/curves?series=s01&series=s02&cumulative=false', curvesAnswer],
    ['/decay?top=3', decayAnswer],
    ['/coverage?filters=[{"dimension":"genre","op":"not_null"}]', coverageAnswer],
    ['/quality?y=engagement_rate', qualityAnswer],
    ['/producers/compare?ids=p1&ids=p2&from=2025-08-10', compareAnswer],
    ['/genres/compare?by=format&ids=comic&ids=ai&grain=week', compareAnswer],
  ])('%s', async (path, schema) => {
    const response = await get(path);
    const body: unknown = await response.json();
    expect(response.status, JSON.stringify(body)).toBe(200);
    // strict: a column that the contract does not name would vanish here.
    expect(schema.parse(body)).toEqual(body);
  });
});

describe('refusals', () => {
  test.each([
    ['/club?threshold=-1', 400, 'invalid_request'],
    ['/club?from=2025-02-30', 400, 'invalid_request'],
    ['/club?filters=nonsense', 400, 'invalid_request'],
    ['/growth?by=weekday', 400, 'invalid_request'],
    ['/milestones?series=nobody', 404, 'unknown_member'],
    ['/series/nobody', 404, 'unknown_member'],
    ['/series/nobody/ranks', 404, 'unknown_member'],
    ['/retention?series=nobody', 404, 'unknown_member'],
    ['/producers/compare?ids=p1', 400, 'invalid_request'],
    ['/producers/compare?ids=p1&ids=nobody', 404, 'unknown_member'],
    ['/curves?series=s01&by=genre', 400, 'invalid_request'],
    ['/cohorts?grain=week', 400, 'invalid_request'],
    ['/quality', 422, 'measure_unavailable'],
    ['/growth/movers?measure=revenue', 422, 'measure_unavailable'],
  ])('%s', async (path, status, code) => {
    const response = await get(path);
    expect([response.status, await response.json()]).toMatchObject([status, { code, status }]);
  });
});

describe('a client that has the answer', () => {
  test('is told so before any query runs, until the data, the address or the language changes', async () => {
    const first = await get('/genres?by=format', { 'accept-language': 'en' });
    const etag = first.headers.get('etag') ?? '';
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    const again = (path: string, language: string) => get(path, { 'if-none-match': etag, 'accept-language': language });
    expect((await again('/genres?by=format', 'en')).status).toBe(304);
    expect((await again('/genres?by=format', 'zh')).status).toBe(200);
    expect((await again('/genres?by=primary_genre', 'en')).status).toBe(200);
    await loadFixture(warehouse, fixture);
    expect((await again('/genres?by=format', 'en')).status).toBe(200);
  });

  test('labels follow lang, then Accept-Language', async () => {
    const label = async (path: string, language: string) => {
      const { rows } = genresAnswer.parse(await (await get(path, { 'accept-language': language })).json());
      return rows.find((row) => row.member === 'comic')?.member_label;
    };
    expect(await label('/genres?by=format', 'en')).toBe('Comic');
    expect(await label('/genres?by=format&lang=zh', 'en')).toBe('漫剧');
  });
});
