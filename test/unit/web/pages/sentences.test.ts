import { describe, expect, it } from 'vitest';
import type { MoversAnswer } from '../../../../server/contract/analyses.ts';
import { type Findings, sentences } from '../../../../web/pages/overview/sentences.ts';

const moved = (member: string, delta: number, growth: number | null): MoversAnswer['rows'][number] => ({
  member,
  member_label: member,
  value: 1e9 + delta,
  previous: 1e9,
  delta,
  growth,
  growth_reason: growth === null ? 'new' : null,
  contribution_pp: delta / 1e8,
  rank: 1,
  rank_previous: 1,
  rank_change: 0,
  rank_change_reason: null,
});

const crossed = (series: string, producer: string, days: number | null) => ({
  series,
  series_label: series,
  producer,
  producer_label: producer,
  primary_genre: 'urban',
  primary_genre_label: '都市',
  format: 'live_action',
  release_at: null,
  crossed_at: '2025-10-03',
  resolution: 'day' as const,
  days_to: days,
  hours_to: null,
  views_in_window: 1e9,
  cumulative_views: 1e9,
});

const october: Findings = {
  language: 'zh',
  range: { from: '2025-10-01', to: '2025-10-31' },
  compared: { from: '2025-09-01', to: '2025-09-30' },
  totals: { views: 12_340_000_000, views__growth: 0.2, overseas_share: 0.15, overseas_share__delta: 0.012 },
  club: {
    rows: [crossed('甲', '听花岛', 11), crossed('乙', '听花岛', 3), crossed('丙', '点众', null)],
    by_producer: [
      { producer: '听花岛', producer_label: '听花岛', count: 2, share: 2 / 3 },
      { producer: '点众', producer_label: '点众', count: 1, share: 1 / 3 },
    ],
  },
  formats: [moved('漫剧', 9e8, 0.9), moved('真人', -1e8, -0.1)],
  genres: [moved('都市', 5e8, 0.5), moved('家庭', -2e8, -0.2)],
  producers: [],
  known: { overseas: { now: 1, before: 1 }, ai: { now: 1, before: 1 } },
  widened: false,
};
const texts = (change: Partial<Findings>) => sentences({ ...october, ...change }).map(({ text }) => text);

describe('what changed, in sentences', () => {
  it('makes no headline of a share that most views cannot be told of', () => {
    const of = (now: number | null, before: number | null) =>
      texts({ known: { ...october.known, overseas: { now, before } } }).filter((text) => text.startsWith('海外占比'));
    expect(of(0.005, 0.9)).toEqual([]);
    expect(of(0.9, 0.005)).toEqual([]);
    expect(of(0.9, null)).toEqual([]);
    expect(of(0.8, 0.9)).toEqual(['海外占比升至 15.0%，提高 1.2个百分点。（仅 80.0% 的播放量地区已知）']);
    expect(of(1, 1)).toEqual(['海外占比升至 15.0%，提高 1.2个百分点。']);
  });

  it('gives no growth, and nobody who rose or fell, where more is tracked than before', () => {
    expect(texts({ widened: true, club: undefined })).toEqual([
      '2025年10月播放量 123.4亿。统计范围与2025年9月不同，增幅不可直接比较，原因见页末说明。',
    ]);
  });

  it('names no producer where none is known', () => {
    const club = { rows: [crossed('甲', '(unknown)', 3)], by_producer: [] };
    expect(texts({ club })[1]).toBe('《甲》突破 10 亿播放。');
  });

  it('says what the rows say, in Chinese', () => {
    expect(texts({})).toEqual([
      '2025年10月播放量 123.4亿，比2025年9月增长 20.0%。',
      '3 部剧集突破 10 亿播放，最快的是《乙》，上线第 3 天达成。',
      '突破 10 亿的 3 部剧集中，听花岛占 2 部。',
      '漫剧对总量拉动最大：播放量增长 90.0%，拉动 9.0个百分点。',
      '都市题材增量最大，多出 5亿播放（+50.0%）。',
      '家庭题材减量最大，减少 2亿播放（−20.0%）。',
      '海外占比升至 15.0%，提高 1.2个百分点。',
    ]);
  });

  it('says the same in English', () => {
    expect(texts({ language: 'en' }).slice(0, 3)).toEqual([
      'Views in Oct 2025 came to 12.3B, 20.0% more than in Sep 2025.',
      '3 series broke 1 billion views; the fastest, 乙, on day 3.',
      'Of the 3 series past 1 billion, 2 are by 听花岛.',
    ]);
  });

  it('changes its verbs with the direction', () => {
    const [views, , , format] = texts({
      totals: { views: 8e9, views__growth: -0.25 },
      formats: [moved('漫剧', -9e8, -0.9), moved('真人', 1e8, 0.1)],
    });
    expect(views).toBe('2025年10月播放量 80亿，比2025年9月下降 25.0%。');
    expect(format).toBe('漫剧对总量拖累最大：播放量下降 90.0%，拉低 9.0个百分点。');
  });

  it('compares nothing where no comparison is wanted, or none is possible', () => {
    expect(texts({ compared: null, club: undefined })).toEqual(['2025年10月播放量 123.4亿。']);
    expect(texts({ totals: { views: 5, views__growth: null }, club: undefined, formats: [], genres: [] })).toEqual([
      '2025年10月播放量 5。',
    ]);
  });

  it('says that nobody crossed, and names no leader who has but one', () => {
    expect(texts({ club: { rows: [], by_producer: [] } })[1]).toBe('2025年10月没有剧集突破 10 亿播放。');
    const one = {
      rows: [crossed('甲', '听花岛', 2)],
      by_producer: [{ producer: 'p', producer_label: 'p', count: 1, share: 1 }],
    };
    expect(texts({ club: one }).slice(1, 3)).toEqual([
      '《甲》突破 10 亿播放，由听花岛承制。',
      '漫剧对总量拉动最大：播放量增长 90.0%，拉动 9.0个百分点。',
    ]);
  });

  it('never names an unknown member or one without a growth as the greatest mover', () => {
    const ids = sentences({ ...october, genres: [moved('(unknown)', 9e9, 3), moved('新题材', 8e9, null)] }).map(
      ({ id }) => id,
    );
    expect(ids).not.toContain('genre_up');
  });

  it('is silent about shares that hardly moved', () => {
    expect(texts({ totals: { views: 1e9, overseas_share: 0.15, overseas_share__delta: 0.001 } }).join()).not.toContain(
      '海外',
    );
  });
});
