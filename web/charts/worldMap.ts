import type { Mark } from '../filters/marks.ts';
import { rampColour } from './colour.ts';
import {
  baseOption,
  type ChartBuilder,
  type ChartContext,
  type ChartOption,
  chartKey,
  emptyOption,
  isNarrow,
  type Plot,
  plotOf,
  textAt,
} from './frame.ts';
import type { Box } from './parts/placing.ts';
import { pointedIndex, type TooltipRow, tooltipHtml, tooltipOption } from './parts/tooltip.ts';
import { labelFormat, type ValueKind, valueFormat } from './scale.ts';
import { ellipsis, textWidth } from './text.ts';
import { chartWords } from './words.ts';
import { WORLD_SHAPES, WORLD_SIZE, type WorldShape } from './worldShapes.ts';

export interface MapRegion {
  /** ISO 3166-1 alpha-2. */
  id: string;
  name: string;
  value: number;
  facts: readonly TooltipRow[];
  mark?: Mark | undefined;
}

export interface MapData {
  /** Largest first. */
  regions: readonly MapRegion[];
  kind: ValueKind;
  measure: string;
}

/** Whether the map has a place for a region. */
export const isOnMap = (id: string): boolean => Object.hasOwn(WORLD_SHAPES, id);

/** Where in the world: the named regions shaded by size, on one scale of powers of ten, all else the same quiet land. */
export const worldMap: ChartBuilder<MapData> = (data, context) => {
  const regions = data.regions.filter(({ id, value }) => isOnMap(id) && value > 0);
  if (regions.length === 0) return emptyOption(context);
  const { look } = context;
  const plot = plotOf(context, { top: look.type.note + 20, right: 0, bottom: 0, left: 0 });
  const scale = Math.min(plot.width / WORLD_SIZE.width, plot.height / WORLD_SIZE.height);
  // On a phone the list of regions stands below; else the map stands in the middle.
  const over = isNarrow(context) ? 0 : (plot.height - WORLD_SIZE.height * scale) / 2;
  const at = { x: plot.left + (plot.width - WORLD_SIZE.width * scale) / 2, y: plot.top + over, scale };
  const shade = shading(regions, context);
  const land = Object.entries(WORLD_SHAPES).flatMap(([id, { path }]): Drawn[] =>
    path === '' || regions.some((region) => region.id === id) ? [] : [{ id, shape: { path }, fill: look.grid }],
  );
  const shaded = regions.map(({ id, value, mark }): Drawn => {
    const { path = '', at: point = [0, 0] } = WORLD_SHAPES[id] ?? {};
    return { id, mark, shape: path === '' ? { point } : { path }, fill: shade.colour(value) };
  });
  const below = plot.top + WORLD_SIZE.height * scale + 16;
  return {
    ...baseOption(context, describe(regions, data, context)),
    tooltip: tooltipOption(look, 'item', (params) => tooltip(regions[pointedIndex(params) ?? -1], data, context)),
    series: [layer('land', land, true, at, context), layer('regions', shaded, false, at, context)],
    graphic: {
      elements: [
        ...legend(shade, plot, context),
        ...(isNarrow(context)
          ? list(regions, shade, below, plot, data, context)
          : labels(regions, at, plot, data, context)),
      ],
    },
  } satisfies ChartOption;
};

interface Place {
  x: number;
  y: number;
  scale: number;
}

interface Drawn {
  id: string;
  shape: { path: string } | { point: WorldShape['at'] };
  fill: string;
  mark?: Mark | undefined;
}

/** Every border is the same hairline in the ground's colour. */
function layer(id: string, drawn: readonly Drawn[], silent: boolean, at: Place, { look }: ChartContext): object {
  return {
    id,
    type: 'custom',
    coordinateSystem: 'none',
    silent,
    z: silent ? 1 : 2,
    data: drawn.map((one) => ({ name: chartKey(one.id), value: 1, mark: one.mark })),
    renderItem: ({ dataIndex }: { dataIndex: number }) => {
      const one = drawn[dataIndex];
      if (one === undefined) return undefined;
      const style = { fill: one.fill, stroke: look.surface, lineWidth: 0.75, strokeNoScale: true };
      // The region that is pointed at, here or in another chart, stays; the others fade.
      const states = {
        focus: 'self',
        emphasis: { style: { stroke: look.ink, lineWidth: 1.5 } },
        blur: { style: { opacity: 0.3 } },
      };
      if ('point' in one.shape) {
        const [x, y] = one.shape.point;
        return {
          type: 'circle',
          shape: { cx: at.x + x * at.scale, cy: at.y + y * at.scale, r: look.stroke.dot * 0.6 },
          style,
          ...states,
        };
      }
      const { x, y, scale } = at;
      return {
        type: 'path',
        x,
        y,
        scaleX: scale,
        scaleY: scale,
        shape: { pathData: one.shape.path },
        style,
        ...states,
      };
    },
  };
}

interface Shade {
  ticks: number[];
  colour: (value: number) => string;
}

