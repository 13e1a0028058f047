import { DARK_LOOK, LIGHT_LOOK, pictureLook, STAGE_LOOK } from '../../web/charts/look.ts';
import type { NativeChart } from '../../web/charts/native/native.ts';
import type { PictureSize } from '../../web/export/sizes.ts';
import { type ChartSource, sourceParts, syntheticWord } from '../../web/export/source.ts';
import { optionSvg, pictureSvg } from '../../web/export/svg.ts';
import { FIGURES } from '../../web/figures/all.ts';
import { answersOf, metaOf } from '../../web/figures/answers.ts';
import { type AnyFigure, type FigureTable, type Told, tell } from '../../web/figures/figure.ts';
import { fixedScope } from '../../web/figures/fixed.ts';
import { sourceOf } from '../../web/figures/source.ts';
import type { Params } from '../../web/filters/grammar.ts';
import type { Meta } from '../contract/query.ts';
import type { AnsweredFigure } from './ask-figure.ts';
import type { FigureSlide } from './pptx/slides.ts';

export const LOOKS = { light: LIGHT_LOOK, dark: DARK_LOOK, stage: STAGE_LOOK } as const;
export type Theme = keyof typeof LOOKS;

/** How a picture is wanted. */
export interface PictureWanted {
  readonly size: PictureSize;
  readonly theme: Theme;
  readonly transparent: boolean;
  /** Instead of the figure's own; empty leaves it out. */
  readonly title?: string | undefined;
  readonly subtitle?: string | undefined;
  readonly note?: string | undefined;
  /** Without words and source, as a page has it that writes them itself; at least as high as on a page. */
  readonly bare?: boolean | undefined;
}

/** What a figure says at an address, in words and numbers. */
export interface FigureInWords {
  readonly title: string;
  readonly subtitle: string;
  readonly definition: string | null;
  readonly notes: readonly string[];
  readonly source: string;
  readonly meta: Meta | null;
  /** Null if there is nothing to draw. */
  readonly table: FigureTable | null;
  /** Why there is nothing to draw, and what to do about it. */
  readonly nothing: { readonly reason: string; readonly remedy: string } | null;
}

const BY_ID = new Map(FIGURES.map((figure) => [figure.id, figure]));
export const figureById = (id: string): AnyFigure | undefined => BY_ID.get(id);

interface Spoken {
  readonly told: Told<unknown>;
  readonly source: ChartSource;
  readonly meta: Meta | undefined;
  readonly svg: (wanted: PictureWanted) => string | null;
  readonly native: NativeChart | null;
  /** Without the words that stand beside it, for a place on a slide. */
  readonly bare: (width: number, height: number) => string | null;
}

/** Pure. @throws Error if the answers are not those that the figure asks for */
async function spoken({ id, address, language, catalog, about, answers }: AnsweredFigure): Promise<Spoken> {
  const known = figureById(id);
  if (known === undefined) throw new Error(`There is no figure ${id}.`);
  return known.take(async (figure) => {
    const scope = fixedScope(figure, address, catalog, language, about);
    if (scope === null) throw new Error('The dataset is empty.');
    const held = await answersOf(figure, scope, async (call, name) => call.endpoint.answer.parse(answers[name]));
    const told = tell(figure, scope, held);
    const source = sourceOf(scope, metaOf(held), told.cut);
    const { drawn } = told;
    return {
      told,
      source,
      meta: metaOf(held),
      native: drawn === undefined ? null : (figure.native?.(drawn.data, language) ?? null),
      bare: (width, height) =>
        drawn === undefined
          ? null
          : optionSvg(
              figure.draws(drawn.data, { look: pictureLook(LIGHT_LOOK), language, width, height, motion: false }),
              { width, height },
            ),
      svg: ({ size, theme, transparent, bare, ...words }) => {
        if (drawn === undefined) return null;
        const look = LOOKS[theme];
        const { width } = size;
        if (bare === true) {
          const height = Math.max(size.height, told.height ?? 0);
          return optionSvg(figure.draws(drawn.data, { look, language, width, height, motion: false }), {
            width,
            height,
          });
        }
        return pictureSvg({
          build: figure.draws,
          data: drawn.data,
          title: words.title ?? told.title,
          subtitle: words.subtitle ?? told.subtitle,
          note: words.note ?? told.notes.join(language === 'zh' ? '' : ' '),
          source,
          language,
          look,
          width,
          height: size.height,
          type: size.type,
          transparent,
        });
      },
    };
  });
}

/** The picture as an SVG document, or null if there is nothing to draw. */
export const figureSvg = async (answered: AnsweredFigure, wanted: PictureWanted): Promise<string | null> =>
  (await spoken(answered)).svg(wanted);

export async function figureInWords(answered: AnsweredFigure): Promise<FigureInWords> {
  const { told, source, meta } = await spoken(answered);
  const { title, subtitle, definition = null, notes, drawn, nothing = null } = told;
  const { language } = answered;
  const mark = source.synthetic ? [syntheticWord(language)] : [];
  return {
    title,
    subtitle,
    definition,
    notes,
    source: [...sourceParts(source, language), ...mark].join(' · '),
    meta: meta ?? null,
    table: drawn?.table ?? null,
    nothing,
  };
}

/** Pixels of a chart's place on a slide, 96 an inch. */
const PLACE = { width: 1184, height: 442 } as const;

/** The figure for a slide, or null if there is nothing to draw. @param png draws a picture of what has no chart */
export async function figureSlide(
  answered: AnsweredFigure,
  { title, subtitle, note }: Pick<PictureWanted, 'title' | 'subtitle' | 'note'>,
  png: (svg: string, width: number) => Promise<Uint8Array>,
): Promise<FigureSlide | null> {
  const { told, source, meta, native, bare } = await spoken(answered);
  const { language, id, address } = answered;
  const asPicture = native === null;
  const svg = asPicture ? bare(PLACE.width, PLACE.height) : null;
  if (told.drawn === undefined || (asPicture && svg === null)) return null;
  return {
    figure: id,
    address: addressText(address),
    language,
    version: meta?.version ?? '',
    title: title ?? told.title,
    subtitle: subtitle ?? told.subtitle,
    note: note ?? told.notes.join(language === 'zh' ? '' : ' '),
    definition: told.definition ?? null,
    source: sourceParts(source, language).join(' · '),
    synthetic: source.synthetic,
    native,
    picture: svg === null ? null : { svg, png: await png(svg, 2 * PLACE.width) },
  };
}

const addressText = (address: Params): string =>
  new URLSearchParams(
    Object.entries(address).filter((one): one is [string, string] => one[1] !== undefined),
  ).toString();
