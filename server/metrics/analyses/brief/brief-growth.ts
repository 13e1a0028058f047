import { type Day, type DimensionFilter, UNKNOWN_MEMBER } from '../../../contract/query.ts';
import { MAD_TO_SIGMA, weightedMedian } from '../../forecasting/robust.ts';
import type { Range } from '../../language/calendar.ts';
import { toNumber } from '../../language/cells.ts';
import { Labels } from '../../language/labels.ts';
import { type Candidate, getQuery, LEAST_SPREAD, MOST_SURPRISE, postQuery, surpriseOf } from './brief-finding.ts';
import { type BriefScope, LOOKED_BACK, rowsIn, sinceBase } from './brief-scope.ts';
import { capital, multiple, percent, roundness, spaced, when, yearOf } from './brief-words.ts';

interface Combination {
  readonly format: string;
  readonly platform: string;
  /** By the ranges' first days. */
  readonly views: ReadonlyMap<Day, number>;
}

/** A smaller part's growth is a curiosity. */
const LEAST_SHARE = 0.005;
/** Two thirds more, or as much less. */
const LEAST_RATIO = 5 / 3;

/** Formats on platforms. Empty if nothing is compared with earlier ranges. */
export async function growthFindings(scope: BriefScope): Promise<Candidate[]> {
  if (!scope.historic || scope.earlier.length === 0) return [];
  const combinations = await viewsByRange(scope);
  const formats = await Labels.of(scope.engine, 'format', []);
  const platforms = await Labels.of(
    scope.engine,
    'platform',
    combinations.map(({ platform }) => platform),
  );
  return [...combinationGrowth(scope, combinations, formats, platforms), ...formatShares(scope, combinations, formats)];
}

async function viewsByRange(scope: BriefScope): Promise<Combination[]> {
  const ranges = [scope, ...scope.earlier.slice(0, LOOKED_BACK)];
  const rows = await rowsIn(scope, { measures: ['views'], dimensions: ['format', 'platform'] }, ranges);
  const found = new Map<string, { format: string; platform: string; views: Map<Day, number> }>();
  for (const range of ranges) {
    for (const row of rows(range)) {
      const [format, platform] = [String(row.format), String(row.platform)];
      const key = JSON.stringify([format, platform]);
      const own = found.get(key) ?? { format, platform, views: new Map<Day, number>() };
      own.views.set(range.from, toNumber(row.views) ?? 0);
      found.set(key, own);
    }
  }
  return [...found.values()].filter(({ format, platform }) => format !== UNKNOWN_MEMBER && platform !== UNKNOWN_MEMBER);
}

const viewsIn = ({ views }: Combination, { from }: Range): number => views.get(from) ?? 0;

/**
 * Against the earlier range with the ratio nearest a whole multiple, and only if it grew or fell more than all others.
 * Surprise: by how much, against the spread of the combinations.
 */
function combinationGrowth(
  scope: BriefScope,
  combinations: readonly Combination[],
  formats: Labels,
  platforms: Labels,
): Candidate[] {
  const back = scope.earlier.slice(0, LOOKED_BACK);
  const ratio = (one: Combination, base: Range) => viewsIn(one, scope) / viewsIn(one, base);
  const restOf = (one: Combination, base: Range) => {
    const others = combinations.filter((other) => other !== one);
    return sumOf(others, scope) / sumOf(others, base);
  };
  const isTold = (one: Combination, base: Range) => {
    const [own, rest] = [ratio(one, base), restOf(one, base)];
    if (!Number.isFinite(own) || !Number.isFinite(rest) || own <= 0 || rest <= 0) return false;
    return own >= 1 ? own >= LEAST_RATIO && own > rest : own <= 1 / LEAST_RATIO && own < rest;
  };
  return combinations.flatMap((one): Candidate[] => {
    const views = viewsIn(one, scope);
    const size = views / scope.views;
    const [base] = back
      .filter((range) => isTold(one, range))
      .toSorted((a, b) => roundness(ratio(one, a)) - roundness(ratio(one, b)));
    if (base === undefined || !(size >= LEAST_SHARE)) return [];
    const value = ratio(one, base);
    const others = combinations.filter((other) => other !== one);
    const rest = restOf(one, base);
    const spread = spreadAround(
      rest,
      others.map((other) => ({ ratio: ratio(other, base), weight: viewsIn(other, base) })),
    );
    const filters: DimensionFilter[] = [
      { dimension: 'format', op: 'in', values: [one.format] },
      { dimension: 'platform', op: 'in', values: [one.platform] },
    ];
    const [format, platform] = [formats.of(one.format), platforms.of(one.platform)];
    const times = multiple(value, base, yearOf(scope));
    return [
      {
        id: `growth:${one.format}:${one.platform}:${base.from}`,
        kind: 'growth',
        subject: `format:${one.format}`,
        sentence: {
          en: `${format.en} views on ${platform.en} ${scope.when.en} were ${times.en}.`,
          zh: `${scope.when.zh}，${spaced(platform.zh)}上${format.zh}的播放量${times.zh}。`,
        },
        value,
        unit: 'ratio',
        query: growthQuery(scope, base, filters),
        size,
        surprise: Math.min(Math.abs(Math.log(value / rest)) / spread, MOST_SURPRISE),
      },
    ];
  });
}

