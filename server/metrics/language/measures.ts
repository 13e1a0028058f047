import type { LogColumn } from '../../contract/columns.ts';
import type { Label, MeasureId, Unit } from '../../contract/query.ts';
import { ProblemError } from '../../problem.ts';
import { columnOf, type SumId } from './sums.ts';

/**
 * `sum`: Σ column · scale. `ratio`: Σ / Σ · scale. `max`. `cell`: over the series of a cell. `share`: of what the
 * filters leave. `cumulative`: carried from before the range. `age`: the first `days` from release.
 */
export type Aggregation =
  | { readonly kind: 'sum'; readonly sum: SumId; readonly scale?: number }
  | {
      readonly kind: 'ratio';
      readonly numerator: readonly SumId[];
      readonly denominator: readonly SumId[];
      readonly scale?: number;
    }
  | { readonly kind: 'max'; readonly sum: SumId }
  | {
      readonly kind: 'cell';
      readonly of:
        | 'active_series'
        | 'active_producers'
        | 'views_per_series'
        | 'median_views_per_series'
        | 'ai_share'
        | 'ai_series_share';
    }
  | { readonly kind: 'share' }
  | { readonly kind: 'new_series' }
  | { readonly kind: 'cumulative' }
  | { readonly kind: 'age'; readonly days: 1 | 7 | 30; readonly perEpisode?: true };

export interface Measure {
  readonly id: MeasureId;
  readonly label: Label;
  readonly definition: Label;
  readonly unit: Unit;
  readonly aggregation: Aggregation;
  /** Values of disjoint cells may be summed. */
  readonly additive: boolean;
  /** A cell without rows: 0 for counts of events, else unknown. */
  readonly absent: 0 | null;
  readonly integer: boolean;
  /** Whether it is a tile of the overview. */
  readonly headline: boolean;
  /** Its column in the list of series: from left to right, and whether it is shown only when chosen. */
  readonly column: { readonly place: number; readonly hidden: boolean } | null;
}

interface Spec {
  readonly label: readonly [en: string, zh: string];
  readonly definition: readonly [en: string, zh: string];
  readonly unit: Unit;
  readonly aggregation: Aggregation;
  readonly headline?: true;
  readonly column?: Measure['column'];
}

const shown = (place: number): Pick<Spec, 'column'> => ({ column: { place, hidden: false } });
const onChoice = (place: number): Pick<Spec, 'column'> => ({ column: { place, hidden: true } });

const total = (sum: SumId, unit: Unit, label: Spec['label'], definition: Spec['definition']): Spec => ({
  label,
  definition,
  unit,
  aggregation: { kind: 'sum', sum },
});

