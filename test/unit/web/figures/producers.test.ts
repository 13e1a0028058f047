import { describe, expect, it } from 'vitest';
import type { ProducersAnswer } from '../../../../server/contract/analyses.ts';
import { producerClub } from '../../../../web/figures/producers/clubMembers.ts';
import type { ProducerRow } from '../../../../web/figures/producers/league.ts';
import { producerShares } from '../../../../web/figures/producers/shares.ts';
import { askedOf, meta, titles, told } from './told.ts';

const house = (producer: string, views: number, club_count: number): ProducerRow => ({
  producer,
  producer_label: producer.toUpperCase(),
  rank: 1,
  rank_previous: 2,
  rank_change: 1,
  views,
  share_of_views: views / 100,
  growth: 0.25,
  growth_reason: null,
  active_series: 3,
  new_series: 1,
  club_count,
  hits: 1,
  mature_releases: 4,
  immature: 0,
  hit_rate: 0.25,
  hit_rate_low: 0.05,
  hit_rate_high: 0.7,
  median_views_per_series: 5,
  n: 3,
  few_peers: true,
});
const league = (rows: ProducerRow[]): { producers: ProducersAnswer } => ({
  producers: { columns: [], rows, meta },
});
const rows = [house('a', 60, 1), house('b', 30, 3), house('(unknown)', 10, 1)];

describe('producers’ shares of views', () => {
  it('ask for the league with the page’s hit', () => {
    expect(askedOf(producerShares, { hit: '50000000', days: '7' }).producers).toMatchObject({
      threshold: 1e9,
      hit_threshold: 5e7,
      days: 7,
    });
  });

  it('say what the first have together; the unknown one is not drawn', () => {
    const said = told(producerShares, league(rows));
    expect(titles(said)).toEqual(['前2家承制方占90%的播放', 'The first 2 producers have 90% of views']);
    expect(said.en.drawn?.data.bars.map(({ id, hue, change }) => [id, hue, change])).toEqual([
      ['a', 1, '+25.0%'],
      ['b', 0, '+25.0%'],
    ]);
    expect(said.zh.drawn?.table.rows).toHaveLength(3);
    expect(said.zh.drawn?.table.columns.slice(0, 3).map(({ header }) => header)).toEqual(['承制方', '播放量', '占比']);
    expect(said.zh.subtitle).toBe('播放量及占比，前2家，2025年10月');
  });

  it('say that nobody is known, or that there is nothing', () => {
    expect(told(producerShares, league(rows.slice(2))).en.nothing?.reason).toBe(
      'No producer is known for any of the views',
    );
    expect(told(producerShares, league([])).zh.nothing?.reason).toBe('当前筛选下没有数据');
  });
});

describe('club members by producer', () => {
  it('say who made most', () => {
    const said = told(producerClub, league(rows));
    expect(titles(said)).toEqual(['B制作了5部中的3部', 'B made 3 of the 5']);
    expect(said.en.drawn?.data.bars.map(({ id, value, share }) => [id, value, share])).toEqual([
      ['b', 3, 0.75],
      ['a', 1, 0.25],
    ]);
  });

  it('say that nobody crossed, or nobody known', () => {
    expect(told(producerClub, league([house('a', 60, 0)])).en.nothing?.reason).toBe('No series passed 1B in this time');
    expect(told(producerClub, league(rows.slice(2))).zh.nothing?.reason).toBe('所有播放的承制方均未知');
  });
});
