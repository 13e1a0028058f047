import { afterAll, beforeAll, expect, it } from 'vitest';
import { briefAnswer } from '../../server/contract/analyses-outlook.ts';
import type { RunningApp } from './app.ts';
import { startDemoApp } from './demo.ts';

/** The story's findings come out of the demo's rows by the brief's ordinary rules, among its first twelve. */
let app: RunningApp;
const brief = async () =>
  briefAnswer.parse(await (await fetch(`${app.url}/api/v1/brief?month=2025-10&limit=12`)).json()).rows;

beforeAll(async () => {
  app = await startDemoApp();
}, 180_000);
afterAll(() => app.close());

it.each([
  [
    'club',
    /seven series broke 1B views; Tinghua Island accounted for four of them/,
    /7 部短剧播放量突破 10亿，其中听花岛占 4 部/,
  ],
  ['growth', /Comic views on Douyin in October 2025 were three times July’s/, /抖音上漫剧的播放量是7月的 3 倍/],
  [
    'supply',
    /4,536 comic series were ongoing, 1,020 of them .* fantasy and xianxia/,
    /活跃漫剧 4,536 部，其中玄幻仙侠 1,020 部/,
  ],
  [
    'launch',
    /Midsummer Fendela reached 100M in both .* within 24 hours and passed 3B/,
    /《盛夏芬德拉》上线 24 小时内热度与播放量双双破 1亿，.*突破 30亿/,
  ],
  ['overseas', /Overseas views were .*%.*up from/, /海外播放占比/],
  ['ai', /AI-made series/, /AI 制作剧/],
])('%s is among the first twelve of October', async (kind, en, zh) => {
  const found = (await brief()).filter((finding) => finding.kind === kind);
  expect(
    found.some(({ sentence }) => en.test(sentence.en) && zh.test(sentence.zh)),
    JSON.stringify(found),
  ).toBe(true);
});

it('tells another story when the rows are others', async () => {
  const before = await brief();
  const launched = before.find(({ kind }) => kind === 'launch')?.id.split(':')[1];
  const csv = `date,series_id,platform,region,views\n2025-09-30,${launched},douyin,CN,4000000000\n`;
  const { import_id: id } = await app.importText('correction.csv', csv);
  const after = await brief();
  expect(after.map((finding) => finding.id)).not.toContain(`launch:${launched}`);
  expect(after.find(({ kind }) => kind === 'club')?.sentence.en).toContain(
    'six series broke 1B views; Tinghua Island accounted for three',
  );
  await app.imports.remove(id);
  expect(await brief()).toEqual(before);
});
