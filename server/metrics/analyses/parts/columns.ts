import type { Column, Label, MeasureId, Unit } from '../../../contract/query.ts';
import { MEASURE_CATALOG } from '../../language/measures.ts';
import { type Charts, labelOfChart } from '../../query/charts.ts';

type Kind = readonly [type: Column['type'], unit: Unit | null, en: string, zh: string];

/** A column that is a measure has the measure's name. */
function wordsOf(measure: MeasureId): readonly [en: string, zh: string] {
  const { en, zh } = MEASURE_CATALOG[measure].label;
  return [en, zh];
}

/** Each column of all analyses, once. */
const COLUMNS = {
  series: ['text', 'text', 'Series id', '剧集编号'],
  series_label: ['text', 'text', 'Series', '剧集'],
  producer: ['text', 'text', 'Producer id', '承制方编号'],
  producer_label: ['text', 'text', 'Producer', '承制方'],
  primary_genre: ['text', 'text', 'Primary genre id', '主题材编号'],
  primary_genre_label: ['text', 'text', 'Primary genre', '主题材'],
  format: ['text', 'text', 'Format', '形态'],
  platform: ['text', 'text', 'Platform', '平台'],
  member: ['text', 'text', 'Member id', '成员编号'],
  member_label: ['text', 'text', 'Member', '成员'],
  release_at: ['timestamp', 'timestamp', 'Release', '上线时间'],
  crossed_at: ['timestamp', 'timestamp', 'Crossed at', '突破时间'],
  resolution: ['text', 'text', 'Time resolution', '时间精度'],
  days_to: ['integer', 'days', 'Days to threshold (release day = 1)', '达成天数（上线日为第 1 天）'],
  hours_to: ['integer', 'hours', 'Hours to threshold', '达成小时数'],
  views_in_window: ['integer', 'views', 'Views in the range', '区间播放量'],
  cumulative_views: ['integer', 'views', 'Cumulative views', '累计播放量'],
  needed: ['integer', 'views', 'Needed', '还需播放量'],
  days_at_pace: ['integer', 'days', 'Days at the pace of the last 7 days', '按近 7 天日均还需天数'],
  date: ['date', 'date', 'Expected to cross', '预计突破日'],
  date_low: ['date', 'date', '80 % interval, earliest', '80% 区间最早'],
  date_high: ['date', 'date', '80 % interval, latest', '80% 区间最晚'],
  probability: ['number', 'fraction', 'Probability', '概率'],
  no_forecast: ['text', 'text', 'Why no forecast', '无预测原因'],
  threshold: ['number', 'views', 'Threshold', '门槛'],
  reached: ['boolean', null, 'Reached', '是否达成'],
  before_log: ['boolean', null, 'Reached before the log starts', '日志开始前已达成'],
  period: ['date', 'date', 'Period', '期间'],
  value: ['number', null, 'Value', '数值'],
  previous: ['number', null, 'Earlier value', '上期数值'],
  index: ['number', 'index', 'Index (base = 100)', '指数（基期 = 100）'],
  growth: ['number', 'fraction', 'Growth', '增幅'],
  growth_reason: ['text', 'text', 'Why no growth', '无增幅原因'],
  partial: ['boolean', null, 'Partial period', '期间不完整'],
  pace: ['number', null, 'At the pace so far', '按当前进度推算'],
  views: ['integer', 'views', 'Views', '播放量'],
  views_base: ['integer', 'views', 'Views in the base range', '基期播放量'],
  active: ['integer', 'count', 'Active series', '活跃剧集'],
  active_base: ['integer', 'count', 'Active series in the base range', '基期活跃剧集'],
  delta: ['integer', 'views', 'Change', '增减'],
  effect_supply: ['number', 'views', 'Effect of supply (number of series)', '供给效应（剧数）'],
  effect_intensity: ['number', 'views', 'Effect of intensity (views per series)', '强度效应（部均播放量）'],
  new: ['integer', 'views', 'From new releases', '新上线贡献'],
  entered: ['integer', 'views', 'From older series that became active', '老剧回流贡献'],
  returning: ['integer', 'views', 'Change of series active in both', '持续活跃剧集增减'],
  lost: ['integer', 'views', 'Lost with series no longer active', '停播剧流失'],
  reason: ['text', 'text', 'Why it is not told apart', '无法拆分原因'],
  contribution_pp: ['number', 'percentage_points', 'Contribution to total growth (points)', '对总增幅的贡献（百分点）'],
  rank: ['integer', 'count', 'Rank', '排名'],
  rank_previous: ['integer', 'count', 'Rank before', '上期排名'],
  rank_change: ['integer', 'count', 'Places gained', '名次变化'],
  rank_change_reason: ['text', 'text', 'Why no rank change', '无名次变化原因'],
  n: ['integer', 'count', 'Series behind the figures', '数据所依据的剧数'],
  few_peers: ['boolean', null, 'Fewer than 20 series', '不足 20 部'],
  active_series: ['integer', 'count', ...wordsOf('active_series')],
  new_series: ['integer', 'count', 'New series', '新上线剧数'],
  views_per_series: ['number', 'views', ...wordsOf('views_per_series')],
  median_views_per_series: ['number', 'views', ...wordsOf('median_views_per_series')],
  median_views_d30: ['number', 'views', 'Median views of the first 30 days', '首 30 天播放中位数'],
  series_d30: ['integer', 'count', 'Series behind the first 30 days', '首 30 天中位数所依据的剧数'],
  top_producer: ['text', 'text', 'Largest producer id', '播放最多的承制方编号'],
  top_producer_label: ['text', 'text', 'Largest producer', '播放最多的承制方'],
  top_producer_share: ['number', 'fraction', 'Share of the largest producer', '最大承制方占比'],
  top_series_share: ['number', 'fraction', 'Share of the largest series', '最大单剧占比'],
  supply_share: ['number', 'fraction', 'Share of supply', '供给占比'],
  demand_share: ['number', 'fraction', 'Share of demand', '需求占比'],
  opportunity_index: [
    'number',
    'ratio',
    'Opportunity index (demand / supply share)',
    '机会指数（需求占比 / 供给占比）',
  ],
  share_of_views: ['number', 'fraction', 'Share of views', '播放占比'],
  club_count: ['integer', 'count', 'Series that crossed the threshold', '突破门槛剧数'],
  mature_releases: ['integer', 'count', 'Releases old enough to judge', '可判定新剧数'],
  hits: ['integer', 'count', 'Hits', '爆款数'],
  hit_rate: ['number', 'fraction', 'Hit rate', '爆款率'],
  hit_rate_low: ['number', 'fraction', 'Hit rate, 95 % low', '爆款率 95% 下限'],
  hit_rate_high: ['number', 'fraction', 'Hit rate, 95 % high', '爆款率 95% 上限'],
  immature: ['integer', 'count', 'Releases too young to judge', '未满观察期新剧数'],
  hhi: ['number', 'index', 'HHI (0 to 10,000)', 'HHI 指数（0–10,000）'],
  cr4: ['number', 'fraction', 'Share of the 4 largest (CR4)', '前 4 名占比（CR4）'],
  cr10: ['number', 'fraction', 'Share of the 10 largest (CR10)', '前 10 名占比（CR10）'],
  gini: ['number', 'ratio', 'Gini coefficient', '基尼系数'],
  members: ['integer', 'count', 'Members', '成员数'],
  cohort: ['date', 'date', 'Release month', '上线月份'],
  week: ['integer', 'count', 'Week since release (first = 0)', '上线周次（首周为 0）'],
  retention: ['number', 'fraction', 'Of week 0', '相对首周'],
  complete: ['boolean', null, 'Every series has lived the week', '该周已完整'],
  episode: ['integer', 'count', 'Episode', '集'],
  retained: ['number', 'fraction', 'Of episode 1', '相对第 1 集'],
  drop: ['number', 'fraction', 'Drop from the episode before', '较上一集流失'],
  largest_drop: ['boolean', null, 'Largest drop', '最大流失'],
  paywall: ['boolean', null, 'Paywall', '付费卡点'],
  day_since_release: ['integer', 'days', 'Days since release (release day = 0)', '上线天数（上线日为 0）'],
  median: ['number', 'views', 'Median', '中位数'],
  q1: ['number', 'views', 'Lower quartile', '下四分位数'],
  q3: ['number', 'views', 'Upper quartile', '上四分位数'],
  peak_day: ['date', 'date', 'Peak day', '峰值日'],
  peak_views: ['number', 'views', 'Daily views at the peak (trailing mean)', '峰值日均播放（滚动均值）'],
  half_life_days: ['integer', 'days', 'Days to half the peak', '半衰期（天）'],
  half_life_reason: ['text', 'text', 'Why no half-life', '无半衰期原因'],
  x: ['integer', 'views', 'Traffic', '流量'],
  y: ['number', 'fraction', 'Quality', '质量'],
  peers: ['integer', 'count', 'Series of the format', '同形态剧数'],
  x_rank: ['integer', 'count', 'Rank by traffic within the format', '同形态流量排名'],
  y_rank: ['integer', 'count', 'Rank by quality within the format', '同形态质量排名'],
  x_percentile: ['number', 'fraction', 'Place by traffic within the format', '同形态流量分位'],
  y_percentile: ['number', 'fraction', 'Place by quality within the format', '同形态质量分位'],
  percentile: ['number', 'fraction', 'Part of the others with less', '低于它的占比'],
  percentile_reason: ['text', 'text', 'Why no percentile', '无分位原因'],
  quadrant: ['text', 'text', 'Quadrant', '象限'],
  completion_rate: ['number', 'fraction', 'Completion rate', '完播率'],
  engagement_rate: ['number', 'fraction', 'Engagement rate', '互动率'],
  overseas_share: ['number', 'fraction', 'Overseas share', '海外占比'],
  ai_share: ['number', 'fraction', 'Made by AI, share of views', 'AI 制作播放占比'],
  series_views_min: ['integer', 'views', 'Views per series, smallest', '单剧播放最小值'],
  series_views_q1: ['number', 'views', 'Views per series, lower quartile', '单剧播放下四分位数'],
  series_views_median: ['number', 'views', 'Views per series, median', '单剧播放中位数'],
  series_views_q3: ['number', 'views', 'Views per series, upper quartile', '单剧播放上四分位数'],
  source: ['text', 'text', 'Source', '数据来源'],
  day: ['date', 'date', 'Day', '日期'],
  state: ['text', 'text', 'Coverage', '覆盖情况'],
  rows: ['integer', 'count', 'Rows', '行数'],
  estimated_rows: ['integer', 'count', 'Estimated rows', '估算行数'],
  series_views_max: ['integer', 'views', 'Views per series, largest', '单剧播放最大值'],
} satisfies Record<string, Kind>;

type ColumnId = keyof typeof COLUMNS;

/** Shares over charts say so in their names. */
export const sharesOfChart = (
  ids: readonly ColumnId[],
  charts: Charts | null,
): Partial<Record<ColumnId, Pick<Column, 'label'>>> =>
  Object.fromEntries(
    ids.map((id) => {
      const [, , en, zh]: Kind = COLUMNS[id];
      return [id, { label: labelOfChart({ en, zh }, charts) }];
    }),
  );

/** For rows where `series` is a count. */
export const COUNTED_SERIES = {
  series: { type: 'integer', unit: 'count', label: { en: 'Series counted', zh: '计入剧数' } },
} as const satisfies Partial<Record<ColumnId, Partial<Omit<Column, 'id'>>>>;

/** In order. `changes` overrides what depends on the question, such as a unit. */
export function columnsOf(
  ids: readonly ColumnId[],
  changes: Partial<Record<ColumnId, Partial<Omit<Column, 'id'>>>> = {},
): Column[] {
  return ids.map((id) => {
    const [type, unit, en, zh]: Kind = COLUMNS[id];
    const label: Label = { en, zh };
    return { id, type, unit, label, ...changes[id] };
  });
}
