import type { AreasData } from '../stackedAreas.ts';
import type { ColumnsData } from '../stackedColumns.ts';
import type { WaterfallData } from '../waterfall.ts';
import { chartWords } from '../words.ts';
import { type NativeBuilder, named, periodNames } from './native.ts';

export const nativeColumns: NativeBuilder<ColumnsData> = (data, language) => ({
  kind: 'columns',
  categories: periodNames(data, language),
  series: data.parts.map(({ name, hue, values }) => ({ name: named(name, data.measure), hue, values })),
  value: data.kind,
  labelled: data.parts.length === 1 && data.periods.length <= 14,
});

export const nativeAreas: NativeBuilder<AreasData> = (data, language) => ({
  kind: 'areas',
  categories: periodNames(data, language),
  series: data.parts.map(({ name, hue, values }) => ({ name: named(name, data.measure), hue, values })),
  value: 'fraction',
});

/** A hidden part lifts what rises or falls to where the step before ended. Null if the course goes below zero. */
export const nativeWaterfall: NativeBuilder<WaterfallData> = (data, language) => {
  let level = 0;
  const steps = data.steps.map(({ role, value }) => {
    const from = role === 'level' ? 0 : level;
    const to = role === 'level' ? value : level + value;
    level = to;
    return { role, value, low: Math.min(from, to), high: Math.max(from, to) };
  });
  if (steps.some(({ low }) => low < 0)) return null;
  const words = chartWords(language);
  const tall = (kind: (step: (typeof steps)[number]) => boolean): (number | null)[] =>
    steps.map((step) => (kind(step) ? step.high - step.low : null));
  return {
    kind: 'columns',
    categories: data.steps.map(({ name }) => name),
    series: [
      {
        name: words.base,
        hue: 'grey',
        hidden: true,
        values: steps.map(({ role, low }) => (role === 'level' ? null : low)),
      },
      { name: data.measure, hue: 'grey', values: tall(({ role }) => role === 'level') },
      { name: words.rise, hue: 0, values: tall(({ role, value }) => role === 'change' && value >= 0) },
      { name: words.fall, hue: 1, values: tall(({ role, value }) => role === 'change' && value < 0) },
    ],
    value: data.kind,
    labelled: true,
  };
};
