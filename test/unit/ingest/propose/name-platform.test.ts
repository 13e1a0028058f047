import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nameWithFolders, platformOfName } from '../../../../server/ingest/propose/name-platform.ts';
import { loadVocabulary } from '../../../../server/vocabulary/vocabulary.ts';
import { Desk } from '../desk.ts';

const vocabulary = loadVocabulary();

describe('the platform that a file’s name says', () => {
  it.each([
    ['抖音日报_2026-09-01.csv', 'douyin'],
    ['快手榜.xlsx', 'kuaishou'],
    ['红果热播榜TOP50.csv', 'hongguo'],
    ['export-reel-short-2026.csv', 'reelshort'],
    ['ReelShort_20260510.csv', 'reelshort'],
    ['exports/douyin/日报表_2026-09-01.csv', 'douyin'],
    ['C:\\data\\快手\\2026\\views.csv', 'kuaishou'],
    // The longest name at a place is the one that is meant, and the nearest part speaks first.
    ['抖音海外版_日报.csv', 'tiktok'],
    ['抖音/快手日报.csv', 'kuaishou'],
    ['2026年抖音日报/a.csv', 'douyin'],
    // Several, or words that only hold such letters.
    ['抖音快手合计.csv', null],
    ['douyin/抖音快手合计.csv', null],
    ['redo_bumper_fb.csv', null],
    ['全网日报.csv', null],
    // Where programs put what they were sent.
    ['WeChat Files/日报.csv', null],
    ['百度网盘/日报.csv', null],
  ])('%s: %s', (name, platform) => {
    expect(platformOfName(name, vocabulary)?.platform.id ?? null).toBe(platform);
  });

  it('keeps of the way to a file only the folder that says it', () => {
    expect(nameWithFolders('/home/a/douyin/09/日报.csv', vocabulary)).toBe('douyin/日报.csv');
    expect(nameWithFolders('/home/douyin/快手日报.csv', vocabulary)).toBe('快手日报.csv');
    expect(nameWithFolders('/home/a/日报.csv', vocabulary)).toBe('日报.csv');
  });
});

describe('an import of a file whose name says the platform', () => {
  let desk: Desk;
  beforeEach(async () => {
    desk = await Desk.open();
  });
  afterEach(() => desk.close());
  const rows = (...lines: string[]) => ['日期,剧名,播放量', ...lines].join('\n');
  const from = (name: string, text: string, mapping = {}) =>
    desk.write(`file${Math.random()}.csv`, text).then((path) => desk.importFile(path, { name, ...mapping }));

  it('keeps files of one name from two folders apart', async () => {
    const first = await from('douyin/日报表_2026-09-01.csv', rows('2026-09-01,甲,1', '2026-09-01,乙,2'));
    const second = await from('kuaishou/日报表_2026-09-01.csv', rows('2026-09-01,甲,10', '2026-09-01,乙,20'));
    expect([first, second].map((r) => [r.source, r.options.platform, r.warnings])).toEqual([
      ['douyin/日报表', 'douyin', []],
      ['kuaishou/日报表', 'kuaishou', []],
    ]);
    expect(await desk.rows('SELECT sum(views)::INTEGER AS n FROM view_log')).toEqual([{ n: 33 }]);
  });

  it('leaves a column that says it alone, and a source whose rows had none so far', async () => {
    const column = await from('抖音日报.csv', '日期,剧名,平台,播放量\n2026-09-01,甲,快手,1\n');
    expect(column.options.platform).toBeUndefined();
    const before = await from('番茄日报_1.csv', rows('2026-09-01,甲,1'), { options: { platform: '红果' } });
    expect(before.options.platform).toBe('红果');
    const plain = { options: { source: '老来源' } };
    expect((await from('合并.csv', rows('2026-09-01,丙,1'), plain)).options.platform).toBeUndefined();
    const next = await desk.importFile(await desk.write('快手榜.csv', rows('2026-09-02,甲,1')), plain);
    expect(next.options.platform).toBeUndefined();
  });

  it('goes before the platform of a profile that was saved from another’s file', async () => {
    await from('抖音日报.csv', rows('2026-09-01,甲,1'), { saveProfile: '日报' });
    const second = await from('快手日报.csv', rows('2026-09-01,甲,10'));
    expect([second.source, second.options.platform]).toEqual(['日报', 'kuaishou']);
    const third = await from('日报_9月.csv', rows('2026-09-02,甲,5'));
    expect(third.options.platform).toBe('douyin');
    expect(await desk.rows('SELECT sum(views)::INTEGER AS n FROM view_log')).toEqual([{ n: 16 }]);
  });
});
