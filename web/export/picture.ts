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
  look: Look;
  language: NumberLanguage;
  /** Logical pixels; a slide is 1280 × 720. */
  width: number;
  height: number;
  patterns?: boolean | undefined;
}

export const SLIDE = { width: 1280, height: 720 } as const;
const MARGIN = 48;

/** The option of the whole picture: title, subtitle, chart and footer, drawn again at the wanted size. Pure. */
export function pictureOption<D>(picture: Picture<D>): ChartOption {
  const look = pictureLook(picture.look);
  const room = picture.width - 2 * MARGIN;
  const head = header(picture, look, room);
  const foot = footer(picture, look, room);
  const option = picture.build(picture.data, {
    look,
    language: picture.language,
    width: picture.width,
    height: picture.height,
    inset: { top: head.height, right: MARGIN, bottom: foot.height, left: MARGIN },
    motion: false,
    patterns: picture.patterns,
  });
  return {
    ...option,
    animation: false,
    backgroundColor: look.surface,
    tooltip: { show: false },
    graphic: { elements: [...option.graphic.elements, ...head.elements, ...foot.elements] },
  };
}

interface Band {
  height: number;
  elements: object[];
}

function header(picture: Omit<Picture<unknown>, 'build' | 'data'>, look: Look, room: number): Band {
  const { title, subtitle } = look.type;
  const elements: object[] = [];
  let y = MARGIN * 0.75;
  wrap(picture.title, room, title, 2).forEach((line, at) => {
    y += title * (at === 0 ? 0.6 : 1.3);
    elements.push(
      textAt(`title ${at}`, line, MARGIN, y, { size: title, fill: look.ink, font: look.font, weight: 600 }),
    );
  });
  y += title * 0.6 + 8;
  wrap(picture.subtitle, room, subtitle, 2).forEach((line, at) => {
    y += subtitle * (at === 0 ? 0.7 : 1.45);
    elements.push(textAt(`subtitle ${at}`, line, MARGIN, y, { size: subtitle, fill: look.inkSoft, font: look.font }));
  });
  return { height: Math.round(y + subtitle + 12), elements };
}

/** The source line at the left; at the right, where it cannot be missed, that the data are synthetic. */
function footer(picture: Omit<Picture<unknown>, 'build' | 'data'>, look: Look, room: number): Band {
  const size = look.type.note;
  const mark = picture.source.synthetic ? syntheticWord(picture.language) : '';
  const markRoom = mark === '' ? 0 : textWidth(mark, size) + 32;
  const lines = wrap(sourceParts(picture.source, picture.language).join(' · '), room - markRoom, size, 2);
  const height = Math.round(lines.length * size * 1.5 + 44);
  const top = picture.height - height + 16;
  const rule = lineAt('footer rule', [MARGIN, top], [picture.width - MARGIN, top], { stroke: look.grid, width: 1 });
  const style = { size, fill: look.inkFaint, font: look.font };
  const texts = lines.map((line, at) =>
    textAt(`source ${at}`, line, MARGIN, top + 8 + size * (0.75 + at * 1.5), style),
  );
  if (mark === '') return { height, elements: [rule, ...texts] };
  const flag = textAt('synthetic', mark, picture.width - MARGIN, top + 8 + size * 0.75, {
    ...style,
    fill: look.ink,
    weight: 600,
    align: 'right',
  });
  return { height, elements: [rule, ...texts, flag] };
}
