import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { sayImport } from '../../../../scripts/import/report.ts';
import type { ImportOptions } from '../../../../server/contract/imports.ts';
import { Desk } from '../desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());
afterEach(() => desk.clear());

const log = (views: (series: number, day: number) => number) =>
  `日期,剧名,播放量\n${[1, 2, 3, 4, 5, 6, 7, 8]
    .flatMap((day) => [1, 2, 3].map((series) => `2025-10-0${day},剧${series},${views(series, day)}\n`))
    .join('')}`;
const grows = log((series, day) => series * 10_000 + day * 60);
const falls = log((series, day) => series * 100 + (day % 2) * 90);
const few = '日期,剧名,播放量\n2025-10-01,甲,100\n2025-10-02,甲,110\n';

const warned = async (text: string, views_are?: ImportOptions['views_are']) => {
  const record = await desk.import(text, views_are ? { options: { views_are } } : {});
  expect(record.status).toBe('committed');
  return record.warnings.filter(({ code }) => code === 'views_are_unlikely');
};

describe('what somebody says of the views against their values', () => {
  it('counts, with a warning', async () => {
    expect(await warned(grows, 'increment')).toHaveLength(1);
    expect(await warned(falls, 'cumulative')).toHaveLength(1);
  });

  it('is told by a dry run, and on the command line', async () => {
    const path = await desk.write('计数.csv', grows);
    const options = { views_are: 'increment' } as const;
    const dry = await desk.imports.dryRunFile(path, { options });
    expect(dry.warnings.map(({ code }) => code)).toContain('views_are_unlikely');
    const lines = sayImport('计数.csv', await desk.importFile(path, { options }), 'zh');
    expect(lines.join('\n')).toContain('views_are_unlikely：');
  });

  it('is no warning where the values say the same, tell nothing, or nobody said anything', async () => {
    expect(await warned(grows, 'cumulative')).toEqual([]);
    expect(await warned(few, 'cumulative')).toEqual([]);
    expect(await warned(grows)).toEqual([]);
  });
});

describe('numbers beside the views that are of the other kind', () => {
  const beside = (header: string, likes: (series: number, day: number) => number) =>
    `日期,剧名,播放量,${header}\n${[1, 2, 3, 4, 5, 6, 7, 8]
      .flatMap((day) =>
        [1, 2, 3].map(
          (series) => `2025-10-0${day},剧${series},${series * 100 + (day % 2) * 90},${likes(series, day)}\n`,
        ),
      )
      .join('')}`;
  const told = async (text: string) =>
    (await desk.import(text)).warnings.filter(({ code }) => code === 'unconfirmed').map(({ detail }) => detail.en);

  it('are told: total likes beside the views of each day', async () => {
    const [warning] = await told(beside('点赞', (series, day) => series * 10_000 + day * 60));
    expect(warning).toContain('“点赞”');
  });

  it('are no question if they are of the same kind, or tell nothing', async () => {
    expect(await told(beside('点赞', (series, day) => series * 10 + (day % 2) * 9))).toEqual([]);
    expect(await told(beside('点赞', () => 0))).toEqual([]);
  });

  it('are judged where no column states views at all', async () => {
    const likes = log((series, day) => series * 10_000 + day * 60).replace('播放量', '点赞');
    expect((await told(likes)).join()).toContain('“点赞”');
  });
});
