import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { QueryInput } from '../../../server/contract/query.ts';
import { AnswerMemory, answerLimits } from '../../../server/http/answer-limits.ts';
import type { Statement, Warehouse } from '../../../server/warehouse/warehouse.ts';
import { type RunningApp, startApp } from '../app.ts';

const DAYS = ['2025-10-01', '2025-10-02', '2025-10-03'];
const LOG = [
  'day,series,platform,views,likes',
  ...DAYS.flatMap((day) =>
    ['甲', '乙', '丙', '丁'].map((series, i) => `${day},${series},douyin,${100 * (i + 1)},${i}`),
  ),
].join('\n');
const VIEWS: QueryInput = { measures: ['views'], dimensions: ['series'] };
const LIKES: QueryInput = { measures: ['likes'], dimensions: ['series'] };
const SLOW: Statement = {
  text: 'SELECT sum(a.range * b.range) AS n FROM range(1000000) a, range(1000000) b',
  values: [],
};

const post = (app: RunningApp, path: string, body: unknown) =>
  fetch(`${app.url}/api/v1${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Accept-Language': 'en' },
    body: JSON.stringify(body),
  });
const answered = async (response: Response) => ({ status: response.status, body: await response.json() });

describe('a question that takes too long', () => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await startApp({ answers: answerLimits(0.001) });
    await app.importText('views.csv', LOG);
  });
  afterAll(() => app.close());

  it('is 504 timeout and says what to do', async () => {
    const { status, body } = await answered(await post(app, '/query', VIEWS));
    expect([status, body.code]).toEqual([504, 'timeout']);
    expect(body.detail).toContain('DRAMASCOPE_QUERY_SECONDS');
  });

  it('is so in every analysis', async () => {
    for (const path of ['club', 'growth', 'genres', 'members/series']) {
      const { status, body } = await answered(await fetch(`${app.url}/api/v1/${path}`));
      expect([path, status, body.code]).toEqual([path, 504, 'timeout']);
    }
  });

  it('is a refusal in its place of a batch', async () => {
    const { status, body } = await answered(await post(app, '/query/batch', { queries: { a: VIEWS, b: LIKES } }));
    expect(status).toBe(200);
    expect([body.results.a.code, body.results.b.code]).toEqual(['timeout', 'timeout']);
  });
});

describe('a server whose readers are all at work', () => {
  it('is 503 busy with Retry-After to those whose turn does not come, and answers again afterwards', async () => {
    const app = await startApp({ answers: answerLimits(0.3), readers: 1 });
    await app.importText('views.csv', LOG);
    const done = new AbortController();
    const slow = app.warehouse.read((session) => session.all(SLOW), { signal: done.signal }).catch(() => null);
    const response = await post(app, '/query', VIEWS);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(await answered(response)).toMatchObject({ status: 503, body: { code: 'busy' } });
    done.abort();
    await slow;
    expect((await post(app, '/query', { ...VIEWS, limit: 1 })).status).not.toBe(503);
    await app.close();
  });
});

describe('a batch', () => {
  it('carries the answers of all but the one that the engine fails at', async () => {
    const app = await startApp({ asked: failingAt(/likes/u) });
    await app.importText('views.csv', LOG);
    const alone = await answered(await post(app, '/query', VIEWS));
    const { status, body } = await answered(
      await post(app, '/query/batch', { queries: { first: VIEWS, bad: LIKES, last: VIEWS } }),
    );
    expect(status).toBe(200);
    expect(Object.keys(body.results)).toEqual(['first', 'bad', 'last']);
    expect([body.results.first.rows, body.results.last.rows]).toEqual([alone.body.rows, alone.body.rows]);
    expect(body.results.bad.code).toBe('internal');
    expect(JSON.stringify(body.results.bad)).not.toContain('engine');
    await app.close();
  });

  it('takes at most fifty queries', async () => {
    const app = await startApp();
    await app.importText('views.csv', LOG);
    const queries = (n: number) => Object.fromEntries(Array.from({ length: n }, (_, i) => [`q${i}`, VIEWS]));
    expect((await post(app, '/query/batch', { queries: queries(50) })).status).toBe(200);
    expect(await answered(await post(app, '/query/batch', { queries: queries(51) }))).toMatchObject({
      status: 400,
      body: { code: 'invalid_request' },
    });
    await app.close();
  });
});

describe('memory of the answers under way', () => {
  it('refuses an answer that alone would pass it, and takes the next one', async () => {
    const app = await startApp({ answers: { querySeconds: 30, memory: new AnswerMemory(400) } });
    await app.importText('views.csv', LOG);
    const { status, body } = await answered(
      await post(app, '/query', { ...VIEWS, time: { grain: 'day' }, dimensions: ['series', 'platform'] }),
    );
    expect([status, body.code]).toEqual([422, 'answer_too_large']);
    expect((await post(app, '/query', { measures: ['views'] })).status).toBe(200);
    await app.close();
  });

  it('is busy while others hold it, until their answers are sent', () => {
    const memory = new AnswerMemory(1000);
    const [first, second] = [response(), response()];
    memory.accountOf(first)(800);
    const take = memory.accountOf(second);
    expect(() => take(300)).toThrow(expect.objectContaining({ code: 'busy' }));
    first.close();
    take(300);
    expect(() => take(701)).toThrow(expect.objectContaining({ code: 'answer_too_large' }));
  });
});

function response() {
  let closed = () => {};
  return {
    once: (_event: 'close', listener: () => void) => {
      closed = listener;
    },
    close: () => closed(),
  };
}

/** The engine really fails at a statement, in the middle of the session's transaction. */
const failingAt =
  (text: RegExp) =>
  (warehouse: Warehouse): Warehouse => ({
    state: () => warehouse.state(),
    readCopy: (key, change, work, asking) => warehouse.readCopy(key, change, work, asking),
    write: (work, options) => warehouse.write(work, options),
    alive: () => warehouse.alive(),
    close: () => warehouse.close(),
    read: (work, asking) =>
      warehouse.read(
        (session) =>
          work({
            state: session.state,
            all: (statement) =>
              session.all(text.test(statement.text) ? { text: `SELECT error('engine fault')`, values: [] } : statement),
          }),
        asking,
      ),
  });
