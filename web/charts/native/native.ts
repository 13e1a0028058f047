/** A chart as PowerPoint has it: names and numbers, no drawing. Pure. */
import { day, type NumberLanguage, type PeriodGrain, period } from '../../i18n/numbers.ts';
import { NOTHING_PARTIAL, type Partial } from '../frame.ts';
import type { Hue } from '../look.ts';
import type { ValueKind } from '../scale.ts';

export interface NativeSeries {
  readonly name: string;
  readonly hue: Hue;
  /** One per category; null where there is none. */
  readonly values: readonly (number | null)[];
  /** Of single values, instead of the series' own. */
  readonly hues?: readonly Hue[];
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
  /** The least stands at the top: places on a chart. */
  readonly reversed?: boolean;
  /** Values stand on the marks. */
  readonly labelled?: boolean;
  /** What the categories are: `上线后天数`. */
  readonly along?: string;
}

/** The same data as the drawing's, or null if PowerPoint has no chart for just these. */
export type NativeBuilder<D> = (data: D, language: NumberLanguage) => NativeChart | null;

/** Names of periods as they stand under an axis, short enough for one line. A cut one says so. @param paced it stands at its pace */
export const periodNames = (
  { periods, grain, partial = NOTHING_PARTIAL }: { periods: readonly string[]; grain: PeriodGrain; partial?: Partial },
  language: NumberLanguage,
  paced = false,
): string[] =>
  periods.map((one, at) => {
    const name = shortName(one, grain, language);
    if (!partial.periods.includes(one)) return name;
    return name + CUT[language][paced && at === periods.length - 1 ? 'paced' : 'cut'];
  });

function shortName(start: string, grain: PeriodGrain, language: NumberLanguage): string {
  const [year = '', month = '', date = ''] = start.slice(0, 10).split('-');
  if (grain === 'day' || grain === 'week')
    return language === 'zh' ? `${Number(month)}/${Number(date)}` : day(start, language, true);
  return grain === 'month' && language === 'zh' ? `${year}/${month}` : period(start, grain, language);
}

const CUT = {
  zh: { cut: '（未完整）', paced: '（按日均推算）' },
  en: { cut: ' (incomplete)', paced: ' (at pace)' },
} as const;

/** A drawing leaves out the name of what is alone; a workbook's column needs one. */
export const named = (name: string, measure: string): string => (name === '' ? measure : name);
