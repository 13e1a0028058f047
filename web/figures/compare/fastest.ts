import type { ClubAnswer } from '../../../server/contract/analyses.ts';
import { days, hours, type NumberLanguage, toNumber } from '../../i18n/numbers.ts';
import type { ClubRow } from '../club/club.ts';

export interface FastestOf {
  /** Equals are all there, the larger first. */
  rows: readonly ClubRow[];
  time: string;
}

/**
 * Who of some needed least time to the club's threshold, by the rule of the club's own `fastest`: in hours only if all that
 * crossed are known to the hour. Null if no time is known.
 */
export function fastestAmong(
  rows: readonly ClubRow[],
  unit: NonNullable<ClubAnswer['fastest']>['unit'],
  language: NumberLanguage,
): FastestOf | null {
  const timeOf = (row: ClubRow): number | null => (unit === 'hours' ? row.hours_to : row.days_to);
  const times = rows.flatMap((row) => timeOf(row) ?? []);
  if (times.length === 0) return null;
  const least = Math.min(...times);
  const size = (row: ClubRow): number => toNumber(row.cumulative_views) ?? 0;
  return {
    rows: rows.filter((row) => timeOf(row) === least).toSorted((a, b) => size(b) - size(a)),
    time: unit === 'hours' ? hours(least, language) : days(least, language),
  };
}
