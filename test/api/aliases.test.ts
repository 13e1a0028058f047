import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  aliasesSchema,
  aliasPreviewSchema,
  aliasSchema,
  dismissedPairsSchema,
  suggestionsSchema,
} from '../../server/contract/aliases.ts';
import { problemSchema } from '../../server/contract/problem.ts';
import { type RunningApp, startApp } from './app.ts';

let app: RunningApp;
beforeAll(async () => {
  app = await startApp();
  await app.importText(
    'board.csv',
    '日期,剧名,平台,出品方,播放量\n2025-10-01,老千,红果,听花岛,100\n2025-10-01,老千（全集）,抖音,听花岛有限公司,30\n2025-10-02,老千2,红果,马厩,7\n',
  );
});
afterAll(() => app.close());

const call = (method: string, path: string, body?: unknown) =>
  fetch(`${app.url}/api/v1${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
  });
const views = async (dimension: string) => {
  const response = await call('POST', '/query', { measures: ['views'], dimensions: [dimension], time: {} });
  const { rows } = z.object({ rows: z.array(z.record(z.string(), z.unknown())) }).parse(await response.json());
  return rows.map((row) => [row[dimension], row.views]);
};
const merge = { dimension: 'series', from: ['老千(全集)'], into: '老千' };

describe('names over HTTP', () => {
  it('are suggested, previewed, merged and parted again, and every answer follows', async () => {
    const suggested = suggestionsSchema.parse(
      await (await call('GET', '/aliases/suggestions?dimension=series')).json(),
    );
    expect(suggested.rows.map((r) => [r.from.id, r.into.id, r.reason])).toEqual([['老千(全集)', '老千', 'decoration']]);
    const preview = aliasPreviewSchema.parse(await (await call('POST', '/aliases/preview', merge)).json());
    expect(preview).toMatchObject({ conflicts: { days: 0 }, views_before: 130, views_after: 130 });
    const made = await call('POST', '/aliases', merge);
    expect(made.status).toBe(201);
    const { rows } = aliasesSchema.parse(await made.json());
    expect(await views('series')).toEqual([
      ['老千', 130],
      ['老千2', 7],
    ]);
    expect(aliasesSchema.parse(await (await call('GET', '/aliases')).json()).rows).toEqual(rows);
    // The address of the merged one leads to the one that holds, with the numbers of both.
    const series = await call('GET', `/series/${encodeURIComponent('老千(全集)')}`);
    expect(await series.json()).toMatchObject({ series: { series: '老千' }, totals: { views: 130 } });
    expect(suggestionsSchema.parse(await (await call('GET', '/aliases/suggestions')).json()).rows).toEqual([]);
    const undone = await call('DELETE', `/aliases/${rows[0]?.alias_id}`);
    expect(aliasSchema.parse(await undone.json()).undone_at).not.toBeNull();
    expect(await views('series')).toEqual([
      ['老千', 100],
      ['老千(全集)', 30],
      ['老千2', 7],
    ]);
  });

  it('that were merged are found by any question that names them, as the one that holds', async () => {
    const [series] = aliasesSchema.parse(await (await call('POST', '/aliases', merge)).json()).rows;
    const producers = { dimension: 'producer', from: ['听花岛有限公司'], into: '听花岛' };
    const [producer] = aliasesSchema.parse(await (await call('POST', '/aliases', producers)).json()).rows;
    const totals = async (path: string) => {
      const answer = z
        .object({ rows: z.array(z.record(z.string(), z.unknown())) })
        .parse(await (await call('GET', path)).json());
      return answer.rows.map((row) => [
        row.series ?? row.member ?? row.period,
        row.views ?? row.value ?? row.crossed_at,
      ]);
    };
    const filtered = async (filter: unknown) => {
      const query = { measures: ['views'], dimensions: [], time: {}, filters: [filter] };
      const answered = await (await call('POST', '/query', query)).json();
      return z
        .object({ rows: z.array(z.object({ views: z.number() })) })
        .parse(answered)
        .rows.map((row) => row.views);
    };
    const both = { dimension: 'series', op: 'in', values: ['老千(全集)', '老千'] };
    expect(await filtered({ ...both, values: ['老千(全集)'] })).toEqual([130]);
    expect(await filtered(both)).toEqual([130]);
    expect(await filtered({ ...both, op: 'not_in', values: ['老千(全集)'] })).toEqual([7]);
    expect(await filtered({ dimension: 'producer', op: 'in', values: ['听花岛有限公司'] })).toEqual([130]);
    expect(await filtered({ dimension: 'credited_producer', op: 'in', values: ['听花岛有限公司'] })).toEqual([130]);
    const name = encodeURIComponent('老千(全集)');
    expect(await totals(`/milestones?series=${name}&thresholds=120`)).toEqual([['老千', '2025-10-01']]);
    const filter = encodeURIComponent(JSON.stringify([{ ...both, values: ['老千(全集)'] }]));
    expect(await totals(`/growth?filters=${filter}`)).toEqual([['(total)', 130]]);
    const ids = ['听花岛有限公司', '马厩'].map((id) => `ids=${encodeURIComponent(id)}`).join('&');
    expect(await totals(`/producers/compare?${ids}`)).toEqual([
      ['听花岛', 130],
      ['马厩', 7],
    ]);
    const lineage = z.object({
      meta: z.object({ lineage: z.object({ imports: z.array(z.object({ rows: z.number() })) }) }),
    });
    const explained = await call('GET', `/series/${name}?explain=true`);
    expect(lineage.parse(await explained.json()).meta.lineage.imports.length).toBeGreaterThan(0);
    for (const alias of [series, producer]) await call('DELETE', `/aliases/${alias?.alias_id}`);
    expect(await filtered({ ...both, values: ['老千(全集)'] })).toEqual([30]);
  });

  it('change the version, so that cached answers are not taken for new ones', async () => {
    const q = encodeURIComponent(JSON.stringify({ measures: ['views'], dimensions: ['producer'], time: {} }));
    const ask = (tag = '') => fetch(`${app.url}/api/v1/query?q=${q}`, { headers: { 'If-None-Match': tag } });
    const tag = (await ask()).headers.get('etag') ?? '';
    expect((await ask(tag)).status).toBe(304);
    const made = await call('POST', '/aliases', { dimension: 'producer', from: ['听花岛有限公司'], into: '听花岛' });
    const { rows } = aliasesSchema.parse(await made.json());
    expect((await ask(tag)).status).toBe(200);
    expect(await views('producer')).toEqual([
      ['听花岛', 130],
      ['马厩', 7],
    ]);
    await call('DELETE', `/aliases/${rows[0]?.alias_id}`);
  });

  it('are not suggested again once they were dismissed', async () => {
    const dismissed = await call('POST', '/aliases/dismissed', { dimension: 'series', ids: ['老千', '老千(全集)'] });
    expect(dismissed.status).toBe(204);
    expect(suggestionsSchema.parse(await (await call('GET', '/aliases/suggestions')).json())).toEqual({
      rows: [],
      total: 0,
    });
    const listed = async (query = '') =>
      dismissedPairsSchema.parse(await (await call('GET', `/aliases/dismissed${query}`)).json()).rows;
    expect(await listed()).toEqual([
      {
        dimension: 'series',
        pair: [
          { id: '老千', label: { zh: '老千', en: '老千' } },
          { id: '老千(全集)', label: { zh: '老千（全集）', en: '老千（全集）' } },
        ],
        dismissed_at: expect.any(String),
      },
    ]);
    expect(await listed('?dimension=producer')).toEqual([]);
    const pair = ['老千(全集)', '老千'].map((id) => `ids=${encodeURIComponent(id)}`).join('&');
    const back = () => call('DELETE', `/aliases/dismissed?dimension=series&${pair}`);
    expect((await back()).status).toBe(204);
    expect(await listed()).toEqual([]);
    expect(suggestionsSchema.parse(await (await call('GET', '/aliases/suggestions')).json()).total).toBe(1);
    const again = await back();
    expect(problemSchema.parse(await again.json())).toMatchObject({ status: 404, code: 'not_found' });
    expect((await call('DELETE', '/aliases/dismissed?dimension=series&ids=one')).status).toBe(400);
  });

  it.each([
    ['POST', '/aliases', { ...merge, into: '没有的剧' }, 404, 'unknown_member'],
    ['POST', '/aliases', { ...merge, dimension: 'region' }, 400, 'invalid_request'],
    [
      'POST',
      '/aliases',
      { dimension: 'producer', from: ['马厩'], into: '听花岛', platform: 'douyin' },
      400,
      'invalid_request',
    ],
    ['POST', '/aliases/preview', { ...merge, from: ['老千2', '老千'] }, 400, 'invalid_request'],
    ['DELETE', '/aliases/none', undefined, 404, 'not_found'],
  ] as const)('%s %s %j is refused with %i %s', async (method, path, body, status, code) => {
    const response = await call(method, path, body);
    expect(response.status).toBe(status);
    expect(problemSchema.parse(await response.json()).code).toBe(code);
  });
});
