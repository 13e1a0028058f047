import type { GrowthAnswer } from '../../server/contract/analyses.ts';
import type { DimensionId } from '../../server/contract/query.ts';
import type { LinesData } from '../charts/linesOverTime.ts';
import { memberHue } from '../charts/look.ts';
import { markOf } from '../filters/marks.ts';
import type { Scope } from '../filters/scope.ts';
import { type IndexBases, indexBases, type TrendWindow, trendWindow } from '../filters/trend.ts';
import { type AnalysisGiven, analysis, type Call } from './calls.ts';
import { memberName } from './members.ts';

export interface IndexWindow extends IndexBases {
  trend: TrendWindow;
}

/** The months (or weeks) that lead to the range, and which of them may be a base. */
export function indexWindow({ range, since }: Scope): IndexWindow {
  const trend = trendWindow(range, since);
  return { trend, ...indexBases(trend.range.from, trend.range.to, since) };
}

/** `GET /growth` over that window. */
export function indexCall(scope: Scope, given: AnalysisGiven<'growth'>): Call<GrowthAnswer> {
  const { trend, grain, starts } = indexWindow(scope);
  return analysis(scope, 'growth', {
    grain,
    from: grain === 'week' ? (starts[0] ?? trend.range.from) : trend.range.from,
    to: trend.range.to,
    ...given,
  });
}

/**
 * Index lines from `GET /growth`, those of few and of the chosen in colour; undefined if no member has an index.
 * @param until last day that is drawn
 */
export function indexLines(
  { rows }: GrowthAnswer,
  {
    by,
    chosen,
    until,
    measure,
    grain,
  }: {
    by: DimensionId | 'none';
    chosen: readonly string[];
    until: string;
    measure: string;
    grain: LinesData['grain'];
  },
  { language }: Scope,
): LinesData | undefined {
  const periods = [...new Set(rows.map((row) => row.period))].sort();
  const members = [...new Set(rows.map((row) => row.member))];
  const lines = members.map((member) => {
    const mine = rows.filter((row) => row.member === member);
    const byPeriod = new Map(mine.map((row) => [row.period, row.index]));
    const name = memberName(member, mine[0]?.member_label, language);
    return {
      id: member,
      name,
      mark: by === 'none' ? undefined : markOf(by, member, name),
      hue: members.length === 1 ? 0 : memberHue(by, member, chosen),
      values: periods.map((period) => byPeriod.get(period) ?? null),
      context: members.length > 7 && !chosen.includes(member),
    };
  });
  if (lines.every((line) => line.values.every((value) => value === null))) return undefined;
  const partial = [...new Set(rows.filter((row) => row.partial).map((row) => row.period))];
  return {
    periods,
    grain,
    lines,
    kind: 'index',
    partial: { periods: partial, asOf: until },
    baseline: { value: 100, name: '100' },
    measure,
  };
}

/** A period's start as it stands in a table: a month without its day. */
export const periodCell = (period: string, grain: LinesData['grain']): string =>
  grain === 'month' ? period.slice(0, 7) : period;
