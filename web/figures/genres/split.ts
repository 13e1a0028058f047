import { z } from 'zod';
import type { GenresAnswer } from '../../../server/contract/analyses.ts';
import type { Language } from '../../i18n/i18n.ts';
import { toNumber } from '../../i18n/numbers.ts';
import { genresWords } from './words.ts';

export const SPLITS = ['primary_genre', 'format'] as const;
export type Split = (typeof SPLITS)[number];
export const splitParams = z.object({ by: z.enum(SPLITS).catch('primary_genre') });
export type SplitParams = z.output<typeof splitParams>;
export type GenreRow = GenresAnswer['rows'][number];

const COLOURED = 7;

export const mostViewed = (rows: readonly GenreRow[]): string[] =>
  rows
    .filter((row) => !row.member.startsWith('('))
    .toSorted((a, b) => (toNumber(b.views) ?? 0) - (toNumber(a.views) ?? 0))
    .slice(0, COLOURED)
    .map((row) => row.member);

export const memberHeader = (split: Split, language: Language): string =>
  genresWords.say(language)(split === 'format' ? 'member_format' : 'member');
