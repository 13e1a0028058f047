import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type QueryInput, querySchema } from '../../../../server/contract/query.ts';
import { answerQuery } from '../../../../server/metrics/query/query.ts';
import type { Warehouse } from '../../../../server/warehouse/warehouse.ts';
import { openFixture, withEngine } from '../fixture.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openFixture({
    series: [{ id: 'a' }, { id: 'b' }],
    rows: [
      { series: 'a', day: '2025-10-01', platform: 'hongguo', views: 5, heat: 9000 },
      { series: 'b', day: '2025-10-02', platform: 'hongguo', views: 4, heat: 12_000 },
      { series: 'a', day: '2025-10-01', platform: 'douyin', views: 3, heat: 60 },
      { series: 'b', day: '2025-10-02', platform: 'reelshort', views: 2, heat: 7 },
    ],
  });
});
afterAll(() => warehouse.close());

const ask = (query: Partial<QueryInput>) =>
  withEngine(warehouse, (engine) =>
    answerQuery(
      engine,
      querySchema.parse({ measures: ['views', 'heat_peak', 'heat_mean'], totals: true, others: true, ...query }),
    ),
  );
const codes = ({ meta }: Awaited<ReturnType<typeof ask>>) => meta.notes.map(({ code }) => code);

describe('heat, an index of one platform,', () => {
  it('is null in totals and others, which hold several platforms, and a note says why', async () => {
    const answer = await ask({ dimensions: ['platform'], limit: 1 });
    expect(answer.rows).toMatchObject([
      { platform: 'hongguo', views: 9, heat_peak: 12_000, heat_mean: 10_500 },
      { platform: '(others)', views: 5, heat_peak: null, heat_mean: null },
    ]);
    expect(answer.totals).toMatchObject({ views: 14, heat_peak: null, heat_mean: null });
    expect(codes(answer)).toContain('mixed_platform_heat');
  });

  it('has no change there either', async () => {
    const time = { from: '2025-10-02', to: '2025-10-02' };
    const answer = await ask({ dimensions: ['platform', 'series'], time, compare: 'previous_period' });
    expect(answer.totals).toMatchObject({
      views__previous: 8,
      heat_peak: null,
      heat_peak__previous: null,
      heat_peak__delta: null,
      heat_peak__growth: null,
      heat_peak__growth_reason: 'no_data',
    });
  });

  it('has totals and others if the question is of one platform', async () => {
    const filters: QueryInput['filters'] = [{ dimension: 'platform', op: 'in', values: ['hongguo'] }];
    const answer = await ask({ dimensions: ['series'], filters, limit: 1 });
    expect(answer.rows[1]).toMatchObject({ series: '(others)', heat_peak: 12_000 });
    expect(answer.totals).toMatchObject({ heat_peak: 12_000, heat_mean: 10_500 });
    expect(codes(answer)).not.toContain('mixed_platform_heat');
  });

  it('brings no note if nothing is added up', async () => {
    expect(codes(await ask({ dimensions: ['platform'], totals: false, others: false }))).toEqual([]);
  });
});
