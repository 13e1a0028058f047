import { z } from 'zod';
import type { ClubAnswer } from '../../../server/contract/analyses.ts';
import type { Answer } from '../../../server/contract/query.ts';
import { type CurvesData, cumulativeCurves } from '../../charts/cumulativeCurves.ts';
import { nativeCurves } from '../../charts/native/lines.ts';
import { textWidth } from '../../charts/text.ts';
import { markOf } from '../../filters/marks.ts';
import type { Language } from '../../i18n/i18n.ts';
import { compact, day } from '../../i18n/numbers.ts';
import { query } from '../calls.ts';
import { type FigureScope, figure, type Nothing } from '../figure.ts';
import { numberCell, textCell } from '../members.ts';
import {
  amountOf,
  type ClubRow,
  type ClubScope,
  clubCall,
  clubParams,
  fastestOf,
  nobodyCrossed,
  thresholdOf,
} from './club.ts';
import { clubWords } from './words.ts';

/** Members drawn in colour. */
const NAMED = 7;
const MOST = 500;
/** More, or a wider list of them in a title's size, would be a crowd: the curves name them, too. */
const NAMES = { most: 3, width: 480, size: 16 };

/** `day` is the one that a played race has come to; 0 is its end. */
export const raceParams = clubParams.extend({ race_day: z.coerce.number().int().min(0).catch(0) });
type RaceScope = FigureScope<z.output<typeof raceParams>>;

/** Members that were released since the data begin: only they have a day 1 to be drawn from. */
const started = ({ rows }: ClubAnswer, { since }: ClubScope): ClubRow[] =>
  rows.filter((row) => (row.release_at ?? '') >= since);

export const clubRace = figure<typeof raceParams, { club: ClubAnswer; curves?: Answer }, CurvesData>({
  id: 'club.race',
  params: raceParams,
  heads: ({ asOf, language }) => {
    const t = clubWords.say(language);
    return {
      title: t('race_title'),
      subtitle: t('race_subtitle', { date: day(asOf, language) }),
      definition: t('race_definition'),
    };
  },
  asks: (scope, { club }) => {
    const first = { club: clubCall(scope) };
    const ids = club === undefined ? [] : started(club, scope).map((row) => row.series);
    if (ids.length === 0) return first;
    const curves = query(scope, {
      measures: ['views'],
      dimensions: ['series', 'day_since_release'],
      time: { from: scope.since, to: scope.asOf },
      filters: [{ dimension: 'series', op: 'in', values: ids.slice(0, MOST) }],
    });
    return { ...first, curves };
  },
  says: ({ club, curves }, scope) => {
    const { language } = scope;
    const t = clubWords.say(language);
    const members = started(club, scope);
    const data = curves === undefined ? undefined : curvesOf(curves, members, scope);
    const leftOut = leftOutOf(club, members, scope);
    if (data === undefined) return whyNot(club, members, leftOut, scope);
    const longest = raceLength(data);
    return {
      ...leadOf(club, data, scope),
      data: upToDay(data, scope),
      table: {
        columns: [
          { id: 'day', header: t('day'), kind: 'count' },
          ...data.curves.map(({ id, name, mark }) => ({ id, header: name, kind: 'count' as const, mark })),
        ],
        rows: Array.from({ length: longest }, (_, at) => [
          at + 1,
          ...data.curves.map(({ values }) => values[at] ?? null),
        ]),
      },
      notes: leftOut,
    };
  },
  draws: cumulativeCurves,
  native: nativeCurves,
});

function leadOf(club: ClubAnswer, data: CurvesData, scope: RaceScope): { title?: string } {
  const { language } = scope;
  const { race_day: at } = scope.params;
  const t = clubWords.say(language);
  if (at > 0) {
    const standing = data.curves.map(({ name, values }) => ({
      name,
      value: values[Math.min(at, values.length) - 1] ?? 0,
    }));
    const [first] = standing.toSorted((a, b) => b.value - a.value);
    if (first === undefined) return {};
    return { title: t('race_at', { day: at, series: first.name, views: compact(first.value, language) }) };
  }
  const first = fastestOf(club, language);
  if (first === null) return {};
  const { names, time } = first;
  const series = listOf(names, language);
  const values = { series, time, threshold: amountOf(scope) };
  // One alone is no race.
  if (club.rows.length === 1) return { title: t('race_alone', values) };
  const crowd = names.length > NAMES.most || textWidth(series, NAMES.size) > NAMES.width;
  if (names.length > 1 && crowd) return { title: t('race_lead_many', { ...values, count: names.length }) };
  return { title: t(names.length > 1 ? 'race_lead_tie' : 'race_lead', values) };
}

