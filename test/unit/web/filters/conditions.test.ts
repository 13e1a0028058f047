import { describe, expect, it } from 'vitest';
import { filterSchema, measureIdSchema, TOTAL_MEASURES } from '../../../../server/contract/query.ts';
import { conditionText } from '../../../../web/figures/conditionText.ts';
import { seriesCumulative } from '../../../../web/figures/series/cumulative.ts';
import { sourceOf } from '../../../../web/figures/source.ts';
import { choosesSeries, rowFilterOf, withCondition } from '../../../../web/filters/conditionChanges.ts';
import { readConditions, seriesFilterOf } from '../../../../web/filters/conditions.ts';
import { meta, scopeOf } from '../figures/told.ts';

const read = (text: string) => readConditions(text, (name) => measureIdSchema.options.find((id) => id === name));

describe('a condition on a measure', () => {
  it('chooses series by each measure that the API has totals of', () => {
    expect(measureIdSchema.options.filter((measure) => choosesSeries({ measure })).toSorted()).toEqual(
      [...TOTAL_MEASURES].toSorted(),
    );
  });

  const asked = (text: string) => read(text).map((one) => [seriesFilterOf(one), rowFilterOf(one)]);

  it('chooses series where they have a total of it, else rows of the table', () => {
    expect(asked('views:gte:5,likes:between:1:2,shares:top:3,completion_rate:lt:0.4')).toEqual([
      [{ series_where: { measure: 'views', op: 'gte', value: 5 } }, { measure: 'views', op: 'gte', value: 5 }],
      [
        { series_where: { measure: 'likes', op: 'between', values: [1, 2] } },
        { measure: 'likes', op: 'between', values: [1, 2] },
      ],
      [{ series_top: { measure: 'shares', n: 3 } }, null],
      [null, { measure: 'completion_rate', op: 'lt', value: 0.4 }],
    ]);
  });

  it('is one a measure: another takes its place', () => {
    const [views, likes, more] = read('views:gte:5,likes:gte:1').concat(read('views:top:9'));
    if (views === undefined || likes === undefined || more === undefined) throw new Error('not read');
    expect(withCondition([views, likes], more)).toEqual([likes, more]);
  });

  it('is a filter that the API takes', () => {
    for (const filter of asked('views:gte:5,likes:between:1:2,shares:top:3').flat())
      if (filter !== null) expect(filterSchema.safeParse(filter).success).toBe(true);
  });

  it('goes into every question of the page, and into the source of its charts', () => {
    const scope = scopeOf(seriesCumulative, { format: 'comic', where: 'views:gte:100000000,likes:gte:5' });
    // The data have no likes.
    expect(scope.filters).toEqual([
      { dimension: 'format', op: 'in', values: ['comic'] },
      { series_where: { measure: 'views', op: 'gte', value: 1e8 } },
    ]);
    expect(sourceOf(scope, meta).filters).toEqual(['Format: comic', 'Views ≥ 100M']);
  });

  it.each([
    ['views:gte:100000000', '播放量 ≥ 1亿', 'Views ≥ 100M'],
    ['views:lt:5000', '播放量 < 5,000', 'Views < 5,000'],
    ['views:between:10000000:50000000', '播放量 1,000万 至 5,000万', 'Views 10M to 50M'],
    ['views:top:1000', '播放量前 1,000 部', 'Top 1,000 by views'],
    ['share_of_views:gte:0.4', '播放占比 ≥ 40%', 'Share of views ≥ 40%'],
    ['share_of_views:gte:0.005', '播放占比 ≥ 0.5%', 'Share of views ≥ 0.5%'],
  ])('%s reads %s, %s', (text, zh, en) => {
    const [condition] = read(text);
    const said = (['zh', 'en'] as const).map((language) =>
      condition === undefined ? '' : conditionText(condition, scopeOf(seriesCumulative, {}, language)),
    );
    expect(said).toEqual([zh, en]);
  });
});
