import type { ClubAnswer } from '../../../server/contract/analyses.ts';
import type { Answer } from '../../../server/contract/query.ts';
import type { CurvesData } from '../../charts/cumulativeCurves.ts';
import type { Partial } from '../../charts/frame.ts';
import type { BarsData } from '../../charts/horizontalBars.ts';
import { memberHue } from '../../charts/look.ts';
import { numberCell, textCell } from '../../charts/members.ts';
import type { ColumnsData } from '../../charts/stackedColumns.ts';
import { addMonths, monthStart } from '../../filters/ranges.ts';
import { compact, type NumberLanguage } from '../../i18n/numbers.ts';

export type ClubRow = ClubAnswer['rows'][number];
/** Producers with a colour of their own; the rest are grey. */
const COLOURED = 5;
/** Members drawn in colour in the race. */
const NAMED = 7;

/** Producers with members, most first, without those that no file names. */
export const knownProducers = (answer: ClubAnswer | undefined): ClubAnswer['by_producer'] =>
  (answer?.by_producer ?? []).filter(({ producer }) => producer !== '(unknown)');

/** Producers by how many members they have over the whole log: the order in which colours are given. */
export function producersByCount(all: ClubAnswer | undefined, window: ClubAnswer | undefined): string[] {
  const ids = [...(window?.by_producer ?? []), ...(all?.by_producer ?? [])]
    .filter(({ producer }) => producer !== '(unknown)')
    .map(({ producer }) => producer);
  return [...new Set(ids)].slice(0, COLOURED);
}

export function producerBars(answer: ClubAnswer, chosen: readonly string[], measure: string): BarsData | undefined {
  if (answer.by_producer.length === 0) return undefined;
  const bars = answer.by_producer.slice(0, 12).map((one, at) => ({
    id: one.producer,
    name: one.producer_label,
    value: one.count,
    share: one.share,
    rank: answer.by_producer.findIndex((other) => other.count === one.count) + 1 || at + 1,
    hue: memberHue('producer', one.producer, chosen),
  }));
  return { bars, kind: 'count', measure };
}

/** Months from the first to the last day of the log. */
function monthsBetween(from: string, to: string): string[] {
  const months: string[] = [];
  for (let month = monthStart(from); month <= to; month = addMonths(month, 1)) months.push(month);
  return months;
}

/** Crossings per month over the whole log, one part a producer, the unchosen in one grey part. */
export function crossingsPerMonth(
  all: ClubAnswer,
  span: { from: string; to: string },
  chosen: readonly string[],
  words: { others: string; measure: string },
  partial: Partial,
): ColumnsData | undefined {
  const months = monthsBetween(span.from, span.to);
  const dated = all.rows.filter((row) => row.crossed_at !== null);
  if (dated.length === 0) return undefined;
  const count = (mine: (row: ClubRow) => boolean): number[] =>
    months.map((month) => dated.filter((row) => mine(row) && row.crossed_at?.slice(0, 7) === month.slice(0, 7)).length);
  const parts = chosen.flatMap((id) => {
    const label = all.by_producer.find((one) => one.producer === id)?.producer_label;
    if (label === undefined) return [];
    return [
      {
        id,
        name: label,
        hue: memberHue('producer', id, chosen),
        values: count((row) => row.producer === id),
      },
    ];
  });
  const rest = count((row) => !chosen.includes(row.producer));
  // Data may name a producer “(others)”, too, and ids of a chart must differ.
  const others = { id: '(others) of the chart', name: words.others, hue: 'grey' as const, values: rest };
  if (rest.some((value) => value > 0)) parts.push(others);
  return { periods: months, grain: 'month', parts, kind: 'count', partial, measure: words.measure };
}

/**
 * Cumulative curves from `views` by series × day since release (0 = release day). A day without views carries the sum
 * on. The series that passed fastest are in colour, the others grey.
 */
export function raceCurves(
  answer: Answer,
  members: readonly ClubRow[],
  language: NumberLanguage,
  threshold: number,
  measure: string,
): CurvesData | undefined {
  const daily = new Map<string, Map<number, number>>();
  for (const row of answer.rows) {
    const day = numberCell(row.day_since_release);
    const views = numberCell(row.views);
    if (day === null || views === null || day < 0) continue;
    const id = textCell(row.series);
    const days = daily.get(id) ?? new Map<number, number>();
    days.set(day, views);
    daily.set(id, days);
  }
  const sorted = members
    .filter((row) => daily.has(row.series))
    .toSorted((a, b) => (a.days_to ?? 1e9) - (b.days_to ?? 1e9));
  const named = sorted.slice(0, NAMED).map((row) => row.series);
  const curves = sorted.map((row) => {
    const days = daily.get(row.series) ?? new Map<number, number>();
    const last = Math.max(...days.keys());
    let sum = 0;
    const values = Array.from({ length: last + 1 }, (_, day) => {
      sum += days.get(day) ?? 0;
      return sum;
    });
    const at = named.indexOf(row.series);
    return {
      id: row.series,
      name: row.series_label,
      hue: at < 0 ? ('grey' as const) : at,
      values,
      context: at < 0,
    };
  });
  if (curves.length === 0) return undefined;
  return { curves, kind: 'count', threshold: { value: threshold, name: compact(threshold, language) }, measure };
}

/** The member that needed least time: by hours where known, else by days. */
export function fastest(rows: readonly ClubRow[]): ClubRow | undefined {
  const hoursOf = (row: ClubRow): number =>
    row.hours_to ?? (row.days_to === null ? Number.POSITIVE_INFINITY : row.days_to * 24);
  return rows.filter((row) => Number.isFinite(hoursOf(row))).toSorted((a, b) => hoursOf(a) - hoursOf(b))[0];
}
