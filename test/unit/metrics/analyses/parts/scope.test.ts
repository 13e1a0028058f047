import express from 'express';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ANALYSES as ENDPOINTS } from '../../../../../server/contract/endpoints.ts';
import { answerLimits } from '../../../../../server/http/answer-limits.ts';
import { problemHandler } from '../../../../../server/http/problem.ts';
import { analysisRoutes } from '../../../../../server/http/routes/analyses.ts';
import type { Warehouse } from '../../../../../server/warehouse/warehouse.ts';
import { type Fixture, type FixtureRow, openFixture } from '../../fixture.ts';
import { randomDataset } from '../../random-dataset.ts';
import { listen } from '../listen.ts';
import { FIRST_DAY, LAST_DAY } from '../random-fixture.ts';

/**
 * Every analysis takes `from`, `to` and `filters` (docs/definitions.md#analyses). Filtered by a dimension of the
 * series, each answers as if the log and the catalogue held those series alone.
 */
const RANGE = 'from=2025-08-10&to=2025-09-05';
const ANALYSES: readonly (readonly [path: string, range: string])[] = [
  ['/club?threshold=1500', RANGE],
  ['/milestones?thresholds=500,1500', RANGE],
  ['/milestones?measure=heat&thresholds=500', RANGE],
  ['/growth?by=genre&grain=week', RANGE],
  ['/growth/decomposition?by=platform', RANGE],
  ['/growth/movers?by=credited_producer', RANGE],
  ['/genres', RANGE],
  ['/producers?threshold=1500&hit_threshold=500&days=7', RANGE],
  ['/genres/compare?by=genre&ids=urban&ids=family', RANGE],
  ['/producers/compare?by=credited_producer&ids=甲&ids=乙', RANGE],
  ['/concentration?by=series', RANGE],
  ['/cohorts', RANGE],
  ['/retention', RANGE],
  ['/curves?by=genre&days=20', RANGE],
  ['/decay', RANGE],
  ['/quality', RANGE],
  ['/forecast?series=s0', 'to=2025-08-31'],
  ['/club/next?threshold=20000', 'to=2025-08-31'],
  ['/anomalies', 'to=2025-08-31'],
  ['/brief', 'from=2025-09-01&to=2025-09-30'],
  ['/coverage', RANGE],
  ['/series/s0', RANGE],
  ['/series/s0/ranks', RANGE],
];
const FILTER = JSON.stringify([{ dimension: 'series', op: 'not_in', values: ['s1', 's4', 's7'] }]);

/** Episodes for retention, and a series of many days for forecasts and anomalies; the ends are the first series'. */
function dataset(): Fixture {
  const { series, rows } = randomDataset(91, FIRST_DAY, 70);
  const episodes = ['s0', 's4'].flatMap((id, i) =>
    [1, 2, 3].flatMap((episode): FixtureRow[] => [
      { series: id, day: '2025-08-20', episode, views: (60 + 6 * i) / episode },
      { series: id, day: '2025-09-10', platform: 'douyin', episode, views: 12 },
    ]),
  );
  const daily = Array.from({ length: 65 }, (_, i): FixtureRow => {
    const day = new Date(Date.parse(`${FIRST_DAY}T00:00:00Z`) + i * 86_400_000).toISOString().slice(0, 10);
    // Too much on one day.
    return { series: 's0', day, platform: 'kuaishou', views: i === 30 ? 90_000 : 3000 - 40 * i + (i % 7) * 9 };
  });
  const ends = [FIRST_DAY, LAST_DAY].map((day): FixtureRow => ({ series: 's2', day, platform: 'kuaishou', views: 0 }));
  return {
    series: series.map((one) => (one.id === 's0' ? { ...one, release: FIRST_DAY } : one)),
    rows: [...rows, ...episodes, ...daily, ...ends],
  };
}

const whole = dataset();
const left = (id: string) => !['s1', 's4', 's7'].includes(id);
const reduced: Fixture = {
  series: whole.series.filter(({ id }) => left(id)),
  rows: whole.rows.filter(({ series }) => left(series)),
};

interface Served {
  readonly warehouse: Warehouse;
  readonly ask: (path: string) => Promise<{ status: number; body: Record<string, unknown> }>;
  readonly stop: () => void;
}

async function serve(fixture: Fixture): Promise<Served> {
  const warehouse = await openFixture(fixture);
  const app = express();
  app.use(analysisRoutes({ warehouse, limits: answerLimits(30) }));
  app.use(problemHandler(pino({ level: 'silent' })));
  const { base, stop } = listen(app);
  const ask = async (path: string) => {
    const response = await fetch(base + path);
    return { status: response.status, body: z.record(z.string(), z.unknown()).parse(await response.json()) };
  };
  return { warehouse, ask, stop };
}

let all: Served;
let some: Served;
beforeAll(async () => {
  all = await serve(whole);
  some = await serve(reduced);
});
afterAll(async () => {
  for (const { warehouse, stop } of [all, some]) {
    stop();
    await warehouse.close();
  }
});

const asked = (path: string, more: string) => `${path}${path.includes('?') ? '&' : '?'}${more}`;
/** An answer without what is said about how it was made; a brief's queries carry its filters. */
async function answer({ ask }: Served, path: string): Promise<string> {
  const { status, body } = await ask(path);
  expect(status, `${path}: ${JSON.stringify(body)}`).toBe(200);
  return JSON.stringify({ ...body, meta: null }, (key, value: unknown) =>
    key === 'query' || key === 'also' ? null : value,
  );
}

test('no analysis is left out of this table', () => {
  const paths = ANALYSES.map(([path]) => path.replace(/\?.*$/, '').replace('/series/s0', '/series/{id}'));
  expect([...new Set(paths)].toSorted()).toEqual(
    Object.values(ENDPOINTS)
      .map(({ path }) => path.replace('/api/v1', ''))
      .toSorted(),
  );
});

describe.each(ANALYSES)('%s', (path, range) => {
  test('filters choose what it is over', async () => {
    for (const more of ['', range]) {
      const filtered = await answer(all, asked(path, `${more}&filters=${encodeURIComponent(FILTER)}`));
      expect(filtered).toBe(await answer(some, asked(path, more)));
    }
  });

  test('filters on rows and the range change the answer', async () => {
    const plain = await answer(all, path);
    const rows = JSON.stringify([{ dimension: 'platform', op: 'in', values: ['hongguo'] }]);
    const none = JSON.stringify([{ dimension: 'series', op: 'in', values: ['nobody'] }]);
    for (const more of [range, `filters=${rows}`, `filters=${none}`])
      expect(await answer(all, asked(path, more)), more).not.toBe(plain);
  });

  test.each([
    ['from=2025-09-10&to=2025-08-01', 'invalid_request', /ends|calendar month/],
    ['filters=[{"measure":"views","op":"gt","value":1}]', 'invalid_filter', /filters on dimensions only/],
    ['filters=[{"dimension":"series","op":"near"}]', 'invalid_request', /./],
    ['from=2025-02-30', 'invalid_request', /./],
  ])('%s is refused with the reason', async (more, code, reason) => {
    const { status, body } = await all.ask(asked(path, `${more}&lang=en`));
    expect([status, body]).toMatchObject([400, { code, detail: expect.stringMatching(reason) }]);
  });
});
