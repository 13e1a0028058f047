import { afterEach, describe, expect, test, vi } from 'vitest';
import { ENDPOINTS } from '../../../server/contract/endpoints.ts';
import { addressOf, ask, tell } from '../../../web/data/api/client.ts';

const asked: { url: string; init: RequestInit | undefined }[] = [];
const answerWith = (status: number, body: unknown) =>
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
    asked.push({ url, init });
    return new Response(status === 204 ? null : JSON.stringify(body), { status });
  });
afterEach(() => {
  asked.length = 0;
  vi.unstubAllGlobals();
});
const query = (url: string) => Object.fromEntries(new URLSearchParams(url.split('?')[1]));

describe('what is asked of an endpoint', () => {
  test('has names in its path, and values as the query string wants them', () => {
    const url = addressOf(ENDPOINTS.milestones, {
      filters: [{ dimension: 'format', op: 'in', values: ['ai'] }],
      thresholds: [1e8, 1e9],
      series: ['a', 'b,c'],
      top: undefined,
      lang: 'en',
    });
    expect(url.split('?')[0]).toBe('/api/v1/milestones');
    expect(query(url)).toMatchObject({
      filters: '[{"dimension":"format","op":"in","values":["ai"]}]',
      thresholds: '100000000,1000000000',
      lang: 'en',
    });
    expect(new URLSearchParams(url.split('?')[1]).getAll('series')).toEqual(['a', 'b,c']);
    expect(url).not.toContain('top');
  });

  test('leaves out filters where there are none, and writes a compared range as JSON', () => {
    const url = addressOf(ENDPOINTS.movers, { filters: [], compare: { from: '2025-01-01', to: '2025-01-31' } });
    expect(query(url)).toEqual({ compare: '{"from":"2025-01-01","to":"2025-01-31"}', lang: expect.any(String) });
  });

  test('can be of an id that an address could take for a step up', () => {
    expect(addressOf(ENDPOINTS.series, { id: '..' }, false)).toBe('/api/v1/series/~..');
    expect(addressOf(ENDPOINTS.series, { id: '甜/宠' }, false)).toBe(`/api/v1/series/${encodeURIComponent('甜/宠')}`);
  });

  test('goes by its method, with a body as JSON', async () => {
    answerWith(204, null);
    await tell(ENDPOINTS.dismiss, {}, { body: { dimension: 'series', ids: ['a', 'b'] } });
    expect(asked[0]?.url).toMatch(/^\/api\/v1\/aliases\/dismissed\?lang=/u);
    expect(asked[0]?.init).toMatchObject({ method: 'POST', body: '{"dimension":"series","ids":["a","b"]}' });
  });
});

test('an answer that is not what the contract says is an error that names the call', async () => {
  answerWith(200, { rows: [{ id: 1 }] });
  await expect(ask(ENDPOINTS.members, { dimension: 'series' })).rejects.toMatchObject({
    code: 'unexpected_answer',
    message: expect.stringContaining('members/series'),
  });
});
