import { cutAt, day, type NumberLanguage } from '../i18n/numbers.ts';

/** Where a chart's numbers come from and what they leave out; stands under every chart and in every picture. */
export interface ChartSource {
  sources?: readonly string[] | undefined;
  asOf: string | null;
  filters: readonly string[];
  synthetic: boolean;
  /** Last day of the last period, where that period is cut; else null. */
  cut: string | null;
  /** The comparison is over the elapsed days only. */
  elapsed?: boolean | undefined;
}

export const syntheticWord = (language: NumberLanguage): string =>
  language === 'zh' ? '合成演示数据' : 'Synthetic demo data';

/** More names than this are a count. */
const NAMED = 3;

/** The log's own sources by name: who states the numbers is what a reader asks first. */
function logsOf(sources: readonly string[], zh: boolean): string {
  if (sources.length === 0) return zh ? '来源：Dramascope，播放日志' : 'Source: Dramascope, view logs';
  const counted = zh ? `${sources.length} 个数据来源` : `${sources.length} sources`;
  const named = sources.length > NAMED ? counted : sources.join(zh ? '、' : ', ');
  return zh ? `来源：Dramascope，播放日志（${named}）` : `Source: Dramascope, view logs (${named})`;
}

/** The source line in parts, without the synthetic mark, which stands apart. */
export function sourceParts(source: ChartSource, language: NumberLanguage): string[] {
  const zh = language === 'zh';
  const parts = [logsOf(source.sources ?? [], zh)];
  if (source.asOf !== null) parts.push(zh ? `数据截至${day(source.asOf, 'zh')}` : `data to ${day(source.asOf, 'en')}`);
  if (source.filters.length > 0) parts.push(source.filters.join(zh ? '；' : '; '));
  if (source.cut !== null) {
    parts.push(zh ? `末期未完整（${cutAt(source.cut, 'zh')}）` : `last period incomplete (${cutAt(source.cut, 'en')})`);
  }
  if (source.elapsed === true) parts.push(zh ? '按已过天数同期对比' : 'compared over elapsed days');
  return parts;
}
