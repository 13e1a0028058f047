import { createHash } from 'node:crypto';
import JSZip from 'jszip';
import { LIGHT_LOOK } from '../../../web/charts/look.ts';
import type { NativeChart } from '../../../web/charts/native/native.ts';
import { chartName, type FigureSlide, SHAPE, type Slide, withoutEmpty } from './slides.ts';

/** The East Asian one is on every Windows; Macs and Linux take their own in its place. */
export const FONT = { latin: 'Inter', chinese: 'Microsoft YaHei' } as const;

/** Namespace of the part that says what we wrote (docs/decks.md). */
export const DECK_NAMESPACE = 'urn:dramascope:deck:1';
const PART = 'customXml/item1.xml';

/** The file without the library's faults, with our theme, and with what a refresh needs to know. */
export async function mended(file: Uint8Array, slides: readonly Slide[]): Promise<Uint8Array> {
  const zip = await JSZip.loadAsync(file);
  const charts = slides.flatMap((slide) =>
    'figure' in slide && slide.native !== null ? [withoutEmpty(slide.native)] : [],
  );
  for (const [at, name] of chartNames(zip).entries()) {
    const chart = charts[at];
    if (chart !== undefined) await mendChart(zip, name, chart);
  }
  await edit(zip, /^ppt\/theme\/theme\d+\.xml$/u, themeXml);
  await edit(zip, /^ppt\/slides\/slide\d+\.xml$/u, (xml) => withOwnIds(withTitleNamed(xml)));
  await edit(zip, /^ppt\/(slides|slideLayouts|slideMasters)\/[^/]+\.xml$/u, withChineseFont);
  zip.file(PART, deckXml(slides));
  zip.file('customXml/itemProps1.xml', ITEM);
  zip.file('customXml/_rels/item1.xml.rels', relations([['rId1', 'customXmlProps', 'itemProps1.xml']]));
  await edit(zip, /^ppt\/_rels\/presentation\.xml\.rels$/u, (xml) =>
    xml.replace('</Relationships>', `${relation('rIdDramascope', 'customXml', `../${PART}`)}</Relationships>`),
  );
  await listNotesMaster(zip);
  await edit(zip, /^\[Content_Types\]\.xml$/u, (xml) => contentTypes(xml, zip));
  // Whatever is written into a folder makes an entry of the folder, too, which has no content type.
  for (const name of Object.keys(zip.files)) if (zip.files[name]?.dir === true) delete zip.files[name];
  return zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE' });
}

/** The notes' master is there, and the presentation does not say so. */
async function listNotesMaster(zip: JSZip): Promise<void> {
  const rels = (await zip.file('ppt/_rels/presentation.xml.rels')?.async('text')) ?? '';
  const id = /Id="([^"]+)" Type="[^"]*\/notesMaster"/u.exec(rels)?.[1];
  if (id === undefined) return;
  const list = `<p:notesMasterIdLst><p:notesMasterId r:id="${id}"/></p:notesMasterIdLst>`;
  await edit(zip, /^ppt\/presentation\.xml$/u, (xml) =>
    xml.includes('<p:notesMasterIdLst>') ? xml : xml.replace('</p:sldMasterIdLst>', `</p:sldMasterIdLst>${list}`),
  );
}

