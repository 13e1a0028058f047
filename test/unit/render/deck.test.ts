import JSZip from 'jszip';
import { SaxesParser } from 'saxes';
import { beforeAll, describe, expect, it } from 'vitest';
import { LANGUAGES, recorded, recordedCatalog } from '../../../scripts/figures/answers.ts';
import { SIGHTS } from '../../../scripts/figures/looks.ts';
import { deckOf } from '../../../server/render/pptx/deck.ts';
import { axisFormat, numberFormat } from '../../../server/render/pptx/formats.ts';
import { DECK_NAMESPACE, hashOf } from '../../../server/render/pptx/mend.ts';
import { chartName, type FigureSlide, type Slide } from '../../../server/render/pptx/slides.ts';
import { nativeLines } from '../../../web/charts/native/lines.ts';
import type { NativeChart } from '../../../web/charts/native/native.ts';
import { tell } from '../../../web/figures/figure.ts';
import type { Language } from '../../../web/i18n/i18n.ts';
import { readXlsx } from '../../api/xlsx.ts';

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

async function slidesIn(language: Language): Promise<FigureSlide[]> {
  const catalog = recordedCatalog();
  const slides: FigureSlide[] = [];
  for (const sight of SIGHTS)
    await sight.figure.take(async (figure) => {
      const { scope, answers } = await recorded(sight, figure, language, catalog);
      const { drawn, title, subtitle, notes } = tell(figure, scope, answers);
      if (drawn === undefined) return;
      const native = figure.native?.(drawn.data, language) ?? null;
      const address = Object.entries(sight.address).filter((one): one is [string, string] => one[1] !== undefined);
      slides.push({
        ...{ figure: figure.id, address: new URLSearchParams(address).toString(), language, version: '7' },
        ...{ title, subtitle, note: notes.join(' '), definition: 'What it is.', source: 'Source', synthetic: true },
        ...{ native, picture: native === null ? { svg: '<svg/>', png: PIXEL } : null },
      });
    });
  return slides;
}

interface Opened {
  readonly language: Language;
  readonly slides: readonly FigureSlide[];
  readonly zip: JSZip;
  readonly texts: ReadonlyMap<string, string>;
}

async function opened(slides: readonly Slide[]): Promise<{ zip: JSZip; texts: Map<string, string> }> {
  const zip = await JSZip.loadAsync(await deckOf(slides, 'Deck'));
  const texts = new Map<string, string>();
  for (const file of zip.file(/\.(xml|rels)$/u)) texts.set(file.name, await file.async('text'));
  return { zip, texts };
}

const decks: Opened[] = [];
beforeAll(async () => {
  for (const language of LANGUAGES) {
    const slides = await slidesIn(language);
    decks.push({ language, slides, ...(await opened(slides)) });
  }
}, 60_000);

const all = <T>(look: (deck: Opened) => readonly T[]): T[] => decks.flatMap(look);
const part = ({ texts }: Pick<Opened, 'texts'>, name: string): string => {
  const text = texts.get(name);
  if (text === undefined) throw new Error(`There is no ${name}.`);
  return text;
};
const found = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, one = '']) => one);

/** Where a relationship leads, from the root. */
function targetOf(rels: string, target: string): string {
  const base = rels.replace('_rels/', '').split('/').slice(0, -1);
  if (target.startsWith('/')) return target.slice(1);
  const steps = [...base];
  for (const step of target.split('/')) step === '..' ? steps.pop() : steps.push(step);
  return steps.join('/');
}

/** Which chart is on which slide, by the slide's own relationships. */
function chartsOf(deck: Opened): { slide: FigureSlide; chart: string; name: string; native: NativeChart }[] {
  return deck.slides.flatMap((slide, at) => {
    if (slide.native === null) return [];
    const rels = `ppt/slides/_rels/slide${at + 1}.xml.rels`;
    const [target = ''] = found(part(deck, rels), /Target="([^"]*charts\/[^"]*)"/gu);
    const name = targetOf(rels, target);
    return [{ slide, chart: part(deck, name), name, native: slide.native }];
  });
}

