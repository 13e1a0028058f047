import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApp, startApp } from './app.ts';

let app: RunningApp;
let statements = 0;
beforeAll(async () => {
  app = await startApp({
    asked: (warehouse) => ({
      ...warehouse,
      state: () => warehouse.state(),
      read: (work, asking) =>
        warehouse.read(
          (session) =>
            work({
              state: session.state,
              all: (statement) => {
                statements += 1;
                return session.all(statement);
              },
            }),
          asking,
        ),
    }),
  });
  await app.importText('a.csv', '日期,剧名,题材,播放量\n2025-09-01,老千,都市,100\n2025-09-02,云渺,玄幻,60');
});
afterAll(() => app.close());

const query = { measures: ['views'], dimensions: ['primary_genre'] };
const post = (path: string, body: unknown) =>
  fetch(`${app.url}/api/v1${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
const ASKED: Readonly<Record<string, () => Promise<Response>>> = {
  'an analysis': () => fetch(`${app.url}/api/v1/genres?lang=zh`),
  'a query': () => post('/query?lang=zh', query),
  'a linked query': () => fetch(`${app.url}/api/v1/query?lang=zh&q=${encodeURIComponent(JSON.stringify(query))}`),
  'a batch': () => post('/query/batch?lang=zh', { queries: { one: query, two: { measures: ['active_series'] } } }),
};
const asked = async (ask: () => Promise<Response>) => {
  const before = statements;
  const response = await ask();
  expect(response.status).toBe(200);
  const text = await response.text();
  return { text: text.replaceAll(/"elapsed_ms":[\d.]+/g, ''), statements: statements - before };
};

describe('answers that are kept', () => {
  it.each(Object.entries(ASKED))('%s is computed once while the data stay the same', async (_, ask) => {
    const first = await asked(ask);
    const second = await asked(ask);
    expect([second.text, second.statements]).toEqual([first.text, 0]);
  });

  it('are kept for each language', async () => {
    const zh = await asked(() => fetch(`${app.url}/api/v1/growth/movers?by=primary_genre&lang=zh`));
    const en = await asked(() => fetch(`${app.url}/api/v1/growth/movers?by=primary_genre&lang=en`));
    expect(en.statements).toBe(zh.statements);
    expect([zh.text.includes('"都市"'), en.text.includes('Urban')]).toEqual([true, true]);
  });

  it('do not stand for one with its lineage', async () => {
    await asked(() => fetch(`${app.url}/api/v1/genres?lang=zh`));
    const explained = await asked(() => fetch(`${app.url}/api/v1/genres?lang=zh&explain=true`));
    expect([explained.text.includes('"lineage"'), explained.statements > 0]).toEqual([true, true]);
    expect((await asked(() => fetch(`${app.url}/api/v1/genres?lang=zh`))).text).not.toContain('"lineage"');
  });

  it('are computed again after an import and after its undo', async () => {
    const views = async () => (await asked(() => post('/query?lang=zh', { measures: ['views'] }))).text;
    expect(await views()).toContain('"views":160');
    const { import_id } = await app.importText('b.csv', '日期,剧名,题材,播放量\n2025-09-03,长安,都市,7');
    expect(await views()).toContain('"views":167');
    await fetch(`${app.url}/api/v1/imports/${import_id}`, { method: 'DELETE' });
    expect(await views()).toContain('"views":160');
  });
});
