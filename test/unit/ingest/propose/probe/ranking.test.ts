import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ranks } from '../../../../../server/ingest/propose/messages.ts';
import { rankColumn } from '../../../../../server/ingest/propose/probe/probe.ts';
import { Desk } from '../../desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await Desk.open();
});
afterEach(() => desk.close());

const coverage = () => desk.warehouse.state().sources.map(({ id, coverage: kind }) => `${id} ${kind}`);

const weeks = ['2025-10-06', '2025-10-13', '2025-10-20'];
const top = (header: string, rows = 4) =>
  [
    header,
    ...weeks.flatMap((week) =>
      Array.from({ length: rows }, (_, i) => `${week},${i + 1},剧${i}${week.slice(8)},${900 - i}`),
    ),
  ].join('\n');

const proposed = async (text: string) => {
  const upload = await desk.imports.upload((await import('node:stream')).Readable.from([Buffer.from(text)]), 'top.csv');
  return [upload.options.coverage, upload.reasons.find((one) => one.option === 'coverage')?.reason.en] as const;
};

describe('a chart is proposed', () => {
  test.each([
    '日期,排名,剧名,播放量',
    'date,rank,title,views',
    '日付,順位,タイトル,再生数',
    'week,weekly_rank,title,views',
  ])('under %s', async (header) => {
    const [kind, reason] = await proposed(top(header));
    expect(kind).toBe('chart');
    expect(reason).toBe(ranks(header.split(',')[1] ?? '', { periods: 3, usual: 4, last: 4 }).en);
  });

  test('of one period, from its places alone', async () => {
    const [kind, reason] = await proposed('日期,排名,剧名,播放量\n2025-10-01,1,甲,9\n2025-10-01,2,乙,8\n');
    expect(kind).toBe('chart');
    expect(reason).toBe(ranks('排名', { periods: 1, usual: 2, last: 2 }).en);
  });

  test.each([
    ['without a rank', '日期,剧名,播放量\n2025-10-01,甲,9\n2025-10-02,乙,8\n'],
    [
      'of periods of any length',
      `${top('日期,排名,剧名,播放量')}\n2025-10-21,1,甲,9\n2025-10-22,1,甲,9\n2025-10-22,2,乙,9\n2025-10-23,1,甲,1`,
    ],
    ['of places that do not start at 1', '日期,排名,剧名,播放量\n2025-10-01,7,甲,9\n2025-10-02,9,乙,8\n'],
    ['whose rank is no number', '日期,排名,剧名,播放量\n2025-10-01,上升,甲,9\n2025-10-02,下降,乙,8\n'],
  ])('not %s', async (_name, text) => {
    expect(await proposed(text)).toEqual([undefined, undefined]);
  });
});

test.each([
  ['排名', true],
  ['榜单排名', true],
  ['weekly_rank', true],
  ['Rank', true],
  ['ランキング', true],
  ['frankness', false],
  ['ranked_by', false],
  ['播放量', false],
])('%s is the name of a rank: %s', (name, expected) => {
  expect(rankColumn([name]) === name).toBe(expected);
});

test('a source covers what the latest of its imports states, also after undoing it', async () => {
  const log = (day: string) => `日期,剧名,播放量\n${day},甲,5\n`;
  const options = { source: '榜' };
  await desk.import(log('2025-10-01'), { options });
  expect(coverage()).toEqual(['榜 census']);
  const chart = await desk.import(log('2025-10-02'), { options: { ...options, coverage: 'chart' } });
  expect(chart.warnings.map((warning) => warning.code)).toEqual(['chart_source']);
  expect(coverage()).toEqual(['榜 chart']);
  // One that does not speak of it changes nothing.
  const silent = await desk.import(log('2025-10-03'), { options });
  expect(coverage()).toEqual(['榜 chart']);
  const census = await desk.import(log('2025-10-04'), { options: { ...options, coverage: 'census' } });
  expect(coverage()).toEqual(['榜 census']);
  await desk.imports.remove(census.import_id);
  expect(coverage()).toEqual(['榜 chart']);
  await desk.imports.remove(chart.import_id);
  expect(coverage()).toEqual(['榜 census']);
  await desk.imports.remove(silent.import_id);
  expect(coverage()).toEqual(['榜 census']);
});

test('a chart is imported as proposed', async () => {
  const record = await desk.import(top('日期,排名,剧名,播放量'), { options: { source: '榜' } });
  expect(record.status).toBe('committed');
  expect(coverage()).toEqual(['榜 chart']);
});