const SPECS: Readonly<Record<MeasureId, Spec>> = {
  views: {
    ...total(
      'views',
      'views',
      ['Views', '播放量'],
      [
        'Sum of view increments. Views from before the log starts (openings) are not in it.',
        '播放增量之和；日志开始之前的存量（期初值）不计入。',
      ],
    ),
    headline: true,
    ...shown(1),
  },
  valid_views: total(
    'valid_views',
    'views',
    ['Valid views', '有效播放'],
    [
      'Sum of valid-view increments as the source defines them; never mixed with views.',
      '按数据来源口径的有效播放增量之和，不与播放量混用。',
    ],
  ),
  watch_hours: {
    label: ['Watch hours', '观看时长'],
    definition: ['Sum of watch time, in hours.', '观看时长之和，以小时计。'],
    unit: 'hours',
    aggregation: { kind: 'sum', sum: 'watch_seconds', scale: 1 / 3600 },
  },
  completions: total(
    'completions',
    'count',
    ['Completions', '完播数'],
    ['Sum of plays watched to the end.', '完整播放次数之和。'],
  ),
  likes: total('likes', 'count', ['Likes', '点赞'], ['Sum of likes.', '点赞数之和。']),
  comments: total('comments', 'count', ['Comments', '评论'], ['Sum of comments.', '评论数之和。']),
  shares: total('shares', 'count', ['Shares', '分享'], ['Sum of shares.', '分享数之和。']),
  favourites: total('favourites', 'count', ['Favourites', '收藏'], ['Sum of favourites.', '收藏数之和。']),
  revenue: total(
    'revenue',
    'currency',
    ['Revenue', '收入'],
    [
      'Sum of revenue in one currency. Several currencies are never added: filter to one, group by currency, or name a currency to convert into, day by day, by imported rates.',
      '单一币种的收入之和。不同币种不相加：请筛选或按币种分组，或指定币种，按导入的汇率逐日折算。',
    ],
  ),
  spend: total(
    'spend',
    'currency',
    ['Ad spend', '投流消耗'],
    [
      'Sum of advertising spend in one currency; several currencies as for revenue.',
      '单一币种的投流消耗之和；多币种的处理与收入相同。',
    ],
  ),
  avg_watch_seconds: {
    label: ['Watch time per view', '次均观看时长'],
    definition: ['Sum of watch seconds over sum of views.', '观看秒数之和除以播放量之和。'],
    unit: 'seconds',
    aggregation: { kind: 'ratio', numerator: ['watch_seconds'], denominator: ['views'] },
    ...onChoice(10),
  },
  completion_rate: {
    label: ['Completion rate', '完播率'],
    definition: ['Sum of completions over sum of views.', '完播数之和除以播放量之和。'],
    unit: 'fraction',
    aggregation: { kind: 'ratio', numerator: ['completions'], denominator: ['views'] },
    ...shown(8),
  },
  engagement_rate: {
    label: ['Engagement rate', '互动率'],
    definition: [
      'Likes, comments, shares and favourites together, over views.',
      '点赞、评论、分享、收藏之和除以播放量。',
    ],
    unit: 'fraction',
    aggregation: { kind: 'ratio', numerator: ['likes', 'comments', 'shares', 'favourites'], denominator: ['views'] },
    ...onChoice(9),
  },
  revenue_per_mille: {
    label: ['Revenue per 1,000 views', '千次播放收入'],
    definition: [
      '1,000 × sum of revenue over sum of all views asked for, also of rows that state no revenue. Filtered to or grouped by currency, over the views of the rows in that currency; rows that state no money are of currency unknown.',
      '收入之和除以所问范围内的全部播放量（含未注明收入的行），再乘 1000。按币种筛选或分组时，分母只含该币种的行；不含金额的行币种为未知。',
    ],
    unit: 'currency',
    aggregation: { kind: 'ratio', numerator: ['revenue'], denominator: ['views'], scale: 1000 },
  },
  roi: {
    label: ['ROI', '投入产出比'],
    definition: [
      'Sum of revenue over sum of advertising spend, both in one currency.',
      '收入之和除以投流消耗之和，两者以同一币种计。',
    ],
    unit: 'ratio',
    aggregation: { kind: 'ratio', numerator: ['revenue'], denominator: ['spend'] },
  },
  active_series: {
    label: ['Active series', '活跃剧集'],
    definition: [
      'Distinct series with views above 0 in the period (ongoing series).',
      '期间播放量大于 0 的剧集数（去重）。',
    ],
    unit: 'count',
    aggregation: { kind: 'cell', of: 'active_series' },
    headline: true,
  },
  new_series: {
    label: ['New series', '新上线剧集'],
    definition: [
      'Distinct series whose release day lies in the period; split or filtered by platform or region, also with views there.',
      '上线日落在期间内的剧集数（去重）；按平台或地区拆分、筛选时，还须在该处有播放。',
    ],
    unit: 'count',
    aggregation: { kind: 'new_series' },
  },
  active_producers: {
    label: ['Active producers', '活跃承制方'],
    definition: ['Distinct producers of active series.', '活跃剧集的承制方数（去重）。'],
    unit: 'count',
    aggregation: { kind: 'cell', of: 'active_producers' },
  },
  views_per_series: {
    label: ['Views per series', '部均播放量'],
    definition: ['Views over active series (the mean).', '播放量除以活跃剧集数（均值）。'],
    unit: 'views',
    aggregation: { kind: 'cell', of: 'views_per_series' },
  },
  median_views_per_series: {
    label: ['Median views per series', '剧集播放量中位数'],
    definition: [
      'Median over the active series of their views in the period: the typical series.',
      '期间活跃剧集播放量的中位数，即典型剧集的水平。',
    ],
    unit: 'views',
    aggregation: { kind: 'cell', of: 'median_views_per_series' },
  },
  share_of_views: {
    label: ['Share of views', '播放占比'],
    definition: [
      'Views over the views of all that the dimension filters leave in the same period, each series counted once.',
      '播放量除以同期维度筛选后全部剧集的播放量，每部剧只计一次。',
    ],
    unit: 'fraction',
    aggregation: { kind: 'share' },
    ...shown(2),
  },
  overseas_share: {
    label: ['Overseas share', '海外占比'],
    definition: [
      'Overseas views over domestic plus overseas views; views of unknown region are in neither.',
      '海外播放量除以国内与海外播放量之和；地区未知的不计入。',
    ],
    unit: 'fraction',
    aggregation: { kind: 'ratio', numerator: ['overseas_views'], denominator: ['overseas_views', 'domestic_views'] },
    headline: true,
  },
  ai_share: {
    label: ['Made by AI, share of views', 'AI 制作播放占比'],
    definition: [
      'Views of series made by AI, whatever their format, over all views. The AI format counts only if production is unknown.',
      '制作方式为 AI 的剧集（不论形态）的播放量占比；制作方式未知时才按 AI 形态计。',
    ],
    unit: 'fraction',
    aggregation: { kind: 'cell', of: 'ai_share' },
    headline: true,
  },
  ai_series_share: {
    label: ['Made by AI, share of series', 'AI 制作剧集占比'],
    definition: [
      'Active series made by AI, whatever their format, over all active series. The AI format counts only if production is unknown.',
      '活跃剧集中制作方式为 AI（不论形态）的占比；制作方式未知时才按 AI 形态计。',
    ],
    unit: 'fraction',
    aggregation: { kind: 'cell', of: 'ai_series_share' },
  },
  heat_peak: {
    label: ['Peak heat', '热度峰值'],
    definition: [
      'Highest heat index. One platform only: indices of platforms are not comparable.',
      '热度指数的最高值；各平台指数不可比，仅限单一平台。',
    ],
    unit: 'heat',
    aggregation: { kind: 'max', sum: 'heat_max' },
  },
  heat_mean: {
    label: ['Mean heat', '平均热度'],
    definition: ['Mean of the stated heat index values. One platform only.', '所列热度指数的均值；仅限单一平台。'],
    unit: 'heat',
    aggregation: { kind: 'ratio', numerator: ['heat_sum'], denominator: ['heat_rows'] },
  },
  cumulative_views: {
    label: ['Cumulative views', '累计播放量'],
    definition: [
      'Openings plus all increments up to the end of the period; the start of the range never cuts it.',
      '期初值加截至期末的全部增量；不受所选起始日影响。',
    ],
    unit: 'views',
    aggregation: { kind: 'cumulative' },
    ...shown(3),
  },
  views_d1: { ...age(1, ['Views, day 1', '首日播放']), ...onChoice(4) },
  views_d7: { ...age(7, ['Views, first 7 days', '7 日播放']), ...onChoice(5) },
  views_d30: { ...age(30, ['Views, first 30 days', '30 日播放']), ...shown(6) },
  views_per_episode_d30: {
    label: ['30-day views per episode', '集均 V30'],
    definition: [
      'Views of the first 30 days over episodes, of the active series that are that old, were released inside the log and state their episodes.',
      '上线满 30 天、上线日在日志范围内且已知集数的活跃剧集：前 30 天播放量除以集数。',
    ],
    unit: 'views',
    aggregation: { kind: 'age', days: 30, perEpisode: true },
    ...onChoice(7),
  },
  viewers_peak: {
    label: ['Peak viewers', '观看人数峰值'],
    definition: [
      'Highest distinct viewers of one row; viewers are never summed over time.',
      '单条记录观看人数的最高值；观看人数不跨期相加。',
    ],
    unit: 'count',
    aggregation: { kind: 'max', sum: 'viewers' },
  },
};

