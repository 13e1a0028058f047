import { hookFor } from '../../data/useWords.ts';
import { clubWords } from '../../figures/club/words.ts';
import { defineWords } from '../../i18n/defineWords.ts';

const words = defineWords({
  zh: {
    title: '{{threshold}}俱乐部',
    crossed: '{{range}}，{{count}}部剧累计播放量突破{{threshold}}',
    nobody: '{{range}}没有剧集突破{{threshold}}',
    threshold: '门槛',
    tile_count: '突破{{threshold}}的剧集',
    tile_count_definition: '累计播放量（含日志开始之前的存量）在所选时间内首次达到门槛的剧集数。',
    tile_fastest: '最快',
    tile_leader: '最多的承制方',
    tile_earned: '期内播放达{{threshold}}的剧集',
    of_members: '{{count}} / {{total}} 部',
    earned_definition:
      '所选时间内的播放增量达到门槛的剧集，不论累计播放量何时突破。与“突破”不同：突破看累计，此项只看期内。',
    no_speed: '突破的剧集均无可用的上线日期',
    no_producer: '突破的剧集承制方均未知',
    members_title: '成员',
    members_subtitle: '突破{{threshold}}的剧集，{{range}}',
    earned_title: '期内播放达{{threshold}}',
    series: '剧集',
    genre: '题材',
    format: '形态',
    release: '上线',
    crossed_at: '突破时间',
    days_to: '用时（天）',
    days_to_definition: '突破日 − 上线日 + 1。',
    hours_to: '用时（小时）',
    hours_to_definition: '从上线时刻到突破时段结束，向上取整；仅在数据逐小时且上线时刻已知时给出。',
    in_window: '期内播放',
    cumulative: '累计播放',
  },
  en: {
    title: '{{threshold}} club',
    crossed_one: '{{count}} series passed {{threshold}} views {{range}}',
    crossed_other: '{{count}} series passed {{threshold}} views {{range}}',
    nobody: 'No series passed {{threshold}} views {{range}}',
    threshold: 'Threshold',
    tile_count: 'Passed {{threshold}}',
    tile_count_definition:
      'Series whose cumulative views, openings from before the log included, first reached the threshold in the chosen time.',
    tile_fastest: 'Fastest',
    tile_leader: 'Most by one producer',
    tile_earned: 'Earned {{threshold}} within the period',
    of_members: '{{count}} of {{total}}',
    earned_definition:
      'Series whose views within the chosen time alone reach the threshold, whenever their cumulative views passed it. Passing is about cumulative views; this is about the period only.',
    no_speed: 'none of them has a release date to count from',
    no_producer: 'no producer is known for any of them',
    members_title: 'Members',
    members_subtitle: 'Series that passed {{threshold}} views {{range}}',
    earned_title: 'Earned {{threshold}} within the period',
    series: 'Series',
    genre: 'Genre',
    format: 'Format',
    release: 'Released',
    crossed_at: 'Passed',
    days_to: 'Days',
    days_to_definition: 'Days to pass: day of passing − release day + 1.',
    hours_to: 'Hours',
    hours_to_definition:
      'Hours to pass: from the moment of release to the end of the hour of passing, rounded up; only where the data are hourly and the moment of release is known.',
    in_window: 'In period',
    cumulative: 'Cumulative',
  },
});

export const useClubWords = hookFor(words);
export const useFigureWords = hookFor(clubWords);