describe('a deck of every figure, in both languages', () => {
  it('is well-formed XML in each part', () => {
    for (const { texts } of decks)
      for (const [name, text] of texts) expect(() => new SaxesParser().write(text).close(), name).not.toThrow();
  });

  it('has every part that a relationship or a content type names, and a type for every part', () => {
    const missing = all((deck) => {
      const parts = Object.values(deck.zip.files).flatMap(({ dir, name }) => (dir ? [] : [name]));
      const targets = [...deck.texts].flatMap(([name, text]) =>
        name.endsWith('.rels')
          ? [...text.matchAll(/<Relationship [^>]*>/gu)]
              .map(([tag]) => tag)
              .filter((tag) => !tag.includes('TargetMode="External"'))
              .map((tag) => targetOf(name, /Target="([^"]*)"/u.exec(tag)?.[1] ?? ''))
          : [],
      );
      const types = part(deck, '[Content_Types].xml');
      const overridden = found(types, /PartName="\/([^"]*)"/gu);
      const extensions = found(types, /Extension="([^"]*)"/gu);
      return [
        ...[...targets, ...overridden].filter((name) => !parts.includes(name)),
        ...parts.filter(
          (name) =>
            name !== '[Content_Types].xml' &&
            !overridden.includes(name) &&
            !extensions.includes(name.split('.').at(-1) ?? ''),
        ),
      ];
    });
    expect(missing).toEqual([]);
  });

  it('declares every axis that a chart refers to, and refers to each', () => {
    for (const { slide, chart } of all(chartsOf)) {
      const declared = found(chart, /<c:(?:cat|val|ser|date)Ax>\s*<c:axId val="(\d+)"/gu).toSorted();
      const plots = chart.replace(/<c:(cat|val|ser|date)Ax>.*?<\/c:\1Ax>/gsu, '');
      expect([slide.figure, [...new Set(found(plots, /<c:axId val="(\d+)"/gu))].toSorted()]).toEqual([
        slide.figure,
        declared,
      ]);
    }
  });

  it('holds the figure’s names and numbers in the workbook, where each reference points, and the same in its cache', async () => {
    for (const deck of decks)
      for (const { slide, chart, name, native } of chartsOf(deck)) {
        const rels = name.replace('charts/', 'charts/_rels/').concat('.rels');
        const [target = ''] = found(part(deck, rels), /Target="([^"]*\.xlsx)"/gu);
        const file = deck.zip.file(targetOf(rels, target));
        const { rows, formulas } = readXlsx(Buffer.from((await file?.async('uint8array')) ?? []));
        const series = native.series.filter(({ values }) => values.some((value) => value !== null));
        expect(formulas).toBe(0);
        expect([slide.figure, rows.slice(1).map((row) => row[0])]).toEqual([slide.figure, native.categories]);
        expect(rows[0]?.slice(1)).toEqual(series.map((one) => one.name));
        series.forEach((one, at) => {
          const column = rows.slice(1).map((row) => row[at + 1] ?? null);
          expect([slide.figure, one.name, column]).toEqual([slide.figure, one.name, [...one.values]]);
        });
        const drawn = chart.match(/<c:ser>.*?<\/c:ser>/gsu) ?? [];
        expect(drawn).toHaveLength(series.length);
        drawn.forEach((text, at) => {
          const letter = String.fromCodePoint(66 + at);
          const last = native.categories.length + 1;
          expect(found(text, /<c:f>([^<]*)<\/c:f>/gu)).toEqual([
            `Sheet1!$${letter}$1`,
            `Sheet1!$A$2:$A$${last}`,
            `Sheet1!$${letter}$2:$${letter}$${last}`,
          ]);
          const cache = /<c:numCache>.*?<\/c:numCache>/su.exec(text)?.[0] ?? '';
          const kept = [...cache.matchAll(/<c:pt idx="(\d+)"><c:v>([^<]*)<\/c:v>/gu)].map(([, index, value]) => [
            Number(index),
            Number(value),
          ]);
          const wanted = (series[at]?.values ?? []).flatMap((value, index) => (value === null ? [] : [[index, value]]));
          expect([slide.figure, kept]).toEqual([slide.figure, wanted]);
        });
      }
  });

  it('names each of our texts, so that a refresh finds it', () => {
    for (const deck of decks)
      deck.slides.forEach((slide, at) => {
        const xml = part(deck, `ppt/slides/slide${at + 1}.xml`);
        const [title = ''] = (xml.match(/<p:sp>.*?<\/p:sp>/gsu) ?? []).filter((shape) => /type="title"/u.test(shape));
        expect([slide.figure, title.includes('name="ds title"')]).toEqual([slide.figure, true]);
        const written = found(part(deck, 'customXml/item1.xml'), /<text shape="([^"]*)"/gu);
        for (const name of new Set(written)) if (name !== 'ds note') expect(xml).toContain(`name="${name}"`);
      });
  });

  it('is read from the title to the source, with the chart between them', () => {
    for (const deck of decks)
      deck.slides.forEach((_, at) => {
        const names = found(part(deck, `ppt/slides/slide${at + 1}.xml`), /<p:cNvPr id="\d+" name="([^"]+)"/gu);
        const order = names.map((name) => name.split(' ')[1]).filter((word) => word !== 'note');
        expect(order).toEqual(['title', 'subtitle', 'figure', 'source', 'synthetic']);
      });
  });

  it('numbers every shape of a slide once, tables too', async () => {
    const table = {
      ...{ title: 'Market', subtitle: 'October', header: ['', 'Now'], rows: [['Views', '1B']], source: 'Source' },
      ...{ synthetic: true, language: 'en' as const },
    };
    const slide = part(await opened([table]), 'ppt/slides/slide1.xml');
    const ids = found(slide, /<p:cNvPr id="(\d+)"/gu);
    expect(ids.length).toBeGreaterThan(4);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('shows nothing of what only lifts a step: neither colour, value nor name', () => {
    const lifted = all(chartsOf).filter(({ native }) => native.series.some(({ hidden }) => hidden === true));
    expect(lifted.length).toBeGreaterThan(0);
    for (const { chart, native } of lifted) {
      const at = native.series.findIndex(({ hidden }) => hidden === true);
      const base = (chart.match(/<c:ser>.*?<\/c:ser>/gsu) ?? [])[at] ?? '';
      expect(base).toContain('<c:spPr><a:noFill/>');
      expect(base).toContain('<c:dLbls><c:delete val="1"/></c:dLbls>');
      expect(chart).toContain(`<c:legendEntry><c:idx val="${at}"/><c:delete val="1"/></c:legendEntry>`);
    }
  });

  it('has the first place at the top, falls in another colour, and values from zero', () => {
    const of = (figure: string) => all(chartsOf).filter(({ slide }) => slide.figure === figure);
    const values = (chart: string): string => /<c:valAx>.*?<\/c:valAx>/su.exec(chart)?.[0] ?? '';
    for (const { chart } of of('series.ranks')) expect(values(chart)).toContain('<c:orientation val="maxMin"/>');
    for (const { chart } of of('formats.mix')) expect(values(chart)).toContain('<c:min val="0"/>');
    for (const { chart, native } of of('growth.movers')) {
      const points = chart.match(/<c:dPt>.*?<\/c:dPt>/gsu) ?? [];
      expect(points.map((point) => /accent\d/u.exec(point)?.[0])).toEqual(
        native.series[0]?.values.map((value) => ((value ?? 0) < 0 ? 'accent2' : 'accent1')),
      );
    }
  });

  it('says of a period that the data cut that it is', () => {
    for (const { language, slides } of decks) {
      const cut = slides.filter(({ figure, address }) => figure === 'growth.index' && address.includes('2025-10-18'));
      expect(cut).toHaveLength(1);
      for (const { native } of cut) {
        expect(native?.categories.at(-1)).toBe(language === 'zh' ? '2025/10（按日均推算）' : 'Oct 2025 (at pace)');
      }
    }
  });

  it('names figure and address in the shape and its alt text, and what was written in a part of its own', () => {
    for (const deck of decks) {
      const own = part(deck, 'customXml/item1.xml');
      expect(own).toContain(`xmlns="${DECK_NAMESPACE}"`);
      deck.slides.forEach((slide, at) => {
        const xml = part(deck, `ppt/slides/slide${at + 1}.xml`).replaceAll('&amp;', '&');
        expect(xml).toContain(`name="${chartName(slide)}"`);
        expect(xml).toContain(`(${chartName(slide)})"`);
        expect(xml).toContain('type="title"');
        expect(own).toContain(`sha256="${hashOf(slide.title)}"`);
        expect(part(deck, `ppt/notesSlides/notesSlide${at + 1}.xml`)).toContain('What it is.');
      });
      expect(part(deck, 'ppt/_rels/presentation.xml.rels')).toContain('customXml/item1.xml');
    }
  });

  it('writes no text below 12 points, and names a Chinese font wherever it names a Latin one', () => {
    for (const { chart } of all(chartsOf)) {
      expect(chart.match(/<a:latin [^>]*\/>(?!<a:ea )/u)).toBeNull();
      for (const size of found(chart, /\bsz="(\d+)"/gu)) expect(Number(size)).toBeGreaterThanOrEqual(1200);
    }
    for (const deck of decks)
      for (let at = 1; at <= deck.slides.length; at++)
        for (const size of found(part(deck, `ppt/slides/slide${at}.xml`), /\bsz="(\d+)"/gu))
          expect(Number(size)).toBeGreaterThanOrEqual(1200);
  });

  it('has the names under an axis in one level, so that some can be left out, and no folder is a part', () => {
    for (const { chart } of all(chartsOf)) expect(chart).not.toContain('multiLvl');
    for (const { zip } of decks) expect(Object.values(zip.files).filter(({ dir }) => dir)).toEqual([]);
  });

  it('takes any text of the data as text', async () => {
    const [first] = decks[0]?.slides ?? [];
    if (first === undefined) throw new Error('no slides');
    const evil = '<a:t>&"\u0000\u0008\uffff =1+1';
    const native: NativeChart = {
      ...{ kind: 'bars', categories: [evil, '=cmd'], value: 'count' },
      series: [{ name: evil, hue: 0, values: [1, null] }],
    };
    const { texts } = await opened([{ ...first, title: evil, subtitle: evil, note: evil, native, picture: null }]);
    for (const [name, text] of texts) expect(() => new SaxesParser().write(text).close(), name).not.toThrow();
  });
});

