import { z } from 'zod';
import type { MoversAnswer } from '../../../server/contract/analyses.ts';
import { divergingBars, type Mover, type MoversData } from '../../charts/divergingBars.ts';
import { heightForRows } from '../../charts/heights.ts';
import { nativeMovers } from '../../charts/native/bars.ts';
import { markOf } from '../../filters/marks.ts';
import { measureTerm, type Scope } from '../../filters/scope.ts';
import { compact, grown, type NumberLanguage, points, range as rangeText } from '../../i18n/numbers.ts';
import { commonWords } from '../../i18n/words.ts';
import { analysis } from '../calls.ts';
import { figure, type Nothing } from '../figure.ts';
import { withinSentence } from '../members.ts';
import { largestMoves, type MoverRow } from '../movers.ts';
import { noRows, notCompared } from '../nothing.ts';
import { overviewWords } from './words.ts';

const EACH_SIDE = 5;
const params = z.object({});
const heightOf = (rows: number): number => Math.max(160, heightForRows(rows, { row: 32, foot: 0 }));

function subtitleOf({ range, compared, language }: Scope): string {
  const now = rangeText(range.from, range.to, language);
  return compared === null
    ? now
    : overviewWords.say(language)('movers_subtitle', {
        range: now,
        compared: rangeText(compared.from, compared.to, language),
      });
}

const moversBy = (by: 'primary_genre' | 'producer', id: string, title: 'genre_movers' | 'producer_movers') =>
  figure<typeof params, { movers?: MoversAnswer }, MoversData>({
    id,
    params,
    heads: (scope) => ({
      title: overviewWords.say(scope.language)(title),
      subtitle: subtitleOf(scope),
      definition: measureTerm(scope, 'views').definition,
      height: heightOf(0),
    }),
    asks: (scope) => (scope.compared === null ? {} : { movers: analysis(scope, 'movers', { by }) }),
    says: ({ movers }, scope) => {
      if (movers === undefined) return notCompared(scope);
      const { moved } = largestMoves(movers.rows, EACH_SIDE);
      if (moved.length === 0) return noRows(scope);
      const t = overviewWords.say(scope.language);
      const [only, other] = movers.rows;
      if (only !== undefined && other === undefined) return alone(only, by, scope);
      return {
        data: {
          movers: moved.map(({ row, delta }) => ({
            ...mover(row, delta, scope.language),
            mark: markOf(by, row.member, row.member_label),
          })),
          kind: 'count',
          measure: measureTerm(scope, 'views').label,
        },
        table: {
          columns: [
            { id: 'member', header: t('member'), kind: 'text' },
            { id: 'value', header: t('now'), kind: 'count' },
            { id: 'previous', header: t('before'), kind: 'count' },
            { id: 'growth', header: t('growth'), kind: 'fraction' },
            { id: 'contribution', header: t('contribution'), kind: 'points' },
          ],
          rows: movers.rows.map((row) => [row.member_label, row.value, row.previous, row.growth, row.contribution_pp]),
          marks: movers.rows.map((row) => markOf(by, row.member, row.member_label)),
        },
        height: heightOf(moved.length),
      };
    },
    draws: divergingBars,
    native: nativeMovers,
  });

export const genreMovers = moversBy('primary_genre', 'overview.genre_movers', 'genre_movers');
export const producerMovers = moversBy('producer', 'overview.producer_movers', 'producer_movers');

/** One bar would compare nothing. */
function alone(row: MoverRow, by: 'primary_genre' | 'producer', scope: Scope): Nothing {
  const { language } = scope;
  const t = overviewWords.say(language);
  const values = {
    name: language === 'en' && by === 'primary_genre' ? withinSentence(row.member_label) : row.member_label,
    now: compact(row.value, language),
    before: compact(row.previous, language),
    growth: row.growth === null ? reasonOf(row, language) : grown(row.growth, language),
  };
  return { nothing: t(`alone_${by}`, values), remedy: t('alone_text', values), height: heightOf(0) };
}

function mover(row: MoverRow, delta: number, language: NumberLanguage): Mover {
  const t = overviewWords.say(language);
  const growth = row.growth === null ? reasonOf(row, language) : grown(row.growth, language);
  return {
    id: row.member,
    name: row.member_label,
    delta,
    note: growth,
    facts: [
      { name: t('now'), value: compact(row.value, language, 1) },
      { name: t('before'), value: compact(row.previous, language, 1) },
      { name: t('growth'), value: growth },
      { name: t('contribution'), value: points(row.contribution_pp, language) },
    ],
  };
}

const reasonOf = (row: MoverRow, language: NumberLanguage): string =>
  row.growth_reason === null ? '' : commonWords.say(language)(`reason_${row.growth_reason}`);
