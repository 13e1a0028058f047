import { type Day, type DimensionFilter, UNKNOWN_MEMBER } from '../../../contract/query.ts';
import { MAD_TO_SIGMA, weightedMedian } from '../../forecasting/robust.ts';
import { endOf } from '../../language/calendar.ts';
import { Labels } from '../../language/labels.ts';
import { type Candidate, getQuery, LEAST_SPREAD, MOST_SURPRISE, postQuery, surpriseOf } from './brief-finding.ts';
import { type BriefScope, backTo, MONTHS_BACK, rowsOf } from './brief-scope.ts';
import { monthName, multiple, percent, roundness } from './brief-words.ts';

interface Combination {
  readonly format: string;
  readonly platform: string;
  /** Views by month. */
  readonly months: ReadonlyMap<Day, number>;
}

/** A part of the month's views below which growth is a curiosity. */
const LEAST_SHARE = 0.005;
/** Growth that is worth a multiple: two thirds more, or as much less. */
const LEAST_RATIO = 5 / 3;

/** Growth of formats on platforms, and what it does to the mix of formats. Nothing for a month that is cut. */
export async function growthFindings(scope: BriefScope): Promise<Candidate[]> {
  if (!scope.whole || scope.earlier.length === 0) return [];
  const combinations = await viewsByMonth(scope);
  const formats = await Labels.of(scope.engine, 'format', []);
  const platforms = await Labels.of(
    scope.engine,
    'platform',
    combinations.map(({ platform }) => platform),
  );
  return [...combinationGrowth(scope, combinations, formats, platforms), ...formatShares(scope, combinations, formats)];
}

async function viewsByMonth(scope: BriefScope): Promise<Combination[]> {
  const rows = await rowsOf(scope, {
    measures: ['views'],
    dimensions: ['format', 'platform'],
    time: { from: backTo(scope, MONTHS_BACK), to: scope.to, grain: 'month' },
    include_partial: false,
  });
  const found = new Map<string, { format: string; platform: string; months: Map<Day, number> }>();
  for (const row of rows) {
    const [format, platform] = [String(row.format), String(row.platform)];
    const key = JSON.stringify([format, platform]);
    const own = found.get(key) ?? { format, platform, months: new Map<Day, number>() };
    own.months.set(String(row.period), Number(row.views ?? 0));
    found.set(key, own);
  }
  return [...found.values()].filter(({ format, platform }) => format !== UNKNOWN_MEMBER && platform !== UNKNOWN_MEMBER);
}

/**
 * Each combination's month against the one before it by 1 to 6 months: of these the one whose ratio is nearest to a
 * whole multiple, as that can be said in a sentence without a decimal. Told only where it grew (or fell) more than all
 * other views together; surprise: by how much more, against how the other combinations differ from each other.
 */
function combinationGrowth(
  scope: BriefScope,
  combinations: readonly Combination[],
  formats: Labels,
  platforms: Labels,
): Candidate[] {
  const back = scope.earlier.slice(0, MONTHS_BACK);
  const ratio = ({ months }: Combination, base: Day) => (months.get(scope.from) ?? 0) / (months.get(base) ?? 0);
  const restOf = (one: Combination, base: Day) => {
    const others = combinations.filter((other) => other !== one);
    return sumOf(others, scope.from) / sumOf(others, base);
  };
  const isTold = (one: Combination, base: Day) => {
    const [own, rest] = [ratio(one, base), restOf(one, base)];
    if (!Number.isFinite(own) || !Number.isFinite(rest) || own <= 0 || rest <= 0) return false;
    return own >= 1 ? own >= LEAST_RATIO && own > rest : own <= 1 / LEAST_RATIO && own < rest;
  };
  return combinations.flatMap((one): Candidate[] => {
    const views = one.months.get(scope.from) ?? 0;
    const size = views / scope.views;
    const [base] = back
      .filter((month) => isTold(one, month))
      .toSorted((a, b) => roundness(ratio(one, a)) - roundness(ratio(one, b)));
    if (base === undefined || !(size >= LEAST_SHARE)) return [];
    const value = ratio(one, base);
    const others = combinations.filter((other) => other !== one);
    const rest = restOf(one, base);
    const spread = spreadAround(
      rest,
      others.map((other) => ({ ratio: ratio(other, base), weight: other.months.get(base) ?? 0 })),
    );
    const filters: DimensionFilter[] = [
      { dimension: 'format', op: 'in', values: [one.format] },
      { dimension: 'platform', op: 'in', values: [one.platform] },
    ];
    const [format, platform] = [formats.of(one.format), platforms.of(one.platform)];
    const month = monthName(scope.from);
    const times = multiple(value, monthName(base, scope.from.slice(0, 4)));
    return [
      {
        id: `growth:${one.format}:${one.platform}:${base}`,
        kind: 'growth',
        subject: `format:${one.format}`,
        sentence: {
          en: `${format.en} views on ${platform.en} in ${month.en} were ${times.en}.`,
          zh: `${month.zh}，${platform.zh}上${format.zh}的播放量${times.zh}。`,
        },
        value,
        unit: 'ratio',
        query: getQuery(
          scope,
          'growth',
          { measure: 'views', grain: 'month', base, from: base, to: endOf('month', scope.from) },
          filters,
        ),
        size,
        surprise: Math.min(Math.abs(Math.log(value / rest)) / spread, MOST_SURPRISE),
      },
    ];
  });
}