it('lets no line fall because the data cut its last period', () => {
  const chart = nativeLines(
    {
      ...{ periods: ['2025-08-01', '2025-09-01', '2025-10-01'], grain: 'month', kind: 'count', measure: 'Views' },
      lines: [{ id: 'a', name: 'A', hue: 0, values: [310, 300, 180] }],
      partial: { periods: ['2025-10-01'], asOf: '2025-10-18', adds: true },
    },
    'en',
  );
  // 180 views in 18 of 31 days.
  expect(chart?.series[0]?.values).toEqual([310, 300, 310]);
  expect(chart?.categories.at(-1)).toBe('Oct 2025 (at pace)');
});

describe('formats of numbers', () => {
  it.each([
    ['count', [2.1e9], 'zh', '0\\.00,,"亿"'],
    ['count', [53_000], 'zh', '0\\.0,"万"'],
    ['count', [900], 'zh', '#,##0'],
    ['count', [-2.1e9, 3], 'en', '0.00,,,"B"'],
    ['count', [5.3e6], 'en', '0.0,,"M"'],
    ['fraction', [0.4], 'en', '0.0%'],
  ] as const)('of %s up to %j in %s keep the cell a number', (kind, values, language, format) => {
    expect(numberFormat(kind, values, language)).toBe(format);
  });

  it('of axes are whole', () => {
    expect(axisFormat('count', [4e10], 'zh', false)).toBe('[=0]0;0,,,"0亿"');
    expect(axisFormat('count', [4e10], 'en', false)).toBe('0,,,"B"');
    // PowerPoint's steps of 500 million would else all be rounded to billions.
    expect(axisFormat('count', [3.5e9], 'zh', false)).toBe('0\\.00,,"亿"');
    expect(axisFormat('count', [4.5e9], 'en', false)).toBe('0.0,,,"B"');
    expect(axisFormat('fraction', [0.4], 'zh', false)).toBe('0%');
  });
});
