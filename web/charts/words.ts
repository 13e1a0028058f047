import { day, type NumberLanguage, type PeriodGrain, period } from '../i18n/numbers.ts';

export interface ChartWords {
  share: string;
  rank: string;
  total: string;
  change: string;
  previous: string;
  noData: string;
  noValue: string;
  others: (count: number) => string;
  more: (count: number) => string;
  against: (name: string) => string;
  incomplete: (asOf: string | null) => string;
  pace: string;
  day: (count: number) => string;
  daysSinceRelease: string;
  episode: (number: number) => string;
  episodes: string;
  aboveParity: string;
  belowParity: string;
  median: string;
  quartiles: string;
  extremes: string;
  base: string;
  rise: string;
  fall: string;
  list: (names: readonly string[]) => string;
  sentence: (parts: readonly string[]) => string;
}

const en: ChartWords = {
  share: 'Share',
  rank: 'Rank',
  total: 'Total',
  change: 'Change',
  previous: 'Before',
  noData: 'No data for these filters',
  noValue: 'no value',
  others: (count) => (count === 1 ? '1 other' : `${count} others`),
  more: (count) => `and ${count} more`,
  against: (name) => `vs ${name}`,
  incomplete: (asOf) => (asOf === null ? 'Incomplete period' : `Incomplete: data to ${day(asOf, 'en')}`),
  pace: 'At the pace so far',
  day: (count) => `Day ${count}`,
  daysSinceRelease: 'Days since release',
  episode: (number) => `Episode ${number}`,
  episodes: 'Episode',
  aboveParity: 'Demand exceeds supply',
  belowParity: 'Supply exceeds demand',
  median: 'Median',
  quartiles: 'Middle half',
  extremes: 'Lowest – highest',
  base: 'Base',
  rise: 'Rise',
  fall: 'Fall',
  list: (names) => names.join(', '),
  sentence: (parts) => `${parts.filter((part) => part !== '').join('; ')}.`,
};

const zh: ChartWords = {
  share: '占比',
  rank: '排名',
  total: '合计',
  change: '变化',
  previous: '前期',
  noData: '当前筛选下没有数据',
  noValue: '无数值',
  others: (count) => `其余${count}项`,
  more: (count) => `另有${count}项`,
  against: (name) => `较${name}`,
  incomplete: (asOf) => (asOf === null ? '周期未完整' : `周期未完整：数据截至${day(asOf, 'zh')}`),
  pace: '按目前日均推算',
  day: (count) => `第${count}天`,
  daysSinceRelease: '上线后天数',
  episode: (number) => `第${number}集`,
  episodes: '集数',
  aboveParity: '需求高于供给',
  belowParity: '供给高于需求',
  median: '中位数',
  quartiles: '中间一半',
  extremes: '最低至最高',
  base: '起点',
  rise: '增加',
  fall: '减少',
  list: (names) => names.join('、'),
  sentence: (parts) => `${parts.filter((part) => part !== '').join('；')}。`,
};

export const chartWords = (language: NumberLanguage): ChartWords => (language === 'zh' ? zh : en);

/** Why a growth is not a number, in a word or two (docs/definitions.md#growth). */
export function growthReasonWord(reason: string | null, language: NumberLanguage): string {
  const names: Record<string, { zh: string; en: string }> = {
    partial: { zh: '未完整', en: 'incomplete' },
    no_data: { zh: '无可比', en: 'no data' },
    new: { zh: '新', en: 'new' },
    both_zero: { zh: '均为零', en: 'both zero' },
    not_on_chart: { zh: '未上榜', en: 'not on chart' },
  };
  return reason === null ? '' : (names[reason]?.[language] ?? reason);
}

/** `较2025年9月` / `vs Sep 2025`. */
export const againstPeriod = (start: string, grain: PeriodGrain, language: NumberLanguage): string =>
  chartWords(language).against(period(start, grain, language));
