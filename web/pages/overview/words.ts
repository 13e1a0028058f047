import { hookFor } from '../../data/useWords.ts';
import { defineWords } from '../../i18n/defineWords.ts';

const words = defineWords({
  zh: {
    title: '{{range}}总览',
    subtitle: '全行业播放量的规模、结构与变化。',
    subtitle_compared: '全行业播放量的规模、结构与变化，均与{{range}}同口径对比。',
    club: '十亿俱乐部',
    club_definition: '所选时间内累计播放量首次达到 10 亿的剧集数。',
    club_unit: '{{count}} 部',
    spark: '{{name}}走势，{{range}}',
    findings: '本期变化',
    as_slides: '导出幻灯片',
    deck: '微短剧行业简报',
    findings_empty: '所选范围内没有可陈述的变化。可选择有上一周期数据的时间范围。',
    trend: '走势范围',
    trend_year: '近 12 个月',
    trend_range: '所选时间',
    known_overseas: '仅就地区已知的 {{share}} 播放量',
    known_ai: '仅 {{share}} 的播放量形态已知',
    unknown_overseas: '所有播放量的地区均未知',
    unknown_ai: '所有剧集的形态均未知',
    made_by_ai: '制作方式为 AI',
    widened: '统计范围不同，见页末说明',
  },
  en: {
    title: 'Overview, {{range}}',
    subtitle: 'Size, make-up and movement of viewership across the industry.',
    subtitle_compared: 'Size, make-up and movement of viewership, like for like with {{range}}.',
    club: 'Billion club',
    club_definition: 'Series whose cumulative views first reached 1 billion within the chosen time.',
    club_unit_one: '{{count}} series',
    club_unit_other: '{{count}} series',
    spark: 'Course of {{name}}, {{range}}',
    findings: 'What changed',
    as_slides: 'As slides',
    deck: 'micro-drama industry brief',
    findings_empty: 'Nothing to report for this range. Choose one that has an earlier period to compare with.',
    trend: 'Time shown',
    trend_year: '12 months',
    trend_range: 'Chosen range',
    known_overseas: 'of the {{share}} of views with a known region',
    known_ai: 'a format is known for {{share}} of views',
    unknown_overseas: 'no region is known',
    unknown_ai: 'no format is known',
    made_by_ai: 'Made by AI',
    widened: 'tracking differs, see the notes below',
  },
});

export const { say } = words;
export const useWords = hookFor(words);
