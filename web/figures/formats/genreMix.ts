import { z } from 'zod';
import { ENOUGH_PEERS } from '../../../server/contract/analyses.ts';
import type { Answer, Row } from '../../../server/contract/query.ts';
import { rowsBeside } from '../../charts/heights.ts';
import { type BarsData, horizontalBars } from '../../charts/horizontalBars.ts';
import { memberHue } from '../../charts/look.ts';
import { nativeBars } from '../../charts/native/bars.ts';
import { chartWords } from '../../charts/words.ts';
import { type Mark, markOf, markOfAll } from '../../filters/marks.ts';
import { measureTerm } from '../../filters/scope.ts';
import { exact, grown, percent, range as rangeText } from '../../i18n/numbers.ts';
import { isAsked } from '../asked.ts';
import { query } from '../calls.ts';
import { type FigureScope, figure } from '../figure.ts';
import { memberName, numberCell, textCell, withinSentence } from '../members.ts';
import { noRows } from '../nothing.ts';
import { chosenRange } from './course.ts';
import { formatsWords } from './words.ts';

export const GENRE_COUNTS = ['views', 'series'] as const;
export const genreMixParams = z.object({ of: z.string().catch(''), count: z.enum(GENRE_COUNTS).catch('views') });
type MixScope = FigureScope<z.output<typeof genreMixParams>>;

const ROWS = 12;
/** Shown first if the reader picked none. */
const FIRST = 'comic';

export interface FormatChoice {
  id: string;
  name: string;
}

/** The formats that can be looked into, most viewed first, and the one that is. */
export function chosenFormat(
  formats: Answer,
  { params, language }: MixScope,
): { choices: FormatChoice[]; chosen: FormatChoice | undefined } {
  const choices = formats.rows
    .toSorted((a, b) => (numberCell(b.views) ?? 0) - (numberCell(a.views) ?? 0))
    .map((row) => {
      const id = textCell(row.format);
      return { id, name: memberName(id, textCell(row.format_label), language) };
    });
  const find = (wanted: string) => choices.find(({ id }) => id === wanted);
  return { choices, chosen: find(params.of) ?? find(FIRST) ?? choices[0] };
}

export const formatsGenreMix = figure<typeof genreMixParams, { formats: Answer; genres?: Answer }, BarsData>({
  id: 'formats.genre_mix',
  params: genreMixParams,
  heads: (scope) => {
    const t = formatsWords.say(scope.language);
    return {
      title: t('genre_title'),
      // As long as what comes, so that nothing moves.
      subtitle: t(`genre_subtitle_${scope.params.count}`, { format: t('format'), range: chosenRange(scope) }),
      definition: t('genre_definition'),
      height: rowsBeside(ROWS),
    };
  },
  asks: (scope, { formats }) => {
    const asked = { formats: query(scope, { measures: ['views'], dimensions: ['format'] }) };
    const chosen = formats === undefined ? undefined : chosenFormat(formats, scope).chosen;
    if (chosen === undefined) return asked;
    const compare = scope.comparison === 'none' ? {} : { compare: scope.comparison };
    const by = scope.params.count === 'views' ? 'views' : 'active_series';
    return {
      ...asked,
      genres: query(scope, {
        measures: ['views', 'share_of_views', 'active_series'],
        dimensions: ['genre'],
        filters: [{ dimension: 'format', op: 'in', values: [chosen.id] }],
        sort: [{ by, dir: 'desc' }],
        limit: ROWS,
        ...compare,
      }),
    };
  },
  says: ({ formats, genres }, scope) => {
    const { chosen } = chosenFormat(formats, scope);
    if (chosen === undefined || genres === undefined || genres.rows.length === 0) return noRows(scope);
    const { language, params } = scope;
    const t = formatsWords.say(language);
    const data = barsOf(genres, chosen, scope);
    const format = language === 'en' ? withinSentence(chosen.name) : chosen.name;
    const title = leader(genres, format, scope);
    return {
      ...(title === undefined ? {} : { title }),
      subtitle: t(`genre_subtitle_${params.count}`, { format: chosen.name, range: chosenRange(scope) }),
      data,
      table: {
        columns: [
          { id: 'genre', header: t('genre'), kind: 'text' },
          { id: 'views', header: measureTerm(scope, 'views').label, kind: 'count' },
          { id: 'share_of_views', header: measureTerm(scope, 'share_of_views').label, kind: 'fraction' },
          { id: 'active_series', header: measureTerm(scope, 'active_series').label, kind: 'count' },
        ],
        rows: genres.rows.map((row) => [
          memberName(textCell(row.genre), textCell(row.genre_label), language),
          numberCell(row.views),
          numberCell(row.share_of_views),
          numberCell(row.active_series),
        ]),
        marks: genres.rows.map((row) => markIn(row, chosen, language)),
      },
      height: rowsBeside(data.bars.length),
    };
  },
  draws: horizontalBars,
  native: nativeBars,
});

/** A genre within the format that is looked into. */
function markIn(row: Row, format: FormatChoice, language: MixScope['language']): Mark | undefined {
  const id = textCell(row.genre);
  const genre = markOf('genre', id, memberName(id, textCell(row.genre_label), language));
  return markOfAll(genre, markOf('format', format.id, format.name));
}

function barsOf(genres: Answer, chosen: FormatChoice, scope: MixScope): BarsData {
  const { id: format } = chosen;
  const { language, params, compared } = scope;
  const measure = params.count === 'views' ? 'views' : 'active_series';
  const against =
    compared === null ? '' : chartWords(language).against(rangeText(compared.from, compared.to, language));
  return {
    bars: genres.rows.map((row, at) => {
      const id = textCell(row.genre);
      const growth = numberCell(row[`${measure}__growth`]);
      return {
        id,
        name: memberName(id, textCell(row.genre_label), language),
        value: numberCell(row[measure]) ?? 0,
        hue: memberHue('format', id.startsWith('(') ? id : format, []),
        mark: markIn(row, chosen, language),
        rank: at + 1,
        ...(params.count === 'views' ? { share: numberCell(row.share_of_views) } : {}),
        ...(growth === null ? {} : { change: `${grown(growth, language)} ${against}` }),
      };
    }),
    kind: 'count',
    measure: measureTerm(scope, measure).label,
  };
}

/** Which known genre leads, if it has series enough to say so. */
function leader(genres: Answer, format: string, scope: MixScope): string | undefined {
  const { language, params } = scope;
  const first = genres.rows.find((row) => !textCell(row.genre).startsWith('('));
  const count = numberCell(first?.active_series) ?? 0;
  // What was asked for is no finding.
  const asked = isAsked(scope, textCell(first?.genre), 'genre', 'primary_genre');
  if (first === undefined || count < ENOUGH_PEERS || asked) return undefined;
  return formatsWords.say(language)(`genre_lead_${params.count}`, {
    format,
    genre: memberName(textCell(first.genre), textCell(first.genre_label), language),
    share: percent(numberCell(first.share_of_views)),
    count: exact(count),
  });
}
