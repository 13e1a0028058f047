import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decompositionAnswer, milestonesAnswer } from '../../server/contract/analyses.ts';
import { problemSchema } from '../../server/contract/problem.ts';
import { answerSchema, batchSchema, type Meta, type QueryInput } from '../../server/contract/query.ts';
import { maySeeSql } from '../../server/http/may-see-sql.ts';
import { STORY, tell } from '../unit/metrics/known-files.ts';
import { type RunningApp, startApp } from './app.ts';

let app: RunningApp;
let instants: string[];
beforeAll(async () => {
  app = await startApp();
  instants = await tell(app.imports, STORY);
});
afterAll(() => app.close());

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${app.url}/api/v1${path}`, { headers });
const post = (path: string, body: unknown) =>
  fetch(`${app.url}/api/v1${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json' },
  });
const ask = async (query: QueryInput) => answerSchema.parse(await (await post('/query', query)).json());
const filesOf = (meta: Meta) => meta.lineage?.imports.map(({ filename }) => filename);

const CATALOGUES = ['catalogue-1.csv', 'catalogue-2.csv'];
const board: { dimension: 'source'; op: 'in'; values: string[] } = { dimension: 'source', op: 'in', values: ['board'] };
const within = (from: string, to: string) => ({ from: `2025-10-${from}`, to: `2025-10-${to}` });

describe('the lineage of a query', () => {
  it('is given only where it is asked for', async () => {
    expect((await ask({ measures: ['views'] })).meta).not.toHaveProperty('lineage');
    expect((await ask({ measures: ['views'], explain: true })).meta.lineage?.query).toMatchObject({
      measures: ['views'],
      dimensions: [],
    });
  });

  it.each<[string, QueryInput, string[]]>([
    ['of a range that one file states', { measures: ['views'], time: within('21', '25') }, ['b.csv']],
    [
      'where replace_range hid two files',
      { measures: ['views'], time: within('15', '16'), filters: [board] },
      ['c.csv'],
    ],
    [
      'with the range compared with',
      { measures: ['views'], time: within('21', '22'), compare: within('01', '01') },
      ['a.csv', 'b.csv'],
    ],
    [
      'of a cumulative measure back to the log’s start',
      { measures: ['cumulative_views'], time: within('22', '22'), filters: [board] },
      ['a.csv', 'b.csv', 'c.csv', 'hours.csv', 'events.csv'],
    ],
    [
      'of a counter with the file of its last value before',
      { measures: ['views'], time: within('12', '12'), filters: [{ ...board, values: ['counter'] }] },
      ['counter-1.csv', 'counter-2.csv'],
    ],
    [
      'of a source that a filter leaves out',
      { measures: ['views'], time: within('01', '04'), filters: [{ ...board, op: 'not_in' }] },
      ['counter-1.csv', 'counter-2.csv'],
    ],
  ])('names exactly the files %s, and the catalogues', async (_, query, files) => {
    const { meta } = await ask({ ...query, explain: true });
    expect(filesOf(meta)?.toSorted()).toEqual([...files, ...CATALOGUES].toSorted());
  });

  it('names no file that came after the moment it is known at', async () => {
    const { meta } = await ask({ measures: ['views'], time: within('15', '16'), known_at: instants[1], explain: true });
    expect(filesOf(meta)).toEqual(['b.csv']);
    expect(meta.notes.map(({ code }) => code)).toContain('known_at');
  });

  it('counts the rows of each file and those of the table that answered', async () => {
    const { meta } = await ask({
      measures: ['views'],
      dimensions: ['episode'],
      time: within('21', '25'),
      explain: true,
    });
    expect(meta.source.table).toBe('view_log');
    expect(meta.lineage).toMatchObject({ tables: ['view_log'], rows_read: 30 });
    expect(meta.lineage?.imports.find(({ filename }) => filename === 'b.csv')).toMatchObject({
      source: 'board',
      kind: 'log',
      from: '2025-10-12',
      to: '2025-10-25',
      rows: 30,
    });
  });

  it('shows the statements with placeholders, never the values', async () => {
    const { meta } = await ask({
      measures: ['views'],
      filters: [{ dimension: 'producer', op: 'in', values: ['听花岛'] }],
      explain: true,
    });
    expect(meta.lineage?.sql?.join('\n')).toMatch(/SELECT[\s\S]*\$1/u);
    expect(meta.lineage?.sql?.join('\n')).not.toContain('听花岛');
  });

  it('keeps the statements from whoever does not sit at this machine', async () => {
    const q = encodeURIComponent(JSON.stringify({ measures: ['views'], explain: true }));
    const passedOn = answerSchema.parse(await (await get(`/query?q=${q}`, { 'X-Forwarded-For': '10.0.0.7' })).json());
    expect(passedOn.meta.lineage?.imports.length).toBeGreaterThan(0);
    expect(passedOn.meta.lineage).not.toHaveProperty('sql');
    const from = (remoteAddress: string, headers = {}) =>
      maySeeSql({ socket: { remoteAddress }, headers: { host: 'localhost:8080', ...headers } });
    expect([from('127.0.0.1'), from('::1'), from('::ffff:127.0.0.1')]).toEqual([true, true, true]);
    expect([from('192.168.1.5'), from('::ffff:10.0.0.1'), from('')]).toEqual([false, false, false]);
    const passed = [{ via: '1.1 cache' }, { 'x-real-ip': '10.0.0.7' }, { host: 'views.example.com' }];
    expect(passed.map((headers) => from('127.0.0.1', headers))).toEqual([false, false, false]);
  });
});

