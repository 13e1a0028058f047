/** Slides with charts that PowerPoint edits. What a file carries of us is told in docs/decks.md. */
import pptxgen from 'pptxgenjs';
import { hueColour, LIGHT_LOOK } from '../../../web/charts/look.ts';
import type { NativeChart, NativeSeries } from '../../../web/charts/native/native.ts';
import { syntheticWord } from '../../../web/export/source.ts';
import type { Language } from '../../../web/i18n/i18n.ts';
import { axisFormat, numberFormat } from './formats.ts';
import { FONT, mended } from './mend.ts';
import {
  chartName,
  type FigureSlide,
  SHAPE,
  type Slide,
  type TableSlide,
  type TitleSlide,
  withoutEmpty,
} from './slides.ts';

/** Inches of a slide 16:9; 96 of a picture's pixels are one. */
const PAGE = { width: 13.333, height: 7.5 } as const;
const MARGIN = 0.5;
const ROOM = PAGE.width - 2 * MARGIN;
const PLACES = {
  title: { x: MARGIN, y: 0.35, w: ROOM, h: 0.95 },
  subtitle: { x: MARGIN, y: 1.36, w: ROOM, h: 0.4 },
  chart: { x: MARGIN, y: 1.8, w: ROOM, h: 4.6 },
  note: { x: MARGIN, y: 6.42, w: ROOM, h: 0.32 },
  source: { x: MARGIN, y: 6.86, w: ROOM - 2.4, h: 0.36 },
  synthetic: { x: PAGE.width - MARGIN - 2.4, y: 6.86, w: 2.4, h: 0.36 },
} as const;
/** Points; the smallest is 1/45 of the slide's height. */
const TYPE = { title: 27, subtitle: 14, small: 12 } as const;
const plain = (hex: string): string => hex.replace('#', '').toUpperCase();
const INK = plain(LIGHT_LOOK.ink);
const SOFT = plain(LIGHT_LOOK.inkSoft);
const FAINT = plain(LIGHT_LOOK.inkFaint);
const GRID = plain(LIGHT_LOOK.grid);
const MASTER = 'Dramascope';
const OPENING = 'Dramascope opening';

/** A file for PowerPoint. @throws Error if a slide has neither a chart nor a picture */
export async function deckOf(slides: readonly Slide[], title: string): Promise<Uint8Array> {
  const deck = new pptxgen();
  deck.defineLayout({ name: 'WIDE', width: PAGE.width, height: PAGE.height });
  deck.layout = 'WIDE';
  deck.title = clean(title);
  deck.author = 'Dramascope';
  deck.company = 'Dramascope';
  deck.theme = { headFontFace: FONT.latin, bodyFontFace: FONT.latin };
  const titled = { color: INK, bold: true, margin: 0, fit: 'shrink' as const, align: 'left' as const };
  deck.defineSlideMaster({
    title: MASTER,
    background: { color: 'FFFFFF' },
    objects: [
      {
        placeholder: {
          options: { name: 'title', type: 'title', ...PLACES.title, fontSize: TYPE.title, valign: 'top', ...titled },
          text: '',
        },
      },
    ],
  });
  deck.defineSlideMaster({
    title: OPENING,
    background: { color: 'FFFFFF' },
    objects: [
      {
        placeholder: {
          options: {
            ...{ name: 'title', type: 'title', x: MARGIN, y: 2.2, w: ROOM, h: 1.6, fontSize: 40, valign: 'bottom' },
            ...titled,
          },
          text: '',
        },
      },
    ],
  });
  for (const slide of slides) {
    if ('figure' in slide) addFigure(deck, slide);
    else if ('rows' in slide) addTable(deck, slide);
    else addOpening(deck, slide);
  }
  const file = await deck.write({ outputType: 'uint8array' });
  if (!(file instanceof Uint8Array)) throw new Error('the deck was not written as bytes');
  return mended(file, slides);
}

function addOpening(deck: pptxgen, { title, subtitle, source, language }: TitleSlide): void {
  const slide = deck.addSlide({ masterName: OPENING });
  slide.addText(clean(title), { placeholder: 'title', objectName: SHAPE.title, lang: tagOf(language) });
  const style = { margin: 0, lang: tagOf(language), fontFace: FONT.latin };
  slide.addText(clean(subtitle), {
    ...{ x: MARGIN, y: 4, w: ROOM, h: 0.6, fontSize: 20, color: SOFT, objectName: SHAPE.subtitle, ...style },
  });
  slide.addText(clean(source), {
    ...{ ...PLACES.source, w: ROOM, fontSize: TYPE.small, color: FAINT, objectName: SHAPE.source, ...style },
  });
}

