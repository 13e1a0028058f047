import { z } from 'zod';
import type { ClubAnswer } from '../../../server/contract/analyses.ts';
import { compact } from '../../i18n/numbers.ts';
import { analysis, type Call } from '../calls.ts';
import type { FigureScope, Nothing } from '../figure.ts';
import { seeAll } from '../nothing.ts';
import { clubWords } from './words.ts';

export const THRESHOLDS = ['100000000', '500000000', '1000000000', '3000000000'] as const;
export const clubParams = z.object({ threshold: z.enum(THRESHOLDS).catch('1000000000') });
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

/** The member that needed least time: by hours where known, else by days. */
export function fastest(rows: readonly ClubRow[]): ClubRow | undefined {
  const hoursOf = (row: ClubRow): number =>
    row.hours_to ?? (row.days_to === null ? Number.POSITIVE_INFINITY : row.days_to * 24);
  return rows.filter((row) => Number.isFinite(hoursOf(row))).toSorted((a, b) => hoursOf(a) - hoursOf(b))[0];
}
