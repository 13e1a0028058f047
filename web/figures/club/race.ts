import type { ClubAnswer } from '../../../server/contract/analyses.ts';
import type { Answer } from '../../../server/contract/query.ts';
import { type CurvesData, cumulativeCurves } from '../../charts/cumulativeCurves.ts';
import { markOf } from '../../filters/marks.ts';
import { day, days, hours } from '../../i18n/numbers.ts';
import { query } from '../calls.ts';
import { figure, type Nothing } from '../figure.ts';
import { numberCell, textCell } from '../members.ts';
import {
  amountOf,
  type ClubRow,
  type ClubScope,
  clubCall,
  clubParams,
  fastest,
  nobodyCrossed,
  thresholdOf,
} from './club.ts';
import { clubWords } from './words.ts';

/** Members drawn in colour. */
const NAMED = 7;
const MOST = 500;

/** Members that were released since the data begin: only they have a day 1 to be drawn from. */
const started = ({ rows }: ClubAnswer, { since }: ClubScope): ClubRow[] =>
  rows.filter((row) => (row.release_at ?? '') >= since);

export const clubRace = figure<typeof clubParams, { club: ClubAnswer; curves?: Answer }, CurvesData>({
  id: 'club.race',
  params: clubParams,
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
    const first = fastest(members);
    const longest = Math.max(...data.curves.map(({ values }) => values.length));
    return {
      ...(first === undefined
        ? {}
        : {
            title: t('race_lead', {
              series: first.series_label,
              speed: first.hours_to === null ? days(first.days_to, language) : hours(first.hours_to, language),
              threshold: amountOf(scope),
            }),
          }),
      data,
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
});

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

function viewsByDay({ rows }: Answer): Map<string, Map<number, number>> {
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