const sumOf = (combinations: readonly Combination[], month: Day): number =>
  combinations.reduce((sum, { months }) => sum + (months.get(month) ?? 0), 0);

/** How far, on the log scale, the members' ratios lie from that of all: the weighted median distance · 1.4826. */
function spreadAround(all: number, members: readonly { ratio: number; weight: number }[]): number {
  const distances = members
    .filter(({ ratio }) => Number.isFinite(ratio) && ratio > 0)
    .map(({ ratio, weight }) => ({ value: Math.abs(Math.log(ratio / all)), weight }));
  const middle = distances.length === 0 ? 0 : weightedMedian(distances);
  return Math.max(MAD_TO_SIGMA * middle, LEAST_SPREAD);
}

/** The share of each format in the month's views, against the earliest of the months looked back to. */
function formatShares(scope: BriefScope, combinations: readonly Combination[], formats: Labels): Candidate[] {
  const base = scope.earlier[Math.min(MONTHS_BACK, scope.earlier.length) - 1];
  if (base === undefined) return [];
  const shares = (month: Day) => {
    const byFormat = new Map<string, number>();
    let total = 0;
    for (const { format, months } of combinations) {
      byFormat.set(format, (byFormat.get(format) ?? 0) + (months.get(month) ?? 0));
      total += months.get(month) ?? 0;
    }
    return (format: string) => (total === 0 ? 0 : (byFormat.get(format) ?? 0) / total);
  };
  const [now, then] = [shares(scope.from), shares(base)];
  return [...new Set(combinations.map(({ format }) => format))].flatMap((format): Candidate[] => {
    if (now(format) < LEAST_SHARE || then(format) <= 0) return [];
    const before = scope.earlier.slice(0, MONTHS_BACK).map((month) => shares(month)(format));
    const name = formats.of(format);
    const [month, baseMonth] = [monthName(scope.from), monthName(base, scope.from.slice(0, 4))];
    const rose = now(format) >= then(format);
    return [
      {
        id: `format_mix:${format}:${base}`,
        kind: 'format_mix',
        subject: `format:${format}`,
        sentence: {
          en: `${name.en} took ${percent(now(format))} of all views in ${month.en}, ${rose ? 'up' : 'down'} from ${percent(then(format))} in ${baseMonth.en}.`,
          zh: `${month.zh}，${name.zh}占全部播放量的 ${percent(now(format))}，${baseMonth.zh}为 ${percent(then(format))}。`,
        },
        value: now(format),
        unit: 'fraction',
        query: postQuery(scope, {
          measures: ['share_of_views'],
          dimensions: ['format'],
          time: { from: base, to: scope.to, grain: 'month' },
        }),
        size: Math.abs(now(format) - then(format)),
        surprise: surpriseOf(now(format), before),
      },
    ];
  });
}