function age(days: 1 | 7 | 30, label: Spec['label']): Spec {
  return {
    label,
    definition: [
      `Views in the first ${days === 1 ? 'day' : `${days} days`} from the release day (day 1), summed over the active series that are that old and were released inside the log.`,
      `自上线日（第 1 天）起前 ${days} 天的播放量，对上线已满 ${days} 天且上线日在日志范围内的活跃剧集求和。`,
    ],
    unit: 'views',
    aggregation: { kind: 'age', days },
  };
}

const COUNTS: ReadonlySet<MeasureId> = new Set<MeasureId>(['views', 'active_series', 'new_series', 'active_producers']);

function toMeasure(id: MeasureId): Measure {
  const spec = SPECS[id];
  const { aggregation } = spec;
  const wholeSum = aggregation.kind === 'sum' && !['watch_seconds', 'revenue', 'spend'].includes(aggregation.sum);
  const wholeAge = aggregation.kind === 'age' && !aggregation.perEpisode;
  return {
    id,
    label: { en: spec.label[0], zh: spec.label[1] },
    definition: { en: spec.definition[0], zh: spec.definition[1] },
    unit: spec.unit,
    aggregation,
    additive: aggregation.kind === 'sum' || wholeAge,
    absent: COUNTS.has(id) || aggregation.kind === 'sum' ? 0 : null,
    integer: COUNTS.has(id) || wholeSum || wholeAge || aggregation.kind === 'cumulative' || id === 'viewers_peak',
    headline: spec.headline ?? false,
    column: spec.column ?? null,
  };
}

