import type { AgeCurvesData } from '../ageCurves.ts';
import type { CurvesData } from '../cumulativeCurves.ts';
import type { FanData } from '../forecastFan.ts';
import { isLogarithmic, isPaced, type LinesData, paced } from '../linesOverTime.ts';
import type { RankData } from '../rankLine.ts';
import { chartWords } from '../words.ts';
import { type NativeBuilder, type NativeSeries, named, periodNames } from './native.ts';

/** More lines than this are no chart to edit. */
const MOST = 12;

export const nativeLines: NativeBuilder<LinesData> = (data, language) => ({
  kind: 'lines',
  categories: periodNames(
    data,
    language,
    data.lines.some((line) => isPaced(line, data)),
  ),
  series: paced(data)
    .lines.slice(0, MOST)
    .map(({ name, hue, values, context }) => ({
      name: named(name, data.measure),
      hue,
      values,
      ...(context === true ? { faint: true } : {}),
    })),
  value: data.kind,
  log: isLogarithmic(data),
});

export const nativeCurves: NativeBuilder<CurvesData> = (data, language) => {
  const { band } = data;
  const words = chartWords(language);
  const chosen = data.curves.filter(({ context }) => context !== true);
  // Those of context say nothing without the crowd that they are.
  const shown = chosen.length > 0 ? chosen : data.curves;
  const curves: NativeSeries[] = shown.slice(0, MOST).map(({ name, hue, values }) => ({
    name: named(name, data.measure),
    hue,
    values: filled(values, data.curves),
  }));
  const bounds: NativeSeries[] =
    band === undefined
      ? []
      : [
          { name: `${band.name} ↓`, hue: 'grey', values: filled(band.low, data.curves), faint: true },
          { name: `${band.name} ↑`, hue: 'grey', values: filled(band.high, data.curves), faint: true },
        ];
  return {
    kind: 'lines',
    categories: steps(data.curves),
    series: [...curves, ...bounds],
    value: data.kind,
    log: data.log === true,
    along: data.along === 'episode' ? words.episodes : words.daysSinceRelease,
  };
};

export const nativeAges: NativeBuilder<AgeCurvesData> = (data, language) => {
  const { band } = data;
  const own: NativeSeries[] = data.curves.map(({ name, hue, values }) => ({
    name: named(name, data.measure),
    hue,
    values,
  }));
  const all = band === undefined ? own : [...own, { name: band.name, hue: band.hue, values: band.median }];
  return {
    kind: 'lines',
    categories: steps(all),
    series: all.map((one) => ({ ...one, values: filled(one.values, all) })),
    value: data.kind,
    log: true,
    along: chartWords(language).daysSinceRelease,
  };
};

export const nativeForecast: NativeBuilder<FanData> = (data, language) => {
  const ahead = data.fans.at(-1);
  const widest = ahead?.intervals[0];
  const bounds: NativeSeries[] =
    widest === undefined
      ? []
      : [
          { name: `${widest.name} ↓`, hue: 'grey', values: widest.low, faint: true },
          { name: `${widest.name} ↑`, hue: 'grey', values: widest.high, faint: true },
        ];
  const middle = ahead === undefined ? [] : [{ name: ahead.name, hue: ahead.hue, values: ahead.middle }];
  return {
    kind: 'lines',
    categories: periodNames(data, language),
    series: [{ name: data.actual.name, hue: data.actual.hue, values: data.actual.values }, ...middle, ...bounds],
    value: data.kind,
  };
};

export const nativeRanks: NativeBuilder<RankData> = (data, language) => ({
  kind: 'lines',
  categories: periodNames(data, language),
  series: [{ name: data.measure, hue: data.hue, values: data.points.map((point) => point?.rank ?? null) }],
  value: 'count',
  reversed: true,
});

type WithValues = { readonly values: readonly (number | null)[] };
const longest = (all: readonly WithValues[]): number => Math.max(0, ...all.map(({ values }) => values.length));
const steps = (all: readonly WithValues[]): string[] => Array.from({ length: longest(all) }, (_, at) => String(at + 1));
/** As long as the longest: a chart's series have one value a category. */
const filled = (values: readonly (number | null)[], all: readonly WithValues[]): (number | null)[] =>
  Array.from({ length: longest(all) }, (_, at) => values[at] ?? null);