/** The library gives a placeholder a name of its own. */
const withTitleNamed = (xml: string): string =>
  xml.replace(
    /(<p:sp><p:nvSpPr><p:cNvPr id="\d+" name=")[^"]*("(?:(?!<\/p:nvSpPr>).)*?<p:ph\s[^>]*type="title")/su,
    `$1${SHAPE.title}$2`,
  );

/** The library gives a table the number of another shape. */
const withOwnIds = (xml: string): string => {
  let id = 0;
  return xml.replaceAll(/(<p:cNvPr id=")\d+(?=")/gu, (_, before: string) => `${before}${++id}`);
};

async function edit(zip: JSZip, name: RegExp, change: (xml: string) => string): Promise<void> {
  for (const file of zip.file(name)) zip.file(file.name, change(await file.async('text')));
}

/** In the order of the slides: the library counts on through all decks of a process. */
const chartNames = (zip: JSZip): string[] =>
  zip
    .file(/^ppt\/charts\/chart\d+\.xml$/u)
    .map(({ name }) => name)
    .toSorted((a, b) => numberIn(a) - numberIn(b));
const numberIn = (name: string): number => Number(/(\d+)\.xml$/u.exec(name)?.[1]);

/** The chart and its workbook, with their zeros and their gaps: the library writes nothing for either. */
async function mendChart(zip: JSZip, name: string, { series, reversed }: NativeChart): Promise<void> {
  await edit(zip, exactly(name), (xml) => {
    let at = -1;
    return unseen(placed(chartXml(xml), reversed === true), series).replaceAll(
      /<c:numCache>.*?<\/c:numCache>/gsu,
      (cache) => {
        at += 1;
        const points = (series[at]?.values ?? []).flatMap((value, index) =>
          value === null ? [] : [`<c:pt idx="${index}"><c:v>${value}</c:v></c:pt>`],
        );
        return cache.replace(
          /(<c:ptCount val="\d+"\/>).*(?=<\/c:numCache>)/su,
          (_, count: string) => count + points.join(''),
        );
      },
    );
  });
  const rels = await zip.file(name.replace('charts/', 'charts/_rels/').concat('.rels'))?.async('text');
  const book = `ppt/embeddings/${/embeddings\/([^"]*\.xlsx)"/u.exec(rels ?? '')?.[1] ?? ''}`;
  const inside = await JSZip.loadAsync((await zip.file(book)?.async('uint8array')) ?? new Uint8Array());
  await edit(inside, exactly('xl/worksheets/sheet1.xml'), (xml) =>
    xml.replaceAll(/<c r="([A-Z]+)(\d+)"><v>[^<]*<\/v><\/c>/gu, (_, letters: string, row: string) => {
      const value = series[columnOf(letters) - 1]?.values[Number(row) - 2] ?? null;
      return value === null ? '' : `<c r="${letters}${row}"><v>${value}</v></c>`;
    }),
  );
  zip.file(book, await inside.generateAsync({ type: 'uint8array', compression: 'DEFLATE' }));
}

/** What only lifts others has neither colour nor label, nor a name in the legend. */
function unseen(xml: string, series: NativeChart['series']): string {
  let at = -1;
  const drawn = xml.replaceAll(/<c:ser>.*?<\/c:ser>/gsu, (text) => {
    at += 1;
    if (series[at]?.hidden !== true) return text;
    return text
      .replace(/<c:spPr>.*?<\/c:spPr>/su, '<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>')
      .replace(/<c:dLbls>.*?<\/c:dLbls>/su, '<c:dLbls><c:delete val="1"/></c:dLbls>');
  });
  const entries = series.flatMap(({ hidden }, place) =>
    hidden === true ? [`<c:legendEntry><c:idx val="${place}"/><c:delete val="1"/></c:legendEntry>`] : [],
  );
  return drawn.replace(/<c:legendPos val="\w+"\/>/u, (tag) => tag + entries.join(''));
}

const exactly = (name: string): RegExp => new RegExp(`^${name.replaceAll('.', '\\.')}$`, 'u');

/** `A` is 0, `AA` 26. */
const columnOf = (letters: string): number =>
  [...letters].reduce((all, letter) => all * 26 + letter.charCodeAt(0) - 64, 0) - 1;

/** Accents of the theme, by the colour that the library writes; a house that changes its theme changes the charts. */
const ACCENTS = new Map(LIGHT_LOOK.categorical.slice(0, 6).map((hex, at) => [bare(hex), `accent${at + 1}`]));

function bare(hex: string): string {
  return hex.replace('#', '').toUpperCase();
}

/** An axis that no axis declares, which PowerPoint would repair; the Chinese font; colours of the theme. */
function chartXml(xml: string): string {
  const declared = new Set(
    [...xml.matchAll(/<c:(?:cat|val|ser|date)Ax>\s*<c:axId val="(\d+)"/gu)].map(([, id = '']) => id),
  );
  return (
    upright(xml)
      // Names of one level, written as of several: their axis could not leave any out.
      .replaceAll(/<(\/?)c:multiLvlStr(Ref|Cache)>/gu, '<$1c:str$2>')
      .replaceAll(/<\/?c:lvl>/gu, '')
      .replace('<c:roundedCorners val="1"/>', '<c:roundedCorners val="0"/>')
      .replaceAll(/<c:axId val="(\d+)"\/>/gu, (tag, id: string) => (declared.has(id) ? tag : ''))
      .replaceAll(
        /<a:latin typeface="[^"]*"[^>]*\/>(?!<a:ea)/gu,
        (latin) => `${latin}<a:ea typeface="${FONT.chinese}"/>`,
      )
      .replaceAll(/<a:srgbClr val="([0-9A-F]{6})"\s*\/>/gu, (tag, hex: string) => schemed(hex) ?? tag)
      .replaceAll(/<a:srgbClr val="([0-9A-F]{6})">(.*?)<\/a:srgbClr>/gu, (tag, hex: string, inner: string) =>
        ACCENTS.has(hex) ? `<a:schemeClr val="${ACCENTS.get(hex) ?? ''}">${inner}</a:schemeClr>` : tag,
      )
  );
}