describe('known_at over HTTP', () => {
  it('gives the slide of that day again, by POST, as a link and in a batch', async () => {
    const query = { measures: ['views'], dimensions: ['platform'], known_at: instants[0] } satisfies QueryInput;
    const fresh = await startApp();
    await tell(fresh.imports, STORY.slice(0, 1));
    const { known_at: _, ...present } = query;
    const then = answerSchema.parse(
      await (await fetch(`${fresh.url}/api/v1/query?q=${encodeURIComponent(JSON.stringify(present))}`)).json(),
    );
    await fresh.close();
    const linked = await get(`/query?q=${encodeURIComponent(JSON.stringify(query))}`);
    const batch: unknown = await (
      await post('/query/batch', batchSchema.parse({ queries: { past: query, now: present } }))
    ).json();
    expect(then.rows.length).toBeGreaterThan(1);
    expect((await ask(query)).rows).toEqual(then.rows);
    expect(answerSchema.parse(await linked.json()).rows).toEqual(then.rows);
    expect(batch).toMatchObject({ results: { past: { rows: then.rows }, now: { rows: (await ask(present)).rows } } });
    expect((await ask(present)).rows).not.toEqual(then.rows);
  });

  it('and explain are parameters of analyses', async () => {
    const at = encodeURIComponent(instants[1] ?? '');
    const asked = `from=2025-10-21&to=2025-10-22&base_from=2025-10-13&base_to=2025-10-14&explain=true`;
    const { meta } = decompositionAnswer.parse(await (await get(`/growth/decomposition?${asked}`)).json());
    expect(filesOf(meta)).toEqual(['b.csv', ...CATALOGUES]);
    const lived = milestonesAnswer.parse(await (await get(`/milestones?explain=true&known_at=${at}`)).json());
    expect(filesOf(lived.meta)).toEqual(['a.csv', 'b.csv']);
    expect(lived.meta.lineage?.query).toMatchObject({ path: '/milestones', known_at: instants[1] });
    const brief = await get(`/brief?explain=true&known_at=${at}`);
    expect(await brief.json()).toMatchObject({ meta: { lineage: { query: { path: '/brief' } } } });
  });

  it('before the first import is a problem that names it and shows no SQL', async () => {
    const refused = await post('/query', { measures: ['views'], known_at: '2020-01-01T00:00:00+08:00', explain: true });
    const problem = problemSchema.parse(await refused.json());
    expect(problem).toMatchObject({ code: 'not_enough_data', detail: expect.stringContaining('a.csv') });
    expect(JSON.stringify(problem)).not.toContain('SELECT');
  });
});