/** One definition per measure, shown wherever the number is shown. */
export const MEASURE_CATALOG: Readonly<Record<MeasureId, Measure>> = {
  ...mapIds((id) => toMeasure(id)),
};

function mapIds(make: (id: MeasureId) => Measure): Record<MeasureId, Measure> {
  const entries = (Object.keys(SPECS) as MeasureId[]).map((id) => [id, make(id)] as const);
  return Object.fromEntries(entries) as Record<MeasureId, Measure>;
}

export function sumsOf(measure: Measure): readonly SumId[] {
  const { aggregation } = measure;
  switch (aggregation.kind) {
    case 'sum':
    case 'max':
      return [aggregation.sum];
    case 'ratio':
      return [...aggregation.numerator, ...aggregation.denominator];
    case 'cumulative':
      return ['views', 'opening_views'];
    default:
      return ['views'];
  }
}

/** Engagement needs any one of its four columns. */
export function isAvailable(measure: Measure, columns: ReadonlySet<LogColumn>): boolean {
  const needs = (sums: readonly SumId[]) => sums.map(columnOf);
  if (measure.aggregation.kind === 'ratio') {
    return (
      needs(measure.aggregation.numerator).some((c) => columns.has(c)) &&
      needs(measure.aggregation.denominator).some((c) => columns.has(c))
    );
  }
  return needs(sumsOf(measure)).every((c) => columns.has(c));
}

export const unavailable = ({ id, label }: Measure): ProblemError =>
  new ProblemError('measure_unavailable', {
    en: `${label.en} (${id}) cannot be computed: no imported file has the columns it needs. GET /api/v1/catalog lists what is available.`,
    zh: `${label.zh}（${id}）无法计算：已导入的文件都没有所需的列。可用的指标见 GET /api/v1/catalog。`,
  });
