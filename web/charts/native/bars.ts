import type { MoversData } from '../divergingBars.ts';
import type { BarsData } from '../horizontalBars.ts';
import type { NativeBuilder } from './native.ts';

export const nativeBars: NativeBuilder<BarsData> = (data) => {
  const references = data.bars.map(({ reference }) => reference ?? null);
  const against =
    data.against === undefined || references.every((one) => one === null)
      ? []
      : [{ name: data.against, hue: 'grey' as const, values: references }];
  return {
    kind: 'bars',
    categories: data.bars.map(({ name }) => name),
    series: [
      {
        name: data.measure,
        hue: data.bars[0]?.hue ?? 0,
        values: data.bars.map(({ value }) => value),
        hues: data.bars.map(({ hue }) => hue),
      },
      ...against,
    ],
    value: data.kind,
    labelled: true,
  };
};

export const nativeMovers: NativeBuilder<MoversData> = (data) => ({
  kind: 'bars',
  categories: data.movers.map(({ name }) => name),
  series: [
    {
      name: data.measure,
      hue: 0,
      values: data.movers.map(({ delta }) => delta),
      hues: data.movers.map(({ delta }) => (delta < 0 ? 1 : 0)),
    },
  ],
  value: data.kind,
  labelled: true,
});