function addFigure(deck: pptxgen, one: FigureSlide): void {
  const slide = addFramed(deck, one, (framed) => {
    addBody(framed, one);
    if (one.note === '') return;
    framed.addText(clean(one.note), {
      ...{ ...PLACES.note, fontSize: TYPE.small, color: SOFT, fit: 'shrink', objectName: SHAPE.note },
      ...styleOf(one.language),
    });
  });
  slide.addNotes(clean([one.definition, one.note, one.source, chartName(one)].filter((text) => text).join('\n\n')));
}

function addTable(deck: pptxgen, one: TableSlide): void {
  const cell = (text: string, at: number, head: boolean): pptxgen.TableCell => ({
    text: clean(text),
    options: { bold: head || at === 1, color: head ? SOFT : INK, align: at === 0 ? 'left' : 'right' },
  });
  const rows = [one.header, ...one.rows].map((row, line) => row.map((text, at) => cell(text, at, line === 0)));
  const options: pptxgen.TableProps = {
    ...{
      x: MARGIN,
      y: PLACES.chart.y,
      w: ROOM,
      fontSize: 20,
      rowH: 0.62,
      valign: 'middle',
      fontFace: FONT.latin,
      margin: [0.06, 0.1, 0.06, 0.1],
    },
    border: { type: 'solid', pt: 0.75, color: GRID },
  };
  addFramed(deck, one, (slide) => slide.addTable(rows, options));
}

const styleOf = (language: Language) => ({
  ...{ margin: 0, lang: tagOf(language), fontFace: FONT.latin },
  valign: 'top' as const,
});

/** Title and subtitle, what `body` adds, and the source: in the order in which they are read. */
function addFramed(deck: pptxgen, one: FigureSlide | TableSlide, body: (slide: pptxgen.Slide) => void): pptxgen.Slide {
  const { language } = one;
  const slide = deck.addSlide({ masterName: MASTER });
  const style = styleOf(language);
  slide.addText(clean(one.title), { placeholder: 'title', objectName: SHAPE.title, lang: tagOf(language) });
  slide.addText(clean(one.subtitle), {
    ...{ ...PLACES.subtitle, fontSize: TYPE.subtitle, color: SOFT, objectName: SHAPE.subtitle, ...style },
  });
  body(slide);
  slide.addText(clean(one.source), {
    ...{ ...PLACES.source, fontSize: TYPE.small, color: FAINT, fit: 'shrink', objectName: SHAPE.source, ...style },
  });
  if (one.synthetic) {
    slide.addText(syntheticWord(language), {
      ...{
        ...PLACES.synthetic,
        fontSize: TYPE.small,
        color: INK,
        bold: true,
        align: 'right',
        objectName: SHAPE.synthetic,
        ...style,
      },
    });
  }
  return slide;
}

function addBody(slide: pptxgen.Slide, one: FigureSlide): void {
  const named = { objectName: chartName(one), altText: clean(`${one.title}. ${one.subtitle} (${chartName(one)})`) };
  if (one.native !== null) {
    const { native } = one;
    const shown = withoutEmpty(native);
    slide.addChart(TYPES[shown.kind], dataOf(shown), {
      ...PLACES.chart,
      ...optionsOf(shown, one.language),
      ...named,
    });
    return;
  }
  if (one.picture === null) throw new Error(`${one.figure} has neither a chart nor a picture.`);
  const png = `data:image/png;base64,${Buffer.from(one.picture.png).toString('base64')}`;
  slide.addImage({ data: png, ...PLACES.chart, ...named });
}

const TYPES = { lines: 'line', columns: 'bar', areas: 'area', bars: 'bar' } as const;

function dataOf({ series, categories }: NativeChart): { name: string; labels: string[]; values: number[] }[] {
  const labels = categories.map(clean);
  // Its types know no gaps; what is written is an empty cell.
  return series.map(({ name, values }) => ({ name: clean(name), labels, values: gapped(values) }));
}