/** Names of horizontal bars from the top down, as they are read. */
const upright = (xml: string): string =>
  xml.includes('<c:barDir val="bar"/>')
    ? xml.replace(/(<c:catAx>.*?<c:orientation val=")minMax(")/su, '$1maxMin$2')
    : xml;

/** The first place at the top. */
const placed = (xml: string, reversed: boolean): string =>
  reversed ? xml.replace(/(<c:valAx>.*?<c:orientation val=")minMax(")/su, '$1maxMin$2') : xml;

const schemed = (hex: string): string | undefined => {
  const accent = ACCENTS.get(hex);
  return accent === undefined ? undefined : `<a:schemeClr val="${accent}"/>`;
};

function themeXml(xml: string): string {
  let at = 0;
  return xml
    .replaceAll(/<a:accent\d>.*?<\/a:accent\d>/gu, (tag) => {
      const hex = LIGHT_LOOK.categorical[at];
      at += 1;
      return hex === undefined ? tag : `<a:accent${at}><a:srgbClr val="${bare(hex)}"/></a:accent${at}>`;
    })
    .replaceAll('<a:ea typeface=""/>', `<a:ea typeface="${FONT.chinese}"/>`)
    .replaceAll(/<a:clrScheme name="[^"]*"/gu, '<a:clrScheme name="Dramascope"')
    .replaceAll(/<a:fontScheme name="[^"]*"/gu, '<a:fontScheme name="Dramascope"');
}

const withChineseFont = (xml: string): string =>
  xml.replaceAll(/<a:ea typeface="[^"]*"/gu, `<a:ea typeface="${FONT.chinese}"`);

/** Parts that do not exist are not named. */
function contentTypes(xml: string, zip: JSZip): string {
  const real = xml.replaceAll(/<Override [^>]*PartName="([^"]+)"[^>]*\/>/gu, (tag, part: string) =>
    zip.file(part.slice(1)) === null ? '' : tag,
  );
  const own =
    '<Override PartName="/customXml/itemProps1.xml" ContentType="application/vnd.openxmlformats-officedocument.customXmlProperties+xml"/>';
  return real.replace('</Types>', `${own}</Types>`);
}

const TYPES = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const relation = (id: string, type: string, target: string): string =>
  `<Relationship Id="${id}" Type="${TYPES}/${type}" Target="${target}"/>`;
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const relations = (all: readonly [string, string, string][]): string =>
  `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all.map((one) => relation(...one)).join('')}</Relationships>`;
const ITEM = `${HEAD}<ds:datastoreItem ds:itemID="{6F1B2C0E-5D0A-4C55-9D5B-0A6D7C4B9E21}" xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"><ds:schemaRefs><ds:schemaRef ds:uri="${DECK_NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>`;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replaceAll(/[&<>"]/gu, (letter) => ESCAPES[letter] ?? letter);

export const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22);

function deckXml(slides: readonly Slide[]): string {
  const own = slides.flatMap((slide, at) => ('figure' in slide ? [slideXml(slide, at + 1)] : []));
  return `${HEAD}<deck xmlns="${DECK_NAMESPACE}">${own.join('')}</deck>`;
}

function slideXml(slide: FigureSlide, number: number): string {
  const texts = Object.entries({
    [SHAPE.title]: slide.title,
    [SHAPE.subtitle]: slide.subtitle,
    [SHAPE.note]: slide.note,
    [SHAPE.source]: slide.source,
  }).filter(([, text]) => text !== '');
  const hashes = texts.map(([shape, text]) => `<text shape="${shape}" sha256="${hashOf(text)}"/>`);
  return `<slide number="${number}" figure="${escaped(slide.figure)}" address="${escaped(slide.address)}" language="${slide.language}" version="${escaped(slide.version)}" chart="${escaped(chartName(slide))}">${hashes.join('')}</slide>`;
}
