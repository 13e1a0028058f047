import type { Mark } from '../../filters/marks.ts';
import type { NumberLanguage } from '../../i18n/numbers.ts';
import { type ChartContext, isNarrow, lineAt, type Plot, textAt, textColour } from '../frame.ts';
import { type Hue, hueColour, type Look } from '../look.ts';
import { ellipsis, textWidth } from '../text.ts';
import { chartWords } from '../words.ts';
import { spread } from './placing.ts';

export interface LineEnd {
  id: string;
  /** Empty where the chart has one line and its title names it. */
  name: string;
  value: string;
  hue: Hue;
  at: number;
  y: number;
  mark?: Mark | undefined;
}

const GAP = 10;

/** How wide the labels may be: a third of the picture, less on a phone. */
function roomFor(ends: readonly LineEnd[], context: ChartContext): { name: number; value: number; total: number } {
  const size = context.look.type.label;
  const value = Math.max(0, ...ends.map((end) => textWidth(end.value, size)));
  const most = context.width * (isNarrow(context) ? 0.42 : 0.3);
  const widest = Math.max(0, ...ends.map((end) => (end.name === '' ? 0 : textWidth(end.name, size) + 6)));
  const name = Math.min(widest, Math.max(size * 3, most - value - GAP));
  return { name, value, total: Math.ceil(name + value + GAP + 8) };
}

/** Names and last values at the ends of lines, moved apart, with a leader to the line; `rest` unnamed lines are one grey label. Most important first. */
export function endLabels(
  ends: readonly LineEnd[],
  rest: number,
  context: ChartContext,
): {
  room: number;
  draw: (plot: Plot, x: (at: number) => number, y: (value: number) => number) => object[];
} {
  const { look, language } = context;
  const size = look.type.label;
  const room = roomFor(ends, context);
  const restText = rest > 0 ? restLabel(rest, language) : '';
  const total = Math.max(room.total, restText === '' ? 0 : textWidth(restText, look.type.note) + GAP + 8);
  const draw = (plot: Plot, x: (at: number) => number, y: (value: number) => number): object[] => {
    const height = Math.round(size * 1.4);
    const bottom = plot.bottom + (restText === '' ? height / 2 : -height * 0.6);
    const placed = spread(
      ends.map((end) => ({ item: end, y: y(end.y) })),
      height,
      plot.top - height / 2,
      bottom,
    );
    const elements = placed.flatMap(({ item, wanted, y: at }) => {
      const left = plot.right + GAP + 2;
      const name = item.name === '' ? '' : ellipsis(item.name, room.name - 6, size);
      const gap = name === '' ? 0 : textWidth(name, size) + 6;
      const leader = leaderTo(item, x(item.at), wanted, left - 3, at, plot, look);
      const style = { size, fill: textColour(look, hueColour(look, item.hue)), font: look.font, mark: item.mark };
      const value = { ...style, weight: 600, fill: name === '' ? look.ink : style.fill };
      return [
        ...leader,
        ...(name === '' ? [] : [textAt(`end ${item.id}`, name, left, at, style)]),
        textAt(`end value ${item.id}`, item.value, left + gap, at, value),
      ];
    });
    if (restText === '') return elements;
    const note = { size: look.type.note, fill: look.inkFaint, font: look.font };
    return [...elements, textAt('end rest', restText, plot.right + GAP + 2, plot.bottom - height * 0.1, note)];
  };
  return { room: total, draw };
}

function leaderTo(
  item: LineEnd,
  x: number,
  y: number,
  labelX: number,
  labelY: number,
  plot: Plot,
  look: Look,
): object[] {
  const early = x < plot.right - 12;
  if (!early && Math.abs(labelY - y) <= 3) return [];
  const style = early ? { stroke: look.axis, width: 1, dash: [1, 4] } : { stroke: look.greyFaint, width: 1 };
  return [lineAt(`leader ${item.id}`, [x + look.stroke.dot * 0.8, y], [labelX, labelY], style)];
}

const restLabel = (rest: number, language: NumberLanguage): string => chartWords(language).others(rest);