function listOf(names: readonly string[], language: Language): string {
  if (language === 'zh') return names.join('、');
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : names.join('');
}

/** The curves as far as the race has come, in the room that the whole race takes. */
function upToDay(data: CurvesData, { params: { race_day: at } }: RaceScope): CurvesData {
  if (at <= 0) return data;
  const high = Math.max(...data.curves.flatMap(({ values }) => values.map((value) => value ?? 0)));
  return {
    ...data,
    curves: data.curves.map((curve) => ({ ...curve, values: curve.values.slice(0, at) })),
    extent: { steps: raceLength(data), high },
  };
}

function leftOutOf({ rows }: ClubAnswer, members: readonly ClubRow[], { language }: ClubScope): string[] {
  const t = clubWords.say(language);
  const unknown = rows.filter((row) => row.release_at === null).length;
  const earlier = rows.length - members.length - unknown;
  return [
    ...(earlier > 0 ? [t('race_left_out', { count: earlier })] : []),
    ...(unknown > 0 ? [t('race_no_release', { count: unknown })] : []),
  ];
}

function whyNot(
  { rows }: ClubAnswer,
  members: readonly ClubRow[],
  leftOut: readonly string[],
  scope: ClubScope,
): Nothing {
  if (rows.length === 0 || members.length > 0) return nobodyCrossed(scope);
  const t = clubWords.say(scope.language);
  return { nothing: t('race_no_start'), remedy: leftOut.join(scope.language === 'zh' ? '' : ' ') };
}

/** From `views` by series × day since release; a day without views carries the sum on. The fastest are in colour. */
function curvesOf(answer: Answer, members: readonly ClubRow[], scope: ClubScope): CurvesData | undefined {
  const daily = viewsByDay(answer);
  const sorted = members
    .filter((row) => daily.has(row.series))
    .toSorted((a, b) => (a.days_to ?? 1e9) - (b.days_to ?? 1e9));
  const curves = sorted.map((row, at) => {
    const days = daily.get(row.series) ?? new Map<number, number>();
    let sum = 0;
    const values = Array.from({ length: Math.max(...days.keys()) + 1 }, (_, day) => {
      sum += days.get(day) ?? 0;
      return sum;
    });
    const named = at < NAMED;
    return {
      id: row.series,
      name: row.series_label,
      hue: named ? at : ('grey' as const),
      values,
      context: !named,
      mark: markOf('series', row.series, row.series_label),
    };
  });
  if (curves.length === 0) return undefined;
  return {
    curves,
    kind: 'count',
    threshold: { value: thresholdOf(scope), name: amountOf(scope) },
    measure: clubWords.say(scope.language)('cumulative_views'),
  };
}

/** The day on which the longest curve ends. */
export const raceLength = ({ curves }: CurvesData): number => Math.max(0, ...curves.map(({ values }) => values.length));

/** A played race asks for the same again every moment. */
const known = new WeakMap<Answer, Map<string, Map<number, number>>>();

function viewsByDay(answer: Answer): Map<string, Map<number, number>> {
  const found = known.get(answer) ?? dailyOf(answer);
  known.set(answer, found);
  return found;
}

function dailyOf({ rows }: Answer): Map<string, Map<number, number>> {
  const daily = new Map<string, Map<number, number>>();
  for (const row of rows) {
    const day = numberCell(row.day_since_release);
    const views = numberCell(row.views);
    if (day === null || views === null || day < 0) continue;
    const id = textCell(row.series);
    const days = daily.get(id) ?? new Map<number, number>();
    days.set(day, views);
    daily.set(id, days);
  }
  return daily;
}
