import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  clubParams,
  decompositionParams,
  genresParams,
  milestonesParams,
  scopeSchema,
} from '../../../server/contract/analyses.ts';
import type { Meta, QueryInput } from '../../../server/contract/query.ts';
import { querySchema } from '../../../server/contract/query.ts';
import { readAsKnownAt } from '../../../server/ledger/known.ts';
import { club } from '../../../server/metrics/analyses/club.ts';
import { decomposition } from '../../../server/metrics/analyses/decomposition.ts';
import { genres } from '../../../server/metrics/analyses/genres.ts';
import { milestones } from '../../../server/metrics/analyses/series/milestones.ts';
import { series } from '../../../server/metrics/analyses/series/series.ts';
import { type Engine, engineOf } from '../../../server/metrics/language/engine.ts';
import { answerQuery } from '../../../server/metrics/query/query.ts';
import { duckdbDialect } from '../../../server/metrics/sql/duckdb.ts';
import { loadVocabulary } from '../../../server/vocabulary/vocabulary.ts';
import type { ReadSession } from '../../../server/warehouse/warehouse.ts';
import { type RunningApp, startApp } from '../../api/app.ts';
import { STORY, tell } from './known-files.ts';

const QUERIES: readonly QueryInput[] = [
  { measures: ['views', 'likes', 'active_series'], dimensions: ['series'], time: { grain: 'day' } },
  { measures: ['views', 'cumulative_views'], dimensions: ['platform'], time: { grain: 'week' }, totals: true },
  { measures: ['views', 'new_series', 'views_d7'], dimensions: ['primary_genre'], time: {} },
  { measures: ['views', 'median_views_per_series'], dimensions: ['producer'], limit: 1, others: true },
  { measures: ['views'], dimensions: ['genre', 'source'], time: { from: '2025-10-10', to: '2025-10-17' } },
  {
    measures: ['views'],
    dimensions: ['series'],
    time: { from: '2025-10-11', to: '2025-10-20' },
    compare: 'previous_period',
  },
];
const ANALYSES: readonly ((engine: Engine) => Promise<{ meta: Meta }>)[] = [
  (engine) => milestones(engine, milestonesParams.parse({ thresholds: '2000,10000' })),
  (engine) => club(engine, clubParams.parse({ threshold: '9000' })),
  (engine) =>
    decomposition(engine, decompositionParams.parse({ from: '2025-10-11', to: '2025-10-20', by: 'platform' })),
  (engine) => genres(engine, genresParams.parse({})),
  (engine) => series(engine, '老千', scopeSchema.parse({})),
];

const vocabulary = loadVocabulary('data/vocabulary');
let app: RunningApp;
/** One for each file: the moment after it, and what the dataset answered then, when it had no later file. */
const instants: string[] = [];
const answeredThen: unknown[][] = [];

beforeAll(async () => {
  app = await startApp();
  for (const file of STORY) {
    instants.push(...(await tell(app.imports, [file])));
    answeredThen.push(await app.warehouse.read(answersIn));
  }
});
afterAll(() => app.close());

/** All answers of a session, without what names the dataset's version and the time taken. */
async function answersIn(session: ReadSession): Promise<unknown[]> {
  const engine = engineOf(session, duckdbDialect, 'zh');
  const answers: unknown[] = [];
  const ask = (answer: Promise<{ meta: Meta }>) =>
    answer.then(
      ({ meta, ...rest }) => answers.push({ ...rest, meta: { ...meta, version: '', elapsed_ms: 0 } }),
      (refused: unknown) => answers.push(String(refused)),
    );
  for (const query of QUERIES) await ask(answerQuery(engine, querySchema.parse(query)));
  for (const analysis of ANALYSES) await ask(analysis(engine));
  return answers;
}

const known = (instant: string | undefined) =>
  readAsKnownAt({ warehouse: app.warehouse, vocabulary }, instant ?? '', (session) => answersIn(session));

describe('answers as known at a moment', () => {
  it.each(STORY.map(({ filename }, i) => [filename, i] as const))(
    'equal, after %s, what the dataset answered when it was the last one',
    async (_, i) => {
      const answers = await known(instants[i]);
      for (const [n, answer] of answers.entries()) expect(answer, `question ${n}`).toEqual(answeredThen[i]?.[n]);
      expect(answers).toHaveLength(QUERIES.length + ANALYSES.length);
      // The last question names a series by what is only its title once the catalogue knows it.
      expect(answers.slice(0, -1).filter((answer) => typeof answer === 'string')).toEqual([]);
    },
  );

  it('differ from one moment to the next', () => {
    expect(new Set(answeredThen.map((answers) => JSON.stringify(answers))).size).toBe(STORY.length);
  });

  it('leave the dataset of now as it is', async () => {
    await known(instants[0]);
    expect(await app.warehouse.read(answersIn)).toEqual(answeredThen.at(-1));
  });

  it('know nothing of an import that was undone since, and see an import that comes meanwhile as later', async () => {
    const other = await startApp();
    const [first, second, third] = STORY;
    if (!first || !second || !third) throw new Error('the story is too short');
    const [afterFirst, afterSecond] = await tell(other.imports, [first, second]);
    const at = (instant: string | undefined) =>
      readAsKnownAt({ warehouse: other.warehouse, vocabulary }, instant ?? '', (session) => answersIn(session));
    const withFirst = await at(afterFirst);
    const withBoth = await at(afterSecond);
    await tell(other.imports, [third]);
    expect(await at(afterSecond)).toEqual(withBoth);
    const b = (await other.imports.list()).find(({ filename }) => filename === 'b.csv');
    await other.imports.remove(b?.import_id ?? '');
    expect(await at(afterSecond)).toEqual(withFirst);
    await other.close();
  });

  it('are refused for a moment before the first import, which is named', async () => {
    await expect(known('2020-01-01T00:00:00+08:00')).rejects.toMatchObject({
      code: 'not_enough_data',
      message: expect.stringContaining('a.csv'),
    });
  });
});
