import { z } from 'zod';
import type { ClubAnswer } from '../../../server/contract/analyses.ts';
import { parseAmount } from '../../filters/amounts.ts';
import type { Language } from '../../i18n/i18n.ts';
import { compact, days, hours } from '../../i18n/numbers.ts';
import { analysis, type Call } from '../calls.ts';
import type { FigureScope, Nothing } from '../figure.ts';
import { seeAll } from '../nothing.ts';
import { clubWords } from './words.ts';

export const THRESHOLDS = ['100000000', '500000000', '1000000000', '3000000000'] as const;
/** Any count that can be read, as digits. */
export const clubParams = z.object({
  threshold: z
    .string()
    .transform((text) => parseAmount(text))
    .pipe(z.number())
    .transform(String)
    .catch('1000000000'),
});
export type ClubScope = FigureScope<z.output<typeof clubParams>>;
export type ClubRow = ClubAnswer['rows'][number];

/** Producers with a colour of their own; the rest are grey. */
const COLOURED = 5;

export const thresholdOf = ({ params }: ClubScope): number => Number(params.threshold);

export const clubCall = (scope: ClubScope): Call<ClubAnswer> =>
  analysis(scope, 'club', { threshold: thresholdOf(scope) });

/** Who crossed ever since the data begin. */
export const everCall = (scope: ClubScope): Call<ClubAnswer> =>
  analysis(scope, 'club', { threshold: thresholdOf(scope), from: scope.since, to: scope.asOf });

export const amountOf = (scope: ClubScope): string => compact(thresholdOf(scope), scope.language);

export function nobodyCrossed(scope: ClubScope): Nothing {
  const t = clubWords.say(scope.language);
  return { nothing: t('empty_title', { threshold: amountOf(scope) }), remedy: t('empty_text'), mend: seeAll(scope) };
}

/** Producers with members, most first, without those that no file names. */
export const knownProducers = (answer: ClubAnswer | undefined): ClubAnswer['by_producer'] =>
  (answer?.by_producer ?? []).filter(({ producer }) => producer !== '(unknown)');

/** Producers in the order in which colours are given: by members within the range, then ever. */
export const producersByCount = (ever: ClubAnswer | undefined, within: ClubAnswer | undefined): string[] =>
  [...new Set([...knownProducers(within), ...knownProducers(ever)].map(({ producer }) => producer))].slice(0, COLOURED);

/** All who needed least time, as one name each, and the time in words; null if no release is known. */
export function fastestOf(
  { fastest, rows }: ClubAnswer,
  language: Language,
): { names: string[]; members: ClubRow[]; time: string; unit: 'hours' | 'days' } | null {
  if (fastest === null) return null;
  const members = fastest.series.flatMap((id) => rows.find((row) => row.series === id) ?? []);
  const { unit, value } = fastest;
  const time = unit === 'hours' ? hours(value, language) : days(value, language);
  return { names: members.map(({ series_label }) => series_label), members, time, unit };
}
