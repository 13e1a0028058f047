import { describe, expect, it } from 'vitest';
import type { CurvesAnswer } from '../../../../server/contract/analyses-depth.ts';
import type { Answer } from '../../../../server/contract/query.ts';
import { producerAges } from '../../../../web/figures/member/ages.ts';
import { producerShare, producerViews } from '../../../../web/figures/member/course.ts';
import { producerMix } from '../../../../web/figures/member/mix.ts';
import { answer, askedOf, meta, titles, told } from './told.ts';

const page = { id: 'a', producer: 'other', format: 'comic' };
const COMIC = { dimension: 'format', op: 'in', values: ['comic'] };
const ITSELF = { dimension: 'producer', op: 'in', values: ['a'] };

const month = (period: string, views: number): Answer['rows'][number] => ({ period, views });
const mine = (period: string, views: number) => ({ ...month(period, views), producer: 'a', producer_label: 'A' });
const course = {
  own: answer([mine('2025-09-01', 10), mine('2025-10-01', 30)]),
  all: answer([month('2025-09-01', 100), month('2025-10-01', 120)]),
};

describe('a producer’s views over time', () => {
  it('are asked for the page’s producer, whatever the filter bar says of producers', () => {
    expect(askedOf(producerViews, page)).toMatchObject({
      own: { dimensions: ['producer'], filters: [COMIC, ITSELF], time: { grain: 'month', from: '2024-11-01' } },
      all: { filters: [COMIC] },
    });
  });

  it('say the last whole month and what it is of all', () => {
    const said = told(producerViews, course, page);
    expect(titles(said)).toEqual([
      'A2025年10月播放30，占全行业的25.0%',
      'A: 30 views in Oct 2025, 25.0% of the industry',
    ]);
    expect(said.en.drawn?.table.rows).toEqual([
      ['2025-09', 10, 0.1],
      ['2025-10', 30, 0.25],
    ]);
  });

  it('leave a month that the data cut out of what they say', () => {
    const cut = { ...course, all: answer(course.all.rows, { partial_periods: ['2025-10-01'] }) };
    expect(told(producerViews, cut, page).en.title).toContain('in Sep 2025, 10.0%');
    expect(told(producerShare, cut, page).en.title).toBe('Share of views of A');
  });

  it('say that there are none', () => {
    expect(told(producerShare, { ...course, own: answer([]) }, page).en.nothing?.reason).toBe(
      'No data for these filters',
    );
  });
});

describe('a producer’s share over time', () => {
  it('says whether it rose or fell', () => {
    expect(titles(told(producerShare, course, page))).toEqual([
      'A的播放占比由10.0%升至25.0%',
      'A rose from 10.0% to 25.0% of all views',
    ]);
    const fell = { ...course, own: answer([mine('2025-09-01', 60), mine('2025-10-01', 30)]) };
    expect(told(producerShare, fell, page).en.title).toBe('A fell from 60.0% to 25.0% of all views');
  });
});

const part = (primary_genre: string, share_of_views: number, views = 1): Answer['rows'][number] => ({
  primary_genre,
  primary_genre_label: primary_genre.toUpperCase(),
  share_of_views,
  views,
});

describe('a producer’s mix of genres', () => {
  const mix = {
    own: answer([part('(unknown)', 0.5), part('urban', 0.4), part('family', 0.1), part('war', 0)]),
    all: answer([part('urban', 0.2), part('war', 0.8)]),
  };

  it('is read against that of all', () => {
    const said = told(producerMix, mix, page);
    expect(titles(said)).toEqual([
      'a的播放有40%来自URBAN，全行业为20%',
      'URBAN: 40% of the views of a, 20% of the industry’s',
    ]);
    expect(said.en.drawn?.data.bars.map(({ name, value, reference }) => [name, value, reference])).toEqual([
      ['Unknown', 0.5, 0],
      ['URBAN', 0.4, 0.2],
      ['FAMILY', 0.1, 0],
    ]);
  });

  it('asks for both within the same filters', () => {
    expect(askedOf(producerMix, page)).toMatchObject({
      own: { dimensions: ['primary_genre'], filters: [COMIC, ITSELF], time: { from: '2025-10-01' } },
      all: { dimensions: ['primary_genre'], filters: [COMIC] },
    });
  });
});

const point = (member: string, day: number, of: Partial<CurvesAnswer['rows'][number]>) => ({
  member,
  member_label: member.toUpperCase(),
  day_since_release: day,
  value: null,
  median: null,
  q1: null,
  q3: null,
  series: 3,
  ...of,
});
const curves = (rows: CurvesAnswer['rows']): CurvesAnswer => ({ columns: [], rows, meta });

describe('curves of a producer’s series by age', () => {
  const top = answer([{ series: 's' }, { series: 'r' }]);
  const all = curves([
    point('(total)', 0, { q1: 1, median: 2, q3: 4 }),
    point('(total)', 1, { q1: 2, median: 4, q3: 8 }),
  ]);
  const own = curves([point('s', 0, { value: 5 }), point('s', 1, { value: 9 }), point('r', 0, { value: 3 })]);

  it('are of those it has most views by, beside the middle half of all that was released since the data begin', () => {
    expect(askedOf(producerAges, page, { top })).toMatchObject({
      top: { limit: 7, filters: [COMIC, ITSELF, { measure: 'views', op: 'gt', value: 0 }] },
      own: { series: ['s', 'r'], from: '2024-11-01', to: '2025-10-31', filters: [COMIC] },
      all: { from: '2024-11-01', filters: [COMIC] },
    });
    expect(askedOf(producerAges, page, { top: answer([]) })).not.toHaveProperty('own');
  });

  it('say how many run above the upper quartile of their age', () => {
    const said = told(producerAges, { top, all, own }, page);
    expect(titles(said)).toEqual([
      'a播放最多的2部剧中，1部高于全行业上四分位',
      '1 of the 2 most viewed by a run above the industry’s upper quartile',
    ]);
    expect(said.en.drawn?.table.rows).toEqual([
      [1, 5, 3, 1, 2, 4],
      [2, 9, null, 2, 4, 8],
    ]);
  });

  it('say why there are none', () => {
    expect(told(producerAges, { top, all }, page).zh.nothing?.reason).toBe('没有可画的曲线');
  });
});
