import type { ChartBuilder, ChartOption } from '../charts/frame.ts';
import { lineAt, textAt } from '../charts/frame.ts';
import { type Look, pictureLook } from '../charts/look.ts';
import { textWidth, wrap } from '../charts/text.ts';
import type { NumberLanguage } from '../i18n/numbers.ts';
import { type ChartSource, sourceParts, syntheticWord } from './source.ts';

/** A chart as a picture of its own: everything that the page writes around it is in the picture. */
export interface Picture<D> {
  build: ChartBuilder<D>;
  data: D;
  title: string;
  subtitle: string;
  source: ChartSource;
  /** What a reader must know, above the source. */
  note?: string | undefined;
  look: Look;
  language: NumberLanguage;
  /** Logical pixels; a slide is 1280 × 720. */
  width: number;
  height: number;
  /** Times the type and lines of a slide. */
  type?: number | undefined;
  /** Else on the look's own ground. */
  transparent?: boolean | undefined;
  patterns?: boolean | undefined;
}

export const SLIDE = { width: 1280, height: 720 } as const;
/** Less beside a narrow picture. */
const marginOf = ({ width, height }: { width: number; height: number }): number =>
  Math.round(Math.min(48, width / 16, height / 12));

/** The option of the whole picture: title, subtitle, chart and footer, drawn again at the wanted size. Pure. */
export function pictureOption<D>(picture: Picture<D>): ChartOption {
  const look = pictureLook(picture.look, picture.type);
  const margin = marginOf(picture);
  const head = header(picture, look, margin);
  const foot = footer(picture, look, margin);
  const option = picture.build(picture.data, {
    look,
    language: picture.language,
    width: picture.width,
    height: picture.height,
    inset: { top: head.height, right: margin, bottom: foot.height, left: margin },
    motion: false,
    patterns: picture.patterns,
  });
  return {
    ...option,
    animation: false,
    backgroundColor: picture.transparent === true ? 'transparent' : look.surface,
    tooltip: { show: false },
    graphic: { elements: [...option.graphic.elements, ...head.elements, ...foot.elements] },
  };
}

interface Band {
  height: number;
  elements: object[];
}

const LINES = 2;

/** The largest size at which a title is not cut; never smaller than the subtitle. */
function fitting(text: string, { title, subtitle }: Look['type'], room: number): number {
  const sizes = [1, 0.85, 0.72, 0.6].map((part) => Math.max(subtitle, Math.round(title * part)));
  return sizes.find((size) => wrap(text, room, size, LINES + 1).length <= LINES) ?? subtitle;
}

function header(picture: Omit<Picture<unknown>, 'build' | 'data'>, look: Look, margin: number): Band {
  const { subtitle } = look.type;
  const room = picture.width - 2 * margin;
  const title = fitting(picture.title, look.type, room);
  const elements: object[] = [];
  let y = margin * 0.75;
  wrap(picture.title, room, title, LINES).forEach((line, at) => {
    y += title * (at === 0 ? 0.6 : 1.3);
    elements.push(
      textAt(`title ${at}`, line, margin, y, { size: title, fill: look.ink, font: look.font, weight: 600 }),
    );
  });
  y += title * 0.6 + subtitle / 2;
  wrap(picture.subtitle, room, subtitle, LINES).forEach((line, at) => {
    y += subtitle * (at === 0 ? 0.7 : 1.45);
    elements.push(textAt(`subtitle ${at}`, line, margin, y, { size: subtitle, fill: look.inkSoft, font: look.font }));
  });
  return { height: Math.round(y + subtitle * 1.75), elements };
}

/** The note, and the source line; at the right, where it cannot be missed, that the data are synthetic. */
function footer(picture: Omit<Picture<unknown>, 'build' | 'data'>, look: Look, margin: number): Band {
  const size = look.type.note;
  const room = picture.width - 2 * margin;
  const mark = picture.source.synthetic ? syntheticWord(picture.language) : '';
  const markRoom = mark === '' ? 0 : textWidth(mark, size) + 2 * size;
  const source = sourceParts(picture.source, picture.language).join(' · ');
  // Beside the mark if it leaves room for words.
  const beside = room - markRoom > room / 2;
  const lines = [
    ...(picture.note === undefined || picture.note === '' ? [] : wrap(picture.note, room, size, 2)),
    ...wrap(source, beside ? room - markRoom : room, size, 3),
    ...(beside || mark === '' ? [] : ['']),
  ];
  const height = Math.round((lines.length * 1.5 + 1.75) * size + margin / 3);
  const top = picture.height - height + size;
  const rule = lineAt('footer rule', [margin, top], [picture.width - margin, top], { stroke: look.grid, width: 1 });
  const style = { size, fill: look.inkFaint, font: look.font };
  const at = (line: number): number => top + size * (1.25 + line * 1.5);
  const texts = lines.flatMap((line, place) =>
    line === '' ? [] : [textAt(`source ${place}`, line, margin, at(place), style)],
  );
  if (mark === '') return { height, elements: [rule, ...texts] };
  const flag = textAt('synthetic', mark, picture.width - margin, at(lines.length - 1), {
    ...style,
    fill: look.ink,
    weight: 600,
    align: 'right',
  });
  return { height, elements: [rule, ...texts, flag] };
}
