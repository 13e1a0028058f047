import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DimensionId } from '../../../../server/contract/query.ts';
import { members } from '../../../../server/metrics/analyses/catalog.ts';
import { isSpelled, spell, transcriber } from '../../../../server/vocabulary/pinyin.ts';
import type { Warehouse } from '../../../../server/warehouse/warehouse.ts';
import { loadFixture, openFixture, withEngine } from '../fixture.ts';

const find = async (on: Warehouse, dimension: DimensionId, search: string, limit = 20, language: 'zh' | 'en' = 'zh') =>
  (await withEngine(on, (engine) => members(engine, dimension, { search, limit }), language)).rows.map(({ id }) => id);

describe('members found as they are typed', () => {
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await openFixture({
      series: [
        { id: 'home', title: '家里家外', titleEn: 'Home and Beyond', producers: ['听花岛'], genres: ['urban'] },
        { id: 'home2', title: '家里家外2', producers: ['听花岛', '月光传媒'], format: 'live_action' },
        { id: 'rebirth', title: '重生之AI女王', genres: ['fantasy'], channel: 'female' },
        { id: 'sale', title: '100%_sale', titleEn: 'Jolly JLJW days' },
        { id: 'plain', title: '1000 sales' },
      ],
      rows: [
        { series: 'home', day: '2025-10-01', views: 10 },
        { series: 'home2', day: '2025-10-01', views: 30 },
        { series: 'rebirth', day: '2025-10-01', views: 20, platform: '红果' },
        { series: 'sale', day: '2025-10-01', views: 15 },
        { series: 'plain', day: '2025-10-01', views: 5 },
      ],
      labels: [{ dimension: 'genre', id: 'urban', zh: '都市', en: 'Urban' }],
    });
  });
  afterAll(() => warehouse.close());
  const asked = (dimension: DimensionId, search: string, limit?: number, language?: 'zh' | 'en') =>
    find(warehouse, dimension, search, limit, language);

  test('a Chinese title is found by its initials, beside names that hold the letters, the most viewed first', async () => {
    expect(await asked('series', 'jljw')).toEqual(['home2', 'sale', 'home']);
    expect(await asked('series', 'JLJW', 1)).toEqual(['home2']);
  });

  test('a Chinese title is found by its whole pinyin, or a part that begins with a syllable', async () => {
    expect(await asked('series', 'jialijiawai')).toEqual(['home2', 'home']);
    expect(await asked('series', 'lijia')).toEqual(['home2', 'home']);
    expect(await asked('series', 'ialijia')).toEqual([]);
  });

  test('asked by their ids, members come with their names, however little viewed; unknown ids are left out', async () => {
    const { rows } = await withEngine(warehouse, (engine) =>
      members(engine, 'series', { ids: ['plain', 'home', 'nobody'], limit: 1 }),
    );
    expect(rows.map(({ id, label }) => [id, label.zh])).toEqual([
      ['home', '家里家外'],
      ['plain', '1000 sales'],
    ]);
  });

  test('a character is read as its word has it, and Latin words in a title stay', async () => {
    expect(await asked('series', 'chongsheng')).toEqual(['rebirth']);
    expect(await asked('series', 'zhiainvwang')).toEqual(['rebirth']);
  });

  test('names in either language and ids are found as before, whichever language is asked for', async () => {
    for (const language of ['zh', 'en'] as const) {
      expect(await asked('series', 'beyond', 20, language)).toEqual(['home']);
      expect(await asked('series', '家外', 20, language)).toEqual(['home2', 'home']);
      expect(await asked('series', 'rebirth', 20, language)).toEqual(['rebirth']);
      expect(await asked('series', 'jlj', 20, language)).toEqual(['home2', 'sale', 'home']);
    }
  });

  test('producers, platforms, tags and this product’s own names have pinyin too', async () => {
    expect(await asked('producer', 'thd')).toEqual(['听花岛']);
    expect(await asked('credited_producer', 'yueguang')).toEqual(['月光传媒']);
    expect(await asked('platform', 'hongguo')).toEqual(['hongguo', '红果']);
    expect(await asked('genre', 'ds')).toEqual(['urban']);
    expect(await asked('primary_genre', 'dushi')).toEqual(['urban']);
    expect(await asked('channel', 'nvpin')).toEqual(['female']);
    expect(await asked('format', 'zrj')).toEqual(['live_action']);
  });

  test('wildcard characters are taken literally', async () => {
    expect(await asked('series', '%')).toEqual(['sale']);
    expect(await asked('series', '_')).toEqual(['sale']);
    expect(await asked('series', '100%_')).toEqual(['sale']);
    expect(await asked('series', 'j%w')).toEqual([]);
    expect(await asked('series', 'jl_w')).toEqual([]);
  });

  test('nothing typed lists all by views', async () => {
    expect(await asked('series', '')).toEqual(['home2', 'rebirth', 'sale', 'home', 'plain']);
  });
});

test('names of a new version of the data are found at once', async () => {
  const titled = (title: string) => ({
    series: [{ id: 'a', title }],
    rows: [{ series: 'a', day: '2025-10-01', views: 1 }],
  });
  const warehouse = await openFixture(titled('家里家外'));
  expect(await find(warehouse, 'series', 'jljw')).toEqual(['a']);
  await loadFixture(warehouse, titled('盛夏'));
  expect(await find(warehouse, 'series', 'jljw')).toEqual([]);
  expect(await find(warehouse, 'series', 'shengxia')).toEqual(['a']);
  await warehouse.close();
});

test('a name is spelled by syllables, without digits and signs; one without Chinese is not spelled', async () => {
  const transcribe = await transcriber();
  expect(spell('家里家外（第2季）', transcribe)).toEqual({
    letters: 'jialijiawaidiji',
    starts: [0, 3, 5, 8, 11, 13],
    initials: 'jljwdj',
  });
  expect(spell('Home 2', transcribe)).toBeNull();
});

test('letters are looked for in initials anywhere, in pinyin from the start of a syllable', () => {
  const spelling = { letters: 'shengxia', starts: [0, 5], initials: 'sx' };
  const found = ['SX', 'x', 'shengx', 'xia', 'hengxia', 'xs'].map((typed) => isSpelled(spelling, typed));
  expect(found).toEqual([true, true, true, true, false, false]);
});
