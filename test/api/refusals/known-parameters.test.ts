import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemSchema } from '../../../server/contract/problem.ts';
import { OPERATIONS } from '../../../server/http/openapi/document.ts';
import { type RunningApp, startApp } from '../app.ts';

let app: RunningApp;
beforeAll(async () => {
  app = await startApp();
  await app.importText('log.csv', 't,name,p,v\n2025-10-01,老千,红果,5\n2025-10-02,老千,红果,7\n', {
    mapping: { time: 't', title: 'name', platform: 'p', views: 'v' },
  });
});
afterAll(() => app.close());

// A figure's file takes whatever the address of its page has.
const checked = OPERATIONS.filter(({ path, anyParams }) => path.startsWith('/api/v1/') && anyParams !== true);
const calls = checked.map(({ method, path }) => [method.toUpperCase(), path.replaceAll(/\{\w+\}/g, 'series')] as const);
const send = async (method: string, path: string, language = 'en') => {
  const response = await fetch(app.url + path, { method, headers: { 'accept-language': language } });
  return { status: response.status, text: await response.text() };
};
const problemOf = (text: string) => problemSchema.parse(JSON.parse(text));

describe('a query parameter that a call does not have', () => {
  it.each(calls)('is refused by %s %s, which names those it has', async (method, path) => {
    const { status, text } = await send(method, `${path}?filter=%5B%5D&lang=en`);
    const { code, errors, detail } = problemOf(text);
    expect({ status, code, paths: errors?.map((one) => one.path) }).toEqual({
      status: 400,
      code: 'invalid_request',
      paths: ['filter'],
    });
    expect(detail).toMatch(/"filter".*lang/);
  });

  it('is named with the others, in the language asked for', async () => {
    const { text } = await send('GET', '/api/v1/movers?form=2025-10-01', 'zh');
    expect(problemOf(text).code).toBe('not_found');
    const { text: zh } = await send('GET', '/api/v1/growth?form=2025-10-01&gain=day', 'zh');
    expect(problemOf(zh).detail).toMatch(
      /“form”.*“from”.*from、to、filters、lang.*“gain”.*“grain”.*base、limit、download/u,
    );
  });

  it.each([
    '/api/v1/growth?from=2025-10-01&to=2025-10-02&filters=[]&lang=zh&explain=true&download=x&grain=day&limit=3',
    '/api/v1/growth/?grain=day',
    '/api/v1/catalog?lang=en',
    '/api/v1/members/series?search=x&limit=3&ids=a&ids=b&lang=en&download=x',
    '/api/v1/query?q={"measures":["views"]}&lang=en&download=x',
    '/api/v1/imports?lang=en',
    '/api/v1/aliases/suggestions?dimension=series&limit=3&lang=zh',
    '/api/v1/series/老千?lang=en&download=x',
  ])('is not one of those in %s', async (path) => {
    const { status, text } = await send('GET', path);
    expect(status, text).toBe(200);
  });
});