/** The palest part of the ramp is left to the land. */
const PALEST = 0.12;

function shading(regions: readonly MapRegion[], { look }: ChartContext): Shade {
  const logs = regions.map(({ value }) => Math.log10(value));
  const low = Math.floor(Math.min(...logs) + 1e-9);
  const high = Math.max(low + 1, Math.ceil(Math.max(...logs) - 1e-9));
  const part = (value: number): number => (Math.log10(value) - low) / (high - low);
  return {
    ticks: Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i)),
    colour: (value) => rampColour(look.sequential, PALEST + (1 - PALEST) * part(value)),
  };
}

function legend(shade: Shade, plot: Plot, { look, language }: ChartContext): object[] {
  const format = valueFormat('count', language);
  const [first = 1] = shade.ticks;
  const last = shade.ticks.at(-1) ?? first;
  const width = 160;
  const y = plot.top - look.type.note - 12;
  const [low, high] = [format.label(first), format.label(last)];
  const left = plot.left + textWidth(low, look.type.note) + 8;
  const style = { size: look.type.note, fill: look.inkFaint, font: look.font };
  const stops = Array.from({ length: 9 }, (_, i) => ({
    offset: i / 8,
    color: shade.colour(first * (last / first) ** (i / 8)),
  }));
  const fill = { type: 'linear', x: 0, y: 0, x2: 1, y2: 0, colorStops: stops };
  return [
    { id: 'ramp', type: 'rect', silent: true, z: 5, shape: { x: left, y, width, height: 8, r: 2 }, style: { fill } },
    textAt('ramp low', low, plot.left, y + 4, style),
    textAt('ramp high', high, left + width + 8, y + 4, style),
  ];
}

const overlaps = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** Regions that are named on the map. */
const MOST_LABELS = 8;

/** Names with values over the largest regions, those left out that would cover a larger one's. */
function labels(
  regions: readonly MapRegion[],
  at: Place,
  plot: Plot,
  data: MapData,
  { look, language }: ChartContext,
): object[] {
  const size = look.type.label;
  const shown = regions.slice(0, MOST_LABELS);
  const format = labelFormat(
    data.kind,
    language,
    shown.map(({ value }) => value),
  );
  const taken: Box[] = [];
  return shown.flatMap((region) => {
    const [x, y] = WORLD_SHAPES[region.id]?.at ?? [0, 0];
    const [left, top] = [at.x + x * at.scale, at.y + y * at.scale];
    const text = `${region.name} ${format.label(region.value)}`;
    const half = textWidth(text, size) / 2;
    const box = { left: left - half - 4, right: left + half + 4, top: top - size * 0.8, bottom: top + size * 0.8 };
    if (box.left < plot.left || box.right > plot.right || taken.some((other) => overlaps(other, box))) return [];
    taken.push(box);
    const style = {
      size,
      fill: look.ink,
      font: look.font,
      weight: 500,
      align: 'center',
      halo: look.surface,
    };
    // It lies on its neighbours, too: the pointer finds the land under it.
    return [textAt(`region ${region.id}`, text, left, top, style)];
  });
}

/** On a phone the map is small: what it cannot name stands below it. */
function list(
  regions: readonly MapRegion[],
  shade: Shade,
  top: number,
  plot: Plot,
  data: MapData,
  { look, language }: ChartContext,
): object[] {
  const size = look.type.label;
  const height = Math.round(size * 2);
  const shown = regions.slice(0, Math.max(0, Math.floor((plot.bottom - top) / height)));
  const format = labelFormat(
    data.kind,
    language,
    shown.map(({ value }) => value),
  );
  return shown.flatMap(({ id, name, value, mark }, at) => {
    const y = top + height * (at + 0.5);
    const text = format.label(value);
    const room = plot.width - textWidth(text, size) - 32;
    const shape = { x: plot.left, y: y - 5, width: 10, height: 10, r: 2 };
    const style = { size, fill: look.inkSoft, font: look.font };
    return [
      { id: `key ${id}`, type: 'rect', silent: true, z: 5, shape, style: { fill: shade.colour(value) } },
      textAt(`region ${id}`, ellipsis(name, room, size), plot.left + 18, y, { ...style, mark }),
      textAt(`value ${id}`, text, plot.right, y, { ...style, fill: look.ink, weight: 500, align: 'right' }),
    ];
  });
}

function tooltip(region: MapRegion | undefined, data: MapData, { look, language }: ChartContext): string {
  if (region === undefined) return '';
  const value = { name: data.measure, value: valueFormat(data.kind, language).tooltip(region.value) };
  return tooltipHtml(look, { title: region.name, rows: [value, ...region.facts] });
}

function describe(regions: readonly MapRegion[], data: MapData, { language }: ChartContext): string {
  const words = chartWords(language);
  const format = valueFormat(data.kind, language);
  const spoken = regions.slice(0, 10).map(({ name, value }) => `${name} ${format.label(value)}`);
  const rest = regions.length > 10 ? words.others(regions.length - 10) : '';
  return words.sentence([data.measure, words.list(spoken), rest]);
}
