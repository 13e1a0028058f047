/** Figures as pictures: as a page draws them, where the title stands beside the picture, and as they leave it. */
import type { Catalog } from '../../server/contract/catalog.ts';
import { CHART_HEIGHT } from '../../web/charts/heights.ts';
import type { Look } from '../../web/charts/look.ts';
import type { PictureSize } from '../../web/export/sizes.ts';
import { sourceParts } from '../../web/export/source.ts';
import { optionSvg, pictureSvg } from '../../web/export/svg.ts';
import { metaOf } from '../../web/figures/answers.ts';
import { tell } from '../../web/figures/figure.ts';
import { sourceOf } from '../../web/figures/source.ts';
import type { Language } from '../../web/i18n/i18n.ts';
import { recorded } from './answers.ts';
import type { Sight } from './looks.ts';

export interface Drawn {
  readonly id: string;
  readonly language: Language;
  readonly title: string;
  readonly subtitle: string;
  readonly notes: readonly string[];
  readonly source: string;
  /** In a look and at a width; null if there is nothing to draw, which `notes` say then. */
  readonly svg: (look: Look, width: number, height?: number) => string | null;
  /** As a file, with its title and source. */
  readonly picture: (look: Look, size: PictureSize) => string | null;
}

export function drawn(sight: Sight, language: Language, catalog: Catalog): Promise<Drawn> {
  return sight.figure.take(async (figure) => {
    const { scope, answers } = await recorded(sight, figure, language, catalog);
    const { title, subtitle, notes, nothing, cut, drawn, height = CHART_HEIGHT } = tell(figure, scope, answers);
    const source = sourceOf(scope, metaOf(answers), cut);
    return {
      ...{ id: sight.id, language, title, subtitle },
      notes: nothing === undefined ? notes : [nothing.reason, nothing.remedy],
      source: sourceParts(source, language).join(' · '),
      svg: (look: Look, width: number, given = height) =>
        drawn === undefined
          ? null
          : optionSvg(figure.draws(drawn.data, { look, language, width, height: given, motion: false }), {
              width,
              height: given,
            }),
      picture: (look: Look, size: PictureSize) =>
        drawn === undefined
          ? null
          : pictureSvg({
              ...{ build: figure.draws, data: drawn.data, title, subtitle, source, language, look },
              ...{ width: size.width, height: size.height, type: size.type },
              note: notes.join(language === 'zh' ? '' : ' '),
            }),
    };
  });
}