const gapped = (values: readonly (number | null)[]): number[] => values.map((value) => value ?? Number.NaN);

const colourOf = ({ hue, hidden }: NativeSeries): string =>
  hidden === true ? 'FFFFFF' : plain(hueColour(LIGHT_LOOK, hue));

/** More names than this do not stand beside each other under an axis. */
const FEW = 13;

function optionsOf(chart: NativeChart, language: Language): pptxgen.IChartOpts {
  const { kind, categories, series, value, log, labelled } = chart;
  const numbers = series.flatMap(({ values }) => values).filter((one): one is number => one !== null);
  const format = numberFormat(value, numbers, language);
  const text = { fontFace: FONT.latin, color: SOFT, fontSize: TYPE.small };
  const horizontal = kind === 'bars';
  const alone = series.length === 1;
  const positive = numbers.filter((one) => one > 0);
  return {
    lang: tagOf(language),
    chartColors: alone
      ? (series[0]?.hues ?? [series[0]?.hue ?? 0]).map((hue) => plain(hueColour(LIGHT_LOOK, hue)))
      : series.map(colourOf),
    invertedColors: (series[0]?.hues ?? []).map((hue) => plain(hueColour(LIGHT_LOOK, hue))),
    ...(kind === 'lines' ? { lineSize: 2.25, lineDataSymbol: 'none' as const } : {}),
    ...(kind === 'columns'
      ? { barDir: 'col' as const, barGrouping: alone ? 'clustered' : 'stacked', barGapWidthPct: 45 }
      : {}),
    ...(horizontal ? { barDir: 'bar' as const, barGrouping: 'clustered', barGapWidthPct: 45 } : {}),
    ...(kind === 'areas' ? { barGrouping: 'stacked', valAxisMaxVal: 1 } : {}),
    displayBlanksAs: 'gap',
    showLegend: series.filter(({ hidden }) => hidden !== true).length > 1,
    legendPos: 't',
    legendFontFace: text.fontFace,
    legendFontSize: text.fontSize,
    legendColor: text.color,
    showValue: labelled === true,
    dataLabelFormatCode: format,
    dataLabelFontSize: TYPE.small,
    dataLabelFontFace: FONT.latin,
    dataLabelColor: INK,
    ...(horizontal || (kind === 'columns' && alone) ? { dataLabelPosition: 'outEnd' as const } : {}),
    ...(categories.length > FEW ? { catAxisLabelFrequency: String(Math.ceil(categories.length / FEW)) } : {}),
    catAxisLabelFontFace: text.fontFace,
    catAxisLabelFontSize: text.fontSize,
    catAxisLabelColor: text.color,
    catAxisLabelPos: chart.reversed === true ? 'high' : 'low',
    catAxisLineColor: plain(LIGHT_LOOK.axis),
    catGridLine: { style: 'none' },
    ...(chart.along === undefined
      ? {}
      : {
          showCatAxisTitle: true,
          catAxisTitle: chart.along,
          catAxisTitleFontSize: TYPE.small,
          catAxisTitleColor: SOFT,
        }),
    valAxisLabelFormatCode: axisFormat(value, numbers, language, log === true),
    valAxisLabelFontFace: text.fontFace,
    valAxisLabelFontSize: text.fontSize,
    valAxisLabelColor: text.color,
    valAxisLineShow: false,
    valAxisHidden: horizontal,
    valGridLine: horizontal ? { style: 'none' } : { color: GRID, size: 0.75 },
    // Else PowerPoint begins where the least value is, and a share of a whole looks like nothing.
    ...(log !== true && chart.reversed !== true && positive.length > 0 && numbers.every((one) => one >= 0)
      ? { valAxisMinVal: 0 }
      : {}),
    ...(chart.reversed === true ? { valAxisMinVal: 1 } : {}),
    ...(log === true && positive.length > 0
      ? { valAxisLogScaleBase: 10, valAxisMinVal: 10 ** Math.floor(Math.log10(Math.min(...positive))) }
      : {}),
  };
}

const tagOf = (language: Language): string => (language === 'zh' ? 'zh-CN' : 'en-US');

/** Letters that no XML may hold. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is left out
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/gu;
export const clean = (text: string): string => text.replaceAll(FORBIDDEN, '');
