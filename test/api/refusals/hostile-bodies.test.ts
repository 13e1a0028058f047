import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemSchema } from '../../../server/contract/problem.ts';
import { type RunningApp, startApp } from '../app.ts';

let app: RunningApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const many = (n: number, text: (i: number) => string) => Array.from({ length: n }, (_, i) => text(i)).join(',');

describe('a body that is made to harm', () => {
  it.each([
    ['arrays in arrays', '/query', `${'['.repeat(400_000)}${']'.repeat(400_000)}`],
    ['a measure of arrays in arrays', '/query', `{"measures":${'['.repeat(400_000)}${']'.repeat(400_000)}}`],
    [
      'objects in objects',
      '/query',
      `{"measures":["views"],"filters":${'{"a":'.repeat(150_000)}1${'}'.repeat(150_000)}}`,
    ],
    ['a hundred thousand measures', '/query', `{"measures":[${many(400_000, () => '0')}]}`],
    ['thousands of unknown keys', '/query', `{"measures":["views"],${many(60_000, (i) => `"k${i}":1`)}}`],
    ['a key of half a megabyte', '/query', `{"measures":["views"],"${'x'.repeat(500_000)}":1}`],
    ['thousands of wrong queries', '/query/batch', `{"queries":{${many(5000, (i) => `"${i}":{}`)}}}`],
    ['thousands of unknown fields', '/imports', `{"upload_id":"x","mapping":{${many(60_000, (i) => `"k${i}":1`)}}}`],
  ])('%s: is refused in some words, not sent back', async (_what, path, body) => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${app.url}/api/v1${path}`, { method: 'POST', headers, body });
    const text = await response.text();
    expect(problemSchema.parse(JSON.parse(text))).toMatchObject({ status: 400, code: 'invalid_request' });
    expect(text.length).toBeLessThan(60_000);
  });
});
