import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Label } from '../../../../server/contract/query.ts';
import type { FileImport } from '../../../../server/ingest/propose/choices.ts';
import { datesForNames, twoColumnsOfOneName } from '../../../../server/ingest/propose/messages.ts';
import { Desk } from '../desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await Desk.open();
});
afterEach(() => desk.close());

const unconfirmed = (path: string, message: Label) => ({
  code: 'unconfirmed',
  errors: expect.arrayContaining([{ path, message }]),
});
const open = (text: string, options: FileImport = {}) => desk.import(text, options);

describe('a table made by hand', () => {
  it.each([
    ['months', '剧名,题材,8月,9月,10月\n甲,都市,100,120,130\n乙,古装,50,40,30\n'],
    ['days', '剧名,题材,2025-10-01,2025-10-02\n甲,都市,100,120\n乙,古装,50,40\n'],
    ['days of a month', '剧名,题材,10月1日,10月2日\n甲,都市,100,120\n乙,古装,50,40\n'],
  ])('with a column for each of its %s is asked about, and no catalogue without a word', async (_what, text) => {
    const options = { across: 'none' as const };
    const columns = text.slice(0, text.indexOf('\n')).split(',');
    await expect(open(text, { options })).rejects.toMatchObject(
      unconfirmed('kind', datesForNames(columns.slice(2), false)),
    );
    expect(await open(text, { kind: 'catalog', options })).toMatchObject({ status: 'committed', kind: 'catalog' });
  });

  it('with two columns of views of one name is asked about, if they differ', async () => {
    const text = (second: string) =>
      `日期,剧名,播放量,播放量\n2025-10-01,甲,100,${second}\n2025-10-02,甲,101,${Number(second) + 1}\n`;
    const options = { options: { views_are: 'increment' as const } };
    await expect(open(text('700'), options)).rejects.toMatchObject(
      unconfirmed('mapping.views', twoColumnsOfOneName('播放量', '播放量_2', 'views')),
    );
    const mapping = { time: '日期', title: '剧名', views: '播放量_2' };
    expect(await open(text('700'), { ...options, mapping })).toMatchObject({ status: 'committed', rows_committed: 2 });
    expect(await open(text('100'), options)).toMatchObject({ status: 'committed' });
  });

  it.each(['合计', '全部', '全部剧集', '大盘', 'All', 'all titles', '總計'])(
    'counts the row of %s no second time',
    async (title) => {
      const text = `日期,剧名,平台,播放量\n2025-10-01,${title},全部,190\n2025-10-01,甲,全部,100\n2025-10-01,乙,全部,90\n`;
      const { rows_committed, warnings } = await open(text, { options: { views_are: 'increment' } });
      expect({ rows_committed, codes: warnings.map(({ code }) => code) }).toEqual({
        rows_committed: 2,
        codes: expect.arrayContaining(['total_rows']),
      });
    },
  );

  it('with likes, and a column of numbers that may be the views, is told of', async () => {
    const text = '日期,剧名,当日人次,点赞量\n2025-10-01,甲,500,5\n2025-10-02,甲,300,6\n';
    const { warnings } = await open(text, { options: { views_are: 'increment' } });
    expect(warnings).toContainEqual(
      expect.objectContaining({
        code: 'unconfirmed',
        detail: expect.objectContaining({ en: expect.stringContaining('“当日人次”') }),
      }),
    );
  });
});
