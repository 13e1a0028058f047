import { hookFor } from '../../data/useWords.ts';
import { producersWords } from '../../figures/producers/words.ts';
import { defineWords } from '../../i18n/defineWords.ts';

const words = defineWords({
  zh: {
    title: '承制方',
    subtitle: '谁的播放最多，谁在上升，谁的爆款率高。',
    league_title: '排行榜',
    league_subtitle: '{{range}}，按播放量；排名变化与增长{{versus}}',
    versus: '对比{{range}}',
    league_subtitle_alone: '{{range}}，按播放量',
    rank: '排名',
    rank_change: '变化',
    rank_change_definition: '对比期排名 − 当前排名；正数为上升。对比期没有播放的标为新。',
    rank_new: '新',
    rose: '上升{{count}}位',
    fell: '下降{{count}}位',
    same: '不变',
    active: '活跃剧集',
    new_series: '新上线',
    club: '破{{threshold}}',
    hit_rate_definition:
      '爆款率 = 爆款数 ÷ 成熟剧集数。成熟：所选时间内上线且已满{{days}}天；爆款：上线{{days}}天内累计播放达到{{threshold}}。横条为95%威尔逊区间，样本越少越宽。',
    hits: '爆款 / 成熟',
    immature: '未成熟',
    immature_definition: '上线未满{{days}}天，尚不计入爆款率的剧集。',
    median: '中位播放',
    hit_threshold: '爆款门槛',
    hit_days: '观察天数',
    days_option: '{{count}}天内',
    hits_at: '爆款 ≥ {{amount}}',
    interval: '{{low}} 至 {{high}}，{{hits}} / {{mature}}部',
    no_mature: '这段时间上线的剧集都还未满观察天数',
    few_mature: '爆款率只计{{range}}上线且已满{{days}}天的剧集，目前{{count}}部。放宽时间范围可看到更多。',
  },
  en: {
    title: 'Producers',
    subtitle: 'Who has most views, who is rising, and whose releases hit most often.',
    league_title: 'League table',
    league_subtitle: '{{range}}, by views; rank change and growth {{versus}}',
    versus: 'vs {{range}}',
    league_subtitle_alone: '{{range}}, by views',
    rank: 'Rank',
    rank_change: 'Moved',
    rank_change_definition: 'Rank before − rank now; above zero is a rise. “New” had no views in the compared period.',
    rank_new: 'New',
    rose_one: 'up {{count}} place',
    rose_other: 'up {{count}} places',
    fell_one: 'down {{count}} place',
    fell_other: 'down {{count}} places',
    same: 'same',
    active: 'Active',
    new_series: 'New',
    club: '{{threshold}} club',
    hit_rate_definition:
      'Hit rate = hits ÷ mature releases. Mature: released in the chosen time and at least {{days}} days old. Hit: {{threshold}} cumulative views by day {{days}}. The bar is the 95% Wilson interval: the fewer releases, the wider.',
    hits: 'Hits / mature',
    immature: 'Too young',
    immature_definition: 'Released less than {{days}} days ago, so not yet part of the hit rate.',
    median: 'Median',
    hit_threshold: 'Views that make a hit',
    hit_days: 'Days to become a hit',
    days_option_one: 'in {{count}} day',
    days_option_other: 'in {{count}} days',
    hits_at: 'Hit ≥ {{amount}}',
    interval: '{{low}} to {{high}}, {{hits}} of {{mature}}',
    no_mature: 'No release of this time is old enough yet',
    few_mature:
      'Hit rates count only releases of {{range}} that are at least {{days}} days old: {{count}} so far. Widen the time range to see more.',
  },
});

export const useProducersWords = hookFor(words);
/** What the page's figures and tables both say. */
export const useFigureWords = hookFor(producersWords);
