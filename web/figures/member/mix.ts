import type { Answer } from '../../../server/contract/query.ts';
import { heightForRows } from '../../charts/heights.ts';
import { type BarsData, horizontalBars } from '../../charts/horizontalBars.ts';
import { memberHue } from '../../charts/look.ts';
import { nativeBars } from '../../charts/native/bars.ts';
import { markOf } from '../../filters/marks.ts';
import { dimensionLabel, measureTerm } from '../../filters/scope.ts';
import { percent, range as rangeText } from '../../i18n/numbers.ts';
import { query } from '../calls.ts';
import { figure } from '../figure.ts';
import { memberName, numberCell, textCell } from '../members.ts';
import { noRows } from '../nothing.ts';
import { around, type MemberDimension, type MemberScope, memberParams, nameOf, wholeOf, within } from './member.ts';
import { memberWords } from './words.ts';

type Mix = {
  own: Answer;
  all: Answer;
};

const SHOWN = 10;
const heightOf = (rows: number): number => heightForRows(rows, { row: 32 });

interface Part {
  id: string;
  name: string;
  views: number | null;
  share: number;
  reference: number | null;
}

/** The member's parts, the largest first, each with its share of all; an answer without rows of one has none of it. */
function partsOf({ own, all }: Mix, part: string, { language }: MemberScope): Part[] {
  const whole = new Map(all.rows.map((row) => [textCell(row[part]), numberCell(row.share_of_views)]));
  return own.rows
    .map((row) => {
      const id = textCell(row[part]);
      return {
        id,
        name: memberName(id, textCell(row[`${part}_label`]), language),
        views: numberCell(row.views),
        share: numberCell(row.share_of_views) ?? 0,
        reference: whole.get(id) ?? null,
      };
    })
    .filter(({ share }) => share > 0)
    .sort((a, b) => b.share - a.share);
}

/** What a member's views are made of, each part read against its share of all. */
const mixFigure = (dimension: MemberDimension, page: string, part: 'primary_genre' | 'format') =>
  figure({
    id: `${page}.mix`,
    params: memberParams,
    heads: (scope) => {
      const t = memberWords.say(scope.language);
      return {
        title: t(`mix_${part}`, { name: nameOf(scope, dimension) }),
        subtitle: t('mix_subtitle', {
          range: rangeText(scope.range.from, scope.range.to, scope.language),
          whole: wholeOf(scope, dimension),
        }),
        definition: t('mix_definition', { part: dimensionLabel(scope, part) }),
        height: heightOf(part === 'format' ? 3 : SHOWN),
      };
    },
    asks: (scope) => {
      const asked = { measures: ['views' as const, 'share_of_views' as const], dimensions: [part] };
      return {
        own: query(within(scope, dimension, [scope.params.id]), asked),
        all: query(around(scope, dimension), asked),
      };
    },
    says: (mix: Mix, scope) => {
      const parts = partsOf(mix, part, scope);
      const [first] = parts.filter(({ id }) => !id.startsWith('('));
      if (parts.length === 0) return noRows(scope);
      const t = memberWords.say(scope.language);
      const whole = wholeOf(scope, dimension);
      const data: BarsData = {
        bars: parts.slice(0, SHOWN).map(({ id, name, share, reference }) => ({
          id,
          name,
          value: share,
          mark: markOf(part, id, name),
          reference: reference ?? 0,
          hue: part === 'format' ? memberHue('format', id, []) : 0,
        })),
        kind: 'fraction',
        measure: measureTerm(scope, 'share_of_views').label,
        against: whole,
      };
      const name = nameOf(scope, dimension);
      return {
        title:
          first === undefined
            ? t(`mix_${part}`, { name })
            : t('mix_lead', {
                name,
                part: first.name,
                share: percent(first.share, 0),
                all: percent(first.reference ?? 0, 0),
                whole,
              }),
        data,
        table: {
          columns: [
            { id: 'part', header: dimensionLabel(scope, part), kind: 'text' },
            { id: 'views', header: measureTerm(scope, 'views').label, kind: 'count' },
            { id: 'share', header: measureTerm(scope, 'share_of_views').label, kind: 'fraction' },
            { id: 'all', header: whole, kind: 'fraction' },
          ],
          rows: parts.map((one) => [one.name, one.views, one.share, one.reference]),
          marks: parts.map(({ id, name }) => markOf(part, id, name)),
        },
        height: heightOf(data.bars.length),
        notes: parts.length > SHOWN ? [t('mix_more', { count: parts.length - SHOWN })] : [],
      };
    },
    draws: horizontalBars,
    native: nativeBars,
  });

export const producerMix = mixFigure('producer', 'producer', 'primary_genre');
export const genreMix = mixFigure('primary_genre', 'genre', 'format');