/** An index for calendar periods, else the views of both ranges. */
function growthQuery(scope: BriefScope, base: Range, filters: DimensionFilter[]) {
  const { grain, to } = scope;
  return grain === null
    ? postQuery(scope, { measures: ['views'], ...sinceBase(scope, base), filters })
    : getQuery(scope, 'growth', { measure: 'views', grain, base: base.from, from: base.from, to }, filters);
}

const sumOf = (combinations: readonly Combination[], range: Range): number =>
  combinations.reduce((sum, one) => sum + viewsIn(one, range), 0);

/** Weighted median distance of log ratios from that of all, · 1.4826. */
function spreadAround(all: number, members: readonly { ratio: number; weight: number }[]): number {
  const distances = members
    .filter(({ ratio }) => Number.isFinite(ratio) && ratio > 0)
    .map(({ ratio, weight }) => ({ value: Math.abs(Math.log(ratio / all)), weight }));
  const middle = distances.length === 0 ? 0 : weightedMedian(distances);
  return Math.max(MAD_TO_SIGMA * middle, LEAST_SPREAD);
}

/** Against the earliest range looked back to. */
function formatShares(scope: BriefScope, combinations: readonly Combination[], formats: Labels): Candidate[] {
  const back = scope.earlier.slice(0, LOOKED_BACK);
  const base = back.at(-1);
  if (base === undefined) return [];
  const shares = (range: Range) => {
    const byFormat = new Map<string, number>();
    const total = sumOf(combinations, range);
    for (const one of combinations) byFormat.set(one.format, (byFormat.get(one.format) ?? 0) + viewsIn(one, range));
    return (format: string) => (total === 0 ? 0 : (byFormat.get(format) ?? 0) / total);
  };
  const [now, then] = [shares(scope), shares(base)];
  const baseWhen = when(base, yearOf(scope));
  return [...new Set(combinations.map(({ format }) => format))].flatMap((format): Candidate[] => {
    if (now(format) < LEAST_SHARE || then(format) <= 0) return [];
    const before = back.map((range) => shares(range)(format));
    const name = formats.of(format);
    const rose = now(format) >= then(format);
    return [
      {
        id: `format_mix:${format}:${base.from}`,
        kind: 'format_mix',
        subject: `format:${format}`,
        sentence: {
          en: `${capital(name.en)} took ${percent(now(format))} of all views ${scope.when.en}, ${rose ? 'up' : 'down'} from ${percent(then(format))} ${baseWhen.en}.`,
          zh: `${scope.when.zh}，${name.zh}占全部播放量的 ${percent(now(format))}，${baseWhen.zh}为 ${percent(then(format))}。`,
        },
        value: now(format),
        unit: 'fraction',
        query: postQuery(scope, {
          measures: ['share_of_views'],
          dimensions: ['format'],
          ...sinceBase(scope, base),
        }),
        size: Math.abs(now(format) - then(format)),
        surprise: surpriseOf(now(format), before),
      },
    ];
  });
}
