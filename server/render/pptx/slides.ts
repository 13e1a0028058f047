import type { NativeChart } from '../../../web/charts/native/native.ts';
import type { Language } from '../../../web/i18n/i18n.ts';

/** A figure on a slide of its own. */
export interface FigureSlide {
  readonly figure: string;
  /** The figure's address: what is behind the question mark. */
  readonly address: string;
  readonly language: Language;
  /** Of the data. */
  readonly version: string;
  readonly title: string;
  readonly subtitle: string;
  readonly note: string;
  readonly definition: string | null;
  readonly source: string;
  readonly synthetic: boolean;
  /** Null goes as a picture. */
  readonly native: NativeChart | null;
  readonly picture: { readonly svg: string; readonly png: Uint8Array } | null;
}

/** The first slide of a deck. */
export interface TitleSlide {
  readonly title: string;
  readonly subtitle: string;
  readonly source: string;
  readonly language: Language;
}

/** Words and numbers, ready to read. */
export interface TableSlide {
  readonly title: string;
  readonly subtitle: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly source: string;
  readonly synthetic: boolean;
  readonly language: Language;
}

export type Slide = FigureSlide | TitleSlide | TableSlide;

/** How a shape that is ours is named; a figure's chart carries its id and address behind it. */
export const SHAPE = {
  title: 'ds title',
  subtitle: 'ds subtitle',
  note: 'ds note',
  source: 'ds source',
  synthetic: 'ds synthetic',
} as const;
export const chartName = ({
  figure,
  address,
  language,
}: Pick<FigureSlide, 'figure' | 'address' | 'language'>): string =>
  `ds figure ${figure}?${new URLSearchParams([...new URLSearchParams(address), ['lang', language]])}`;

/** A series without a number would be a name in the legend alone. */
export const withoutEmpty = (chart: NativeChart): NativeChart => ({
  ...chart,
  series: chart.series.filter(({ values }) => values.some((value) => value !== null)),
});
