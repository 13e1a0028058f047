import type { GrowthAnswer } from '../../server/contract/analyses.ts';
import type { DimensionId } from '../../server/contract/query.ts';
import { UNKNOWN_MEMBER } from '../../server/contract/query.ts';
import { isLogarithmic, type LinesData } from '../charts/linesOverTime.ts';
import { memberHue } from '../charts/look.ts';
import { markOf } from '../filters/marks.ts';
import { lastDrawnDay } from '../filters/ranges.ts';
import type { Scope } from '../filters/scope.ts';
import { type IndexBases, indexBases, type TrendWindow, trendWindow } from '../filters/trend.ts';
import { inPeriod, type PeriodGrain, period, toNumber } from '../i18n/numbers.ts';
import { type AnalysisGiven, analysis, type Call } from './calls.ts';
import type { Said } from './figure.ts';
import { knownOf, memberName } from './members.ts';
import { figureWords } from './words.ts';

export interface IndexWindow extends IndexBases {
  trend: TrendWindow;
}

/** The months (or weeks, or what was chosen) of the range, of one month the year that leads to it, and which of them may be a base. */
export function indexWindow(scope: Scope): IndexWindow {
  const { since, asOf, grain } = scope;
  const trend = trendWindow(scope, 1);
  const chosen = grain === null ? null : trend.grain;
  return { trend, ...indexBases(trend.range.from, lastDrawnDay(asOf, trend.range.to), since, chosen) };
}

/** `GET /growth` over that window. */
export function indexCall(scope: Scope, given: AnalysisGiven<'growth'>): Call<GrowthAnswer> {
  const { trend, grain, starts } = indexWindow(scope);
  return analysis(scope, 'growth', {
    grain,
    // A first period that is cut would be no part of the line.
    from: grain === 'month' ? trend.range.from : (starts[0] ?? trend.range.from),
    to: trend.range.to,
    ...given,
  });
}

/**
 * Index lines from `GET /growth`, those of few and of the chosen in colour; undefined if no member has an index.
 * @param until last day that is drawn
 */
export function indexLines(
  { rows: all, missing_base: missing }: GrowthAnswer,
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
  const rows = knownOf(
    all.filter(({ member }) => !missing.includes(member)),
    ({ member }) => member,
  );
  const periods = [...new Set(all.map((row) => row.period))].sort();
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
      pace: paceOf(mine.at(-1), periods.at(-1)),
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

/** The index of a cut period at its pace; null if it has none. */
function paceOf(last: GrowthAnswer['rows'][number] | undefined, end: string | undefined): number | null {
  if (last === undefined || last.period !== end || last.pace === null || last.index === null) return null;
  const value = toNumber(last.value) ?? 0;
  return value === 0 ? null : (last.index / value) * last.pace;
}

/** The first whole period in which all members have a value; null if there is none before the last. */
export function commonBase({ rows }: GrowthAnswer): string | null {
  const members = new Set(rows.map(({ member }) => member));
  const having = new Map<string, number>();
  for (const { period, partial, value } of rows)
    if (!partial && (toNumber(value) ?? 0) > 0) having.set(period, (having.get(period) ?? 0) + 1);
  // From the last one on every line would be its 100.
  const last = [...having.keys()].toSorted().at(-1);
  return (
    [...having]
      .filter(([period, count]) => count === members.size && period !== last)
      .map(([period]) => period)
      .toSorted()[0] ?? null
  );
}

/** The base by name, and why it is that one. */
export function baseTexts(
  { base, missing_base: missing }: GrowthAnswer,
  chosen: string | undefined,
  scope: Scope,
): { base: string; why: string } {
  const { grain, starts } = indexWindow(scope);
  const t = figureWords.say(scope.language);
  const rule = base === starts[0] ? 'first' : missing.some((id) => id !== UNKNOWN_MEMBER) ? 'most' : 'all';
  return {
    base: period(base, grain, scope.language),
    why: chosen === undefined ? t(`base_${rule}_${grain}`) : t('base_chosen'),
  };
}

/** Who has no line since the base has too little of it, and the base that has all. */
export function missingNote(
  growth: GrowthAnswer,
  grain: PeriodGrain,
  { language }: Scope,
): Pick<Said<LinesData>, 'notes' | 'mend'> {
  const { missing_base: missing, base, rows } = growth;
  const t = figureWords.say(language);
  const names = missing
    .filter((id) => id !== UNKNOWN_MEMBER)
    .flatMap((id) => {
      const row = rows.find(({ member }) => member === id);
      return row === undefined ? [] : [memberName(id, row.member_label, language)];
    });
  if (names.length === 0) return {};
  const common = commonBase(growth);
  return {
    notes: [
      t('missing_base', { names: names.join(language === 'zh' ? '、' : ', '), base: inPeriod(base, grain, language) }),
    ],
    ...(common === null || common === base
      ? {}
      : { mend: { label: t('move_base', { base: period(common, grain, language) }), change: { base: common } } }),
  };
}

/** `subtitle`, and that its scale is logarithmic if it is. */
export const scaleNamed = (subtitle: string, data: LinesData, { language }: Scope): string =>
  isLogarithmic(data) ? `${subtitle}${figureWords.say(language)('logarithmic')}` : subtitle;

/** A period's start as it stands in a table: a month without its day. */
export const periodCell = (period: string, grain: LinesData['grain']): string =>
  grain === 'month' ? period.slice(0, 7) : period;
