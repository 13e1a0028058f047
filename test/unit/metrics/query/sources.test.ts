import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clubParams, moversParams } from '../../../../server/contract/analyses.ts';
import { type DimensionFilter, type QueryInput, querySchema } from '../../../../server/contract/query.ts';
import { club } from '../../../../server/metrics/analyses/club.ts';
import { movers } from '../../../../server/metrics/analyses/movers.ts';
import { answerQuery } from '../../../../server/metrics/query/query.ts';
import type { Warehouse } from '../../../../server/warehouse/warehouse.ts';
import { everyDay, openFixture, withEngine } from '../fixture.ts';

const by = (...values: string[]): DimensionFilter[] => [{ dimension: 'source', op: 'in', values }];

describe('what an answer says of the log’s sources', () => {
  // Three sources: two end early, on the 10th and the 12th; the data go on to the 20th.
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await openFixture({
      series: [{ id: 'a' }],
      rows: [
        ...everyDay({ series: 'a', day: '2025-10-01', views: 5, source: 'lasting' }, 20),
        ...everyDay({ series: 'a', day: '2025-10-01', views: 5, platform: 'douyin', source: 'short' }, 10),
        ...everyDay({ series: 'a', day: '2025-10-03', views: 5, platform: 'hongguo', source: 'middling' }, 10),
      ],
    });
  });
  afterAll(() => warehouse.close());
  const meta = (query: Partial<QueryInput>) =>
    withEngine(
      warehouse,
      async (engine) => (await answerQuery(engine, querySchema.parse({ measures: ['views'], ...query }))).meta,
    );
  const lagging = async (query: Partial<QueryInput>) =>
    (await meta(query)).notes.filter(({ code }) => code === 'source_lags');

  test('those that end early are counted in one note, each named with its last day as the pages write it', async () => {
    const [note, ...more] = await lagging({});
    expect(more).toEqual([]);
    expect(note?.text.en).toMatch(/^2 sources end before the data’s last day, 20 Oct 2025:/);
    expect(note?.text.zh).toMatch(/^有 2 个数据来源止于全部数据的最后一天（2025年10月20日）之前：/);
    expect(note?.items?.map(({ en }) => en).toSorted()).toEqual(['middling: to 12 Oct 2025', 'short: to 10 Oct 2025']);
  });

  test('one alone is named in the sentence', async () => {
    const [note] = await lagging({ filters: by('lasting', 'short') });
    expect(note?.text.en).toMatch(/^Source short ends on 10 Oct 2025,/);
    expect(note?.items).toBeUndefined();
  });

  test('nothing is said of those that the filters leave out', async () => {
    expect(await lagging({ filters: by('lasting') })).toEqual([]);
    expect((await meta({ filters: by('lasting') })).sources).toEqual(['lasting']);
  });

  test('those with a day in the ranges that are asked are named', async () => {
    const sources = async (query: Partial<QueryInput>) => (await meta(query)).sources.toSorted();
    const late = { from: '2025-10-15', to: '2025-10-20' };
    expect(await sources({ time: late })).toEqual(['lasting']);
    // The six days before reach back to the 9th.
    expect(await sources({ time: late, compare: 'previous_period' })).toEqual(['lasting', 'middling', 'short']);
    // What was earned before counts in a sum over all time.
    expect(await sources({ time: late, measures: ['cumulative_views'] })).toEqual(['lasting', 'middling', 'short']);
  });

  test('analyses say it as queries do', async () => {
    const range = { from: '2025-10-17', to: '2025-10-20' };
    const moved = await withEngine(warehouse, (engine) =>
      movers(engine, moversParams.parse({ by: 'series', ...range })),
    );
    expect(moved.meta.sources).toEqual(['lasting']);
    const filters = JSON.stringify(by('short'));
    const members = await withEngine(warehouse, (engine) => club(engine, clubParams.parse({ ...range, filters })));
    expect(members.meta.sources).toEqual(['short']);
  });
});
