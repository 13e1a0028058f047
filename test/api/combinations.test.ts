import { afterAll, beforeAll, expect, it } from 'vitest';
import { measureIdSchema, type QueryInput } from '../../server/contract/query.ts';
import { combinations } from '../soak/queries/run.ts';
import { type Facts, factsOf } from '../soak/requests/facts.ts';
import type { RunningApp } from './app.ts';
import { startDemoApp } from './demo.ts';

/** The demo, not a small table: what the engine plans depends on how much there is. */
let app: RunningApp;
let facts: Facts;
beforeAll(async () => {
  app = await startDemoApp();
  facts = await factsOf(app.url);
}, 240_000);
afterAll(() => app.close());

/** Questions that are not answered and not refused with a reason. */
async function failures(questions: readonly QueryInput[]): Promise<unknown[]> {
  const failed: unknown[] = [];
  const left = [...questions];
  const work = async () => {
    for (let question = left.shift(); question; question = left.shift()) {
      const answer = await fetch(`${app.url}/api/v1/query`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(question),
      });
      const text = await answer.text();
      if (answer.status >= 500) failed.push([answer.status, JSON.stringify(question), text.slice(0, 200)]);
    }
  };
  await Promise.all([work(), work()]);
  return failed;
}

/** The short form of `npm run soak -- --only queries`; ranges are short, for all of them to take some seconds. */
it('pairs and triples of dimensions answer with every grain, limit, others and comparison, before an import and after its undo', async () => {
  const day = (ago: number) => new Date(Date.parse(facts.to) - ago * 86_400_000).toISOString().slice(0, 10);
  const all = combinations(5, facts, 1).map((question) => ({
    ...question,
    time: { ...question.time, from: question.time?.grain === 'hour' ? day(0) : day(13), to: facts.to },
  }));
  const every = (rest: number) => all.filter((_, i) => i % 8 === rest);
  expect(await failures(every(0))).toEqual([]);
  const more = ['series_id,date,views,likes', ...Array.from({ length: 20 }, (_, i) => `N${i},${day(i)},${i},1`)];
  const { import_id } = await app.importText('more.csv', more.join('\n'));
  expect(await failures(every(3))).toEqual([]);
  await app.imports.remove(import_id);
  expect(await failures(every(6))).toEqual([]);
}, 240_000);

it('two dimensions of which a series has several of one answer with a grain and a limit', async () => {
  const many = (['genre', 'credited_producer', 'cast'] as const).flatMap((several) =>
    (['language', 'format', 'primary_genre', 'producer'] as const).map(
      (other): QueryInput => ({
        measures: ['engagement_rate'],
        dimensions: [several, other],
        time: { from: '2025-09-01', grain: 'month' },
        limit: 100,
      }),
    ),
  );
  expect(await failures(many)).toEqual([]);
}, 240_000);

it('the rest of two thousand combinations is computed, of two dimensions and of three', async () => {
  const asked = (dimensions: QueryInput['dimensions']): QueryInput => ({
    measures: ['views', 'share_of_views'],
    dimensions,
    time: { from: '2025-10-01', grain: 'month' },
    limit: 2000,
    others: true,
  });
  expect(await failures([asked(['series', 'platform']), asked(['series', 'weekday', 'format'])])).toEqual([]);
}, 240_000);

it('the members of every dimension are listed', async () => {
  const statuses = await Promise.all(
    facts.dimensions.map(async (id) => [id, (await fetch(`${app.url}/api/v1/members/${id}`)).status]),
  );
  expect(statuses).toEqual(facts.dimensions.map((id) => [id, 200]));
});

it('a filter by any measure answers with every grain, or says why not', async () => {
  const time = { from: facts.to, to: facts.to };
  const questions = measureIdSchema.options.flatMap((measure) =>
    (['hour', 'day', undefined] as const).map(
      (grain): QueryInput => ({
        measures: ['share_of_views'],
        dimensions: ['platform'],
        time: { ...time, ...(grain && { grain }) },
        filters: [{ measure, op: 'between', values: [0, 1e11] }],
      }),
    ),
  );
  expect(await failures(questions)).toEqual([]);
}, 120_000);
