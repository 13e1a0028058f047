import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { GRAINS, type QueryInput } from '../../../server/contract/query.ts';
import { OPERATIONS } from '../../../server/http/openapi/document.ts';
import { faultsOf } from '../../soak/requests/judge.ts';
import { FAR_DAYS } from '../../soak/requests/questions.ts';
import { jsonRequest, type Request, send } from '../../soak/requests/request.ts';
import { importSmall } from '../../soak/requests/small-data.ts';
import { ServerProcess } from '../../soak/server.ts';

/** A server as a process of its own: what freezes it must not freeze the test. */
const folder = mkdtempSync(join(tmpdir(), 'dramascope-far-'));
let server: ServerProcess;
beforeAll(async () => {
  server = await ServerProcess.start(folder, 'sources');
  await importSmall(server.url);
}, 240_000);
afterAll(async () => {
  await server.kill();
  rmSync(folder, { recursive: true, force: true });
});

async function failures(requests: readonly Request[]): Promise<unknown[]> {
  const failed: unknown[] = [];
  for (const request of requests) {
    const said = `${request.path} ${request.body?.toString() ?? ''}`;
    const reply = await send(server.url, request).catch((error: unknown) => String(error));
    if (typeof reply === 'string') return [...failed, [said, reply]];
    const faults = reply ? faultsOf(request, reply, null) : ['no reply'];
    if (faults.length > 0) failed.push([said, ...faults]);
  }
  return failed;
}

const far = FAR_DAYS.flatMap((day) => GRAINS.map((grain) => ({ day, grain })));
const asked = (question: QueryInput): Request => jsonRequest('POST', '/api/v1/query', question);

it('a range that begins or ends far from the log is answered or refused, with every grain and comparison', async () => {
  const ranges = far.flatMap(({ day, grain }): QueryInput[] => [
    { measures: ['views'], time: { from: day, grain }, fill: true },
    {
      measures: ['views', 'cumulative_views'],
      dimensions: ['format'],
      time: { to: day, grain },
      compare: 'previous_year',
    },
    { measures: ['new_series'], time: { from: day, to: day, grain }, compare: 'previous_period' },
  ]);
  expect(await failures(ranges.map(asked))).toEqual([]);
}, 240_000);

it('a comparison with days far from the log is answered or refused, with every grain', async () => {
  const time = { from: '2025-10-25', to: '2025-10-28' };
  const compared = far.flatMap(({ day, grain }): QueryInput[] => [
    { measures: ['views'], time: { ...time, grain }, compare: { from: day, to: day } },
    {
      measures: ['revenue'],
      currency: 'CNY',
      time: { ...time, grain },
      compare: { from: day, to: day },
      align: 'elapsed',
    },
  ]);
  expect(await failures(compared.map(asked))).toEqual([]);
}, 240_000);

it('every analysis of days far from the log is answered or refused', async () => {
  const needed: Readonly<Record<string, string>> = {
    '/forecast': 'series=s1',
    '/producers/compare': 'ids=p1&ids=p2',
    '/genres/compare': 'ids=urban&ids=fantasy',
    '/milestones': 'top=5',
    '/series/{id}': '',
  };
  const paths = OPERATIONS.filter(({ tag, method }) => tag === 'Analyses' && method === 'get').map(({ path }) => path);
  expect(paths.length).toBeGreaterThan(18);
  const ranges = ['from=0001-01-01&to=9999-12-31', 'from=0001-01-01&to=0001-02-01', 'from=9999-12-01&to=9999-12-31'];
  const calls = paths.flatMap((path) =>
    ranges.map((range) =>
      jsonRequest('GET', `${path.replace('{id}', 's1')}?${range}&${needed[path.replace('/api/v1', '')] ?? ''}`),
    ),
  );
  expect(await failures(calls)).toEqual([]);
}, 240_000);
