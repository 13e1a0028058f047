/** A chart as PowerPoint has it: names and numbers, no drawing. Pure. */
import { day, type NumberLanguage, type PeriodGrain, period } from '../../i18n/numbers.ts';
import type { Hue } from '../look.ts';
import type { ValueKind } from '../scale.ts';

export interface NativeSeries {
  readonly name: string;
  readonly hue: Hue;
  /** One per category; null where there is none. */
  readonly values: readonly (number | null)[];
  /** Context: thin and grey. */
  readonly faint?: boolean;
  /** It only lifts those after it, as in a waterfall. */
  readonly hidden?: boolean;
}

export interface NativeChart {
  /** `bars` are horizontal, one a name; `columns` and `areas` are stacked. */
  readonly kind: 'lines' | 'columns' | 'areas' | 'bars';
  readonly categories: readonly string[];
  readonly series: readonly NativeSeries[];
  readonly value: ValueKind;
  readonly log?: boolean;
  /** Places: the first stands at the top. */
  readonly turned?: boolean;
  /** Values stand on the marks. */
  readonly labelled?: boolean;
  /** What the categories are: `上线后天数`. */
  readonly along?: string;
}

/** The same data as the drawing's, or null if PowerPoint has no chart for just these. */
export type NativeBuilder<D> = (data: D, language: NumberLanguage) => NativeChart | null;

/** Names of periods as they stand under an axis, short enough for one line. */
export const periodNames = (
  { periods, grain }: { periods: readonly string[]; grain: PeriodGrain },
  language: NumberLanguage,
): string[] =>
  periods.map((one) => {
    const [year = '', month = '', date = ''] = one.slice(0, 10).split('-');
    if (grain === 'day' || grain === 'week')
      return language === 'zh' ? `${Number(month)}/${Number(date)}` : day(one, language, true);
    return grain === 'month' && language === 'zh' ? `${year}/${month}` : period(one, grain, language);
  });

/** A drawing leaves out the name of what is alone; a workbook's column needs one. */
export const named = (name: string, measure: string): string => (name === '' ? measure : name);
