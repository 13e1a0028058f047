import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { segmentOf } from '../../../server/contract/segments.ts';
import { OPERATIONS } from '../../../server/http/openapi/document.ts';
import { HOSTILE_NAMES, hostileCatalogue, hostileLog } from '../../hostile-names.ts';
import { type RunningApp, startApp } from '../app.ts';

let app: RunningApp;
beforeAll(async () => {
  app = await startApp();
  await app.importText('catalogue.csv', hostileCatalogue());
  await app.importText('log.csv', hostileLog(), { options: { views_are: 'increment', source: '__proto__' } });
});
afterAll(() => app.close());

const get = async (path: string, type = 'application/json') => {
  const response = await fetch(app.url + path, { headers: { accept: type, 'accept-language': 'en' } });
  const text = await response.text();
  expect(response.status, `${path} ${text}`).toBe(200);
  return text;
};
const rowsOf = (text: string) =>
  z.object({ rows: z.array(z.record(z.string(), z.unknown())) }).parse(JSON.parse(text)).rows;

/** What a call needs to be answered. */
const NEEDED = new Map([
  ['/api/v1/forecast', 'series=__proto__'],
  ['/api/v1/producers/compare', 'ids=__proto__&ids=constructor'],
  ['/api/v1/genres/compare', 'ids=__proto__&ids=constructor&by=genre'],
  ['/api/v1/query', `q=${encodeURIComponent('{"measures":["views"],"dimensions":["genre","producer"]}')}`],
]);
const reads = OPERATIONS.filter(({ method, path }) => method === 'get' && !/\{|healthz|readyz/u.test(path));

describe('names that are no plain words', () => {
  it.each(reads)('break nothing in $path', async ({ path, types = ['application/json'] }) => {
    for (const type of types.slice(0, 3)) await get(`${path}?${NEEDED.get(path) ?? ''}`, type);
  });

  it('name the members of every dimension that they are in', async () => {
    for (const dimension of ['series', 'producer', 'genre', 'platform', 'franchise', 'cast', 'language']) {
      const plain = HOSTILE_NAMES.filter((name) => !/[()/|,{]/u.test(name));
      const query = new URLSearchParams(plain.map((name) => ['ids', name]));
      const found = rowsOf(await get(`/api/v1/members/${dimension}?${query}`)).map(({ id }) => id);
      expect(found, dimension).toEqual(expect.arrayContaining(plain));
    }
  });

  it('have a card each, and can be filtered by', async () => {
    for (const name of HOSTILE_NAMES) {
      const card: unknown = JSON.parse(await get(`/api/v1/series/${encodeURIComponent(segmentOf(name))}`));
      expect(card).toMatchObject({ series: { series: name } });
    }
    const filters = JSON.stringify([{ dimension: 'series', op: 'in', values: HOSTILE_NAMES }]);
    const rows = rowsOf(await get(`/api/v1/growth/movers?by=series&filters=${encodeURIComponent(filters)}`));
    expect(new Set(rows.map(({ member }) => member))).toEqual(new Set(HOSTILE_NAMES));
  });

  it.each(['..', '__proto__', 'a/b', '<b>'])('%s can name a profile, be read and be forgotten', async (name) => {
    const address = `${app.url}/api/v1/profiles/${encodeURIComponent(segmentOf(name))}`;
    const body = JSON.stringify({
      header: ['__proto__', 'v'],
      kind: 'log',
      mapping: { title: '__proto__', views: 'v' },
    });
    const put = await fetch(address, { method: 'PUT', headers: { 'content-type': 'application/json' }, body });
    expect(await put.json()).toMatchObject({ name, mapping: { title: '__proto__' } });
    expect(await (await fetch(address)).json()).toMatchObject({ name });
    expect((await fetch(address, { method: 'DELETE' })).status).toBe(204);
  });
});
