import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { withoutWatchOut } from '../../../../server/ingest/propose/messages.ts';
import { dayOfFileName, NO_DAY } from '../../../../server/ingest/propose/time-messages.ts';
import { Desk, refusal } from '../desk.ts';

/** The day that it is in Shanghai: the 1st of April 2026, while it is the 31st of March in UTC. */
const NOW = new Date('2026-03-31T20:00:00Z');

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open('Asia/Shanghai', undefined, () => NOW);
});
afterAll(() => desk.close());
afterEach(() => desk.clear());

const rejected = async (id: string) =>
  (await desk.imports.rejects(id)).map(({ line, column, value, reason }) => [line, column, value, reason]);

describe('a day that is still to come', () => {
  it('makes its row a reject, from the day after tomorrow of the business zone on', async () => {
    const { import_id, from, to } = await desk.import(
      '日期,剧名,播放量\n2026-03-01,A,1\n2062-03-01,A,2\n2026-04-02,A,3\n2026-04-03,A,4\n',
    );
    expect(await desk.views()).toEqual(['A 2026-03-01 1', 'A 2026-04-02 3']);
    expect([from, to]).toEqual(['2026-03-01', '2026-04-02']);
    const reason = {
      en: 'after 2026-04-02: still to come, and no forecasts are imported; correct the date, or give a later latest_day',
      zh: '晚于 2026-04-02，尚未到来，预测数据不予导入；请更正日期，或将 latest_day 设为更晚的日期',
    };
    expect(await rejected(import_id)).toEqual([
      [3, '日期', '2062-03-01', reason],
      [5, '日期', '2026-04-03', reason],
    ]);
  });

  it('is imported where a later last day is said', async () => {
    await desk.import('日期,剧名,播放量\n2026-04-30,A,1\n2026-05-01,A,2\n', { options: { latest_day: '2026-04-30' } });
    expect(await desk.views()).toEqual(['A 2026-04-30 1']);
  });

  it('may end a week or a month that has begun', async () => {
    await desk.import('日期,剧名,播放量\n2026-04-05,A,7\n2026-04-12,A,7\n', { options: { covers: 'week_ending' } });
    expect((await desk.views())[0]).toBe('A 2026-03-30 1');
    expect((await desk.views()).at(-1)).toBe('A 2026-04-05 1');
  });

  it('is none where a date without a year can be of the year before', async () => {
    await desk.import('日期,剧名,播放量\n2026年3月30日,A,1\n12月31日,A,2\n4月2日,A,3\n');
    expect(await desk.views()).toEqual(['A 2025-12-31 2', 'A 2026-03-30 1', 'A 2025-04-02 3'].sort());
  });
});

describe('a log without a column of dates', () => {
  const chart = '排名,剧名,播放量\n1,A,30\n2,B,20\n';

  it('is of the day in its name', async () => {
    const upload = await desk.imports.upload(Readable.from([chart]), '快手榜_2026-03-05.csv');
    expect(upload).toMatchObject({ kind: 'log', options: { day: '2026-03-05' }, mapping: { title: '剧名' } });
    expect(upload.reasons).toContainEqual({
      option: 'day',
      reason: dayOfFileName('2026-03-05'),
    });
    await desk.import(chart, { name: '快手榜_2026-03-05.csv' });
    expect(await desk.views()).toEqual(['A 2026-03-05 30', 'B 2026-03-05 20']);
  });

  it('is a counter where its source was one, day by day', async () => {
    const options = { source: '榜', views_are: 'cumulative' } as const;
    await desk.import('日期,剧名,播放量\n2026-03-01,A,100\n2026-03-02,A,110\n', { options });
    await desk.import('剧名,播放量\nA,125\n', { name: '快手榜_2026-03-03.csv', options: { source: '榜' } });
    expect(await desk.views("kind = 'increment'")).toEqual(['A 2026-03-02 10', 'A 2026-03-03 15']);
  });

  it('is of the day that is said, with hours of it where a column has them', async () => {
    await desk.import('剧名,小时,播放量\nA,0,1\nA,23,2\n', { options: { day: '2026-03-06' } });
    expect(await desk.views()).toEqual(['A 2026-03-06 15:00Z 2', 'A 2026-03-06 16:00Z 1'].sort());
  });

  it('is refused without a day, or with one to come, and says what to do', async () => {
    await expect(desk.import(chart)).rejects.toMatchObject({
      code: 'unconfirmed',
      errors: expect.arrayContaining([{ path: 'options.day', message: withoutWatchOut(NO_DAY) }]),
    });
    expect(await refusal(desk.import(chart, { options: { day: '2026-04-03' } }))).toEqual({
      code: 'invalid_request',
      detail:
        'The day 2026-04-03 is after 2026-04-02, and no forecasts are imported. Correct the day, or give a later latest_day.',
    });
  });

  it('is none where its columns describe series', async () => {
    const upload = await desk.imports.upload(
      Readable.from(['剧名,题材,承制方,集数,类型,播放量\nA,都市,听花岛,80,真人剧,30\n']),
      '剧集目录_2026-03-05.csv',
    );
    expect(upload.kind).toBe('catalog');
    const released = await desk.imports.upload(
      Readable.from(['剧名,上线日期,播放量\nA,2026-01-01,30\n']),
      '片单_2026-03-05.csv',
    );
    expect(released.options.day).toBeUndefined();
  });
});

describe('a range of days in a column of times', () => {
  it('is the week where all are of seven days', async () => {
    const { options } = await desk.import(
      '周期,剧名,播放量\n2026-03-02~2026-03-08,A,70\n2026.03.09 - 03.15,A,14\n2026年3月16日至2026年3月22日,B,7\n20260323-20260329,B,7\n',
    );
    expect(options.covers).toBe('week_starting');
    const days = await desk.views(
      `day IN (DATE '2026-03-02', DATE '2026-03-08', DATE '2026-03-15', DATE '2026-03-29')`,
    );
    expect(days).toEqual(['A 2026-03-02 10', 'A 2026-03-08 10', 'A 2026-03-15 2', 'B 2026-03-29 1']);
  });

  it('is the month where all are whole months', async () => {
    await desk.import('日期,剧名,播放量\n2026-02-01~2026-02-28,A,28\n2025-12-01至2025-12-31,A,31\n');
    expect(await desk.rows('SELECT count(*)::INTEGER AS days, sum(views)::INTEGER AS views FROM view_log')).toEqual([
      { days: 59, views: 59 },
    ]);
  });

  it('is a reject that says what to do where it is neither', async () => {
    const rows = Array.from({ length: 11 }, (_, i) => `2026-03-02~2026-03-08,S${i},7`);
    const { import_id } = await desk.import(`日期,剧名,播放量\n${rows.join('\n')}\n2026-03-02~2026-03-05,A,4\n`, {
      options: { covers: 'week_ending' },
    });
    expect(await rejected(import_id)).toEqual([
      [
        13,
        '日期',
        '2026-03-02~2026-03-05',
        {
          en: 'a range of days: only whole weeks (covers week_starting or week_ending) and whole months (covers month) are read; give other rows one line per day',
          zh: '是一段日期：只有整周和整月可读取，请在“时间列表示”中选择（covers：week_starting、week_ending 或 month）；其他请拆成每天一行',
        },
      ],
    ]);
  });
});
