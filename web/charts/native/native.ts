/** A chart as PowerPoint has it: names and numbers, no drawing. Pure. */
import type { NumberLanguage } from '../../i18n/numbers.ts';
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

export interface NativeBubbles {
  readonly kind: 'bubbles';
  readonly points: readonly { name: string; x: number; y: number; size: number; hue: Hue }[];
  readonly xName: string;
  readonly yName: string;
  readonly sizeName: string;
  readonly value: ValueKind;
}

export interface NativeSeriesChart {
  /** `bars` are horizontal, one a name; `columns` and `areas` are stacked. */
  readonly kind: 'lines' | 'columns' | 'areas' | 'bars';
  readonly categories: readonly string[];
  readonly series: readonly NativeSeries[];
  readonly value: ValueKind;
  readonly log?: boolean;
  /** Values stand on the marks. */
  readonly labelled?: boolean;
  /** What the categories are: `上线后天数`. */
  readonly along?: string;
}

export type NativeChart = NativeSeriesChart | NativeBubbles;

/** The same data as the drawing's, or null if PowerPoint has no chart for just these. */
export type NativeBuilder<D> = (data: D, language: NumberLanguage) => NativeChart | null;
