import { z } from 'zod';
import type { GenresAnswer } from '../../../server/contract/analyses.ts';
import type { Language } from '../../i18n/i18n.ts';
import { percent, toNumber } from '../../i18n/numbers.ts';
import { memberName } from '../members.ts';
import { genresWords } from './words.ts';

export const SPLITS = ['primary_genre', 'format'] as const;
export type Split = (typeof SPLITS)[number];
export const splitParams = z.object({ by: z.enum(SPLITS).catch('primary_genre') });
export type SplitParams = z.output<typeof splitParams>;
export type GenreRow = GenresAnswer['rows'][number];

const COLOURED = 7;

/** From this share of a member's views on, its figures are those of one house or of one series. */
const RESTS_ON = 0.5;
/** Fewer series than this make no member. */
const A_FEW = 5;

/** What a reader must know of a member's opportunity index: few series, one house, one series; empty if nothing. */
export function restsOn(row: GenreRow, language: Language): string[] {
  const t = genresWords.say(language);
  if (row.active_series === 0) return [];
  const { top_producer: id, top_producer_label: label, top_producer_share: house, top_series_share: one } = row;
  const named = id !== null && !id.startsWith('(') ? memberName(id, label ?? undefined, language) : undefined;
  return [
    ...(row.active_series < A_FEW ? [t('rests_on_few', { count: row.active_series })] : []),
    ...((one ?? 0) >= RESTS_ON && row.active_series > 1 ? [t('rests_on_series', { share: percent(one, 0) })] : []),
    ...(named !== undefined && (house ?? 0) >= RESTS_ON
      ? [t('rests_on_producer', { share: percent(house, 0), name: named })]
      : []),
  ];
}

export const mostViewed = (rows: readonly GenreRow[]): string[] =>
  rows
    .filter((row) => !row.member.startsWith('('))
    .toSorted((a, b) => (toNumber(b.views) ?? 0) - (toNumber(a.views) ?? 0))
    .slice(0, COLOURED)
    .map((row) => row.member);

export const memberHeader = (split: Split, language: Language): string =>
  genresWords.say(language)(split === 'format' ? 'member_format' : 'member');
