import { DARK_LOOK, LIGHT_LOOK, STAGE_LOOK } from '../../web/charts/look.ts';
import type { PictureSize } from '../../web/export/sizes.ts';
import { type ChartSource, sourceParts, syntheticWord } from '../../web/export/source.ts';
import { pictureSvg } from '../../web/export/svg.ts';
import { FIGURES } from '../../web/figures/all.ts';
import { answersOf, metaOf } from '../../web/figures/answers.ts';
import { type AnyFigure, type FigureTable, type Told, tell } from '../../web/figures/figure.ts';
import { fixedScope } from '../../web/figures/fixed.ts';
import { sourceOf } from '../../web/figures/source.ts';
import type { Meta } from '../contract/query.ts';
import type { AnsweredFigure } from './ask-figure.ts';

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
      svg: (wanted) =>
        drawn === undefined
          ? null
          : pictureSvg({
              build: figure.draws,
              data: drawn.data,
              title: wanted.title ?? told.title,
              subtitle: wanted.subtitle ?? told.subtitle,
              note: wanted.note ?? told.notes.join(language === 'zh' ? '' : ' '),
              source,
              language,
              look: LOOKS[wanted.theme],
              width: wanted.size.width,
              height: wanted.size.height,
              type: wanted.size.type,
              transparent: wanted.transparent,
            }),
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
