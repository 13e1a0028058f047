import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Column, Row } from '../../server/contract/query.ts';
import { writeXlsx } from '../../server/http/formats/large-xlsx.ts';
import { type RunningApp, startApp } from './app.ts';
import { readXlsx } from './xlsx.ts';

let app: RunningApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const label = { en: 'x', zh: 'x' };
const columns: Column[] = [
  { id: 'series', type: 'text', unit: 'text', label },
  { id: 'views', type: 'integer', unit: 'views', label },
];
const rowsOf = (n: number): Row[] =>
  Array.from({ length: n }, (_, i) => ({ series: `剧${i}`, views: i === 7 ? '9007199254740993' : i }));

describe('a large workbook', () => {
  it('is the same, row by row, as one that is written at once', async () => {
    const { rows, frozen } = readXlsx(Buffer.from(await writeXlsx({ columns, rows: rowsOf(30_000) })));
    expect(frozen).toBe(1);
    expect(rows).toEqual([
      ['series', 'views'],
      ...rowsOf(30_000).map(({ series, views }) => [series ?? null, views ?? null]),
    ]);
  });

  it('is made while the server answers others, and one after the other', async () => {
    const done: string[] = [];
    const large = (name: string) =>
      writeXlsx({ columns, rows: rowsOf(60_000) }).then(() => done.push(`workbook ${name}`));
    const books = [large('a'), large('b')];
    for (const n of [1, 2, 3]) {
      const answer = await fetch(`${app.url}/readyz`);
      expect(await answer.json()).toEqual({ ready: true });
      done.push(`answer ${n}`);
    }
    await Promise.all(books);
    expect(done).toEqual(['answer 1', 'answer 2', 'answer 3', 'workbook a', 'workbook b']);
  });

  it('is given up when its asker goes away, and the next one is made', async () => {
    const asker = new AbortController();
    const left = writeXlsx({ columns, rows: rowsOf(60_000) }, asker.signal);
    const next = writeXlsx({ columns, rows: rowsOf(12_000) });
    setImmediate(() => asker.abort());
    await expect(left).rejects.toMatchObject({ code: 'cancelled' });
    expect(readXlsx(Buffer.from(await next)).rows).toHaveLength(12_001);
  });
});
