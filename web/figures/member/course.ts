import type { Answer, Cell } from '../../../server/contract/query.ts';
import { lastCut } from '../../charts/frame.ts';
import { LOW_CHART } from '../../charts/heights.ts';
import { type LinesData, linesOverTime } from '../../charts/linesOverTime.ts';
import { nativeColumns } from '../../charts/native/columns.ts';
import { nativeLines } from '../../charts/native/lines.ts';
import { type ColumnsData, stackedColumns } from '../../charts/stackedColumns.ts';
import { markOf, periodSpan, within as withinTime } from '../../filters/marks.ts';
import { lastDrawnDay } from '../../filters/ranges.ts';
import { measureTerm } from '../../filters/scope.ts';
import { betweenPeriods, compact, inPeriod, percent, range as rangeText } from '../../i18n/numbers.ts';
import { type Call, query } from '../calls.ts';
import { type FigureTable, figure } from '../figure.ts';
import { periodCell } from '../indexLines.ts';
import { numberCell } from '../members.ts';
import { noRows } from '../nothing.ts';
import {
  around,
  courseWindow,
  type MemberDimension,
  type MemberScope,
  memberParams,
  nameOf,
  wholeOf,
  within,
} from './member.ts';
import { memberWords } from './words.ts';

type Course = {
  /** The member's. */
  own: Answer;
  /** Of all that the filters leave. */
  all: Answer;
};

function courseCalls(scope: MemberScope, dimension: MemberDimension): { own: Call<Answer>; all: Call<Answer> } {
  const { range, grain } = courseWindow(scope);
  const asked = {
    measures: dimension === 'producer' ? ['views' as const] : ['views' as const, 'active_series' as const],
    time: { ...range, grain },
  };
  return {
    own: query(within(scope, dimension, [scope.params.id]), { ...asked, dimensions: [dimension] }),
    all: query(around(scope, dimension), asked),
  };
}

const byPeriod = ({ rows }: Answer): Map<string, Record<string, Cell>> =>
  new Map(rows.map((row) => [String(row.period), row]));

interface CoursePoint {
  period: string;
  views: number | null;
  active: number | null;
  /** Of the views, and of the active series, of all. */
  demand: number | null;
  supply: number | null;
}

const shareOf = (part: number | null, whole: number | null): number | null =>
  whole === null || whole <= 0 ? null : (part ?? 0) / whole;

function courseOf({ own, all }: Course): CoursePoint[] {
  const mine = byPeriod(own);
  return [...byPeriod(all)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([start, whole]) => {
      const row = mine.get(start);
      const [views, active] = [numberCell(row?.views), numberCell(row?.active_series)];
      return {
        period: start,
        views,
        active,
        demand: shareOf(views, numberCell(whole.views)),
        supply: shareOf(active, numberCell(whole.active_series)),
      };
    });
}

const cutOf = ({ all }: Course, scope: MemberScope): ColumnsData['partial'] => ({
  periods: all.meta.partial_periods,
  asOf: lastDrawnDay(scope.asOf, courseWindow(scope).range.to),
});

/** The last point of a whole period that there are views in. */
const latest = (points: readonly CoursePoint[], { all }: Course): CoursePoint | undefined =>
  points.findLast((point) => (point.views ?? 0) > 0 && !all.meta.partial_periods.includes(point.period));

function subtitleOf(scope: MemberScope, word: 'views_subtitle' | 'share_subtitle' | 'balance_subtitle'): string {
  const { range, grain } = courseWindow(scope);
  const t = memberWords.say(scope.language);
  return t(word, { grain: t(`by_${grain}`), range: rangeText(range.from, range.to, scope.language) });
}

const columnsOf = (scope: MemberScope) => {
  const t = memberWords.say(scope.language);
  return [
    { id: 'period', header: t(`grain_${courseWindow(scope).grain}`), kind: 'text' as const },
    { id: 'views', header: measureTerm(scope, 'views').label, kind: 'count' as const },
    { id: 'share', header: t('share_of_all'), kind: 'fraction' as const },
  ];
};

const viewsFigure = (dimension: MemberDimension, page: string) =>
  figure({
    id: `${page}.views`,
    params: memberParams,
    heads: (scope) => ({
      title: memberWords.say(scope.language)('views_title', { name: nameOf(scope, dimension) }),
      subtitle: subtitleOf(scope, 'views_subtitle'),
      definition: measureTerm(scope, 'views').definition,
      height: LOW_CHART,
    }),
    asks: (scope) => courseCalls(scope, dimension),
    says: (course: Course, scope) => {
      const points = courseOf(course);
      if (course.own.rows.length === 0) return noRows(scope);
      const { language } = scope;
      const { grain } = courseWindow(scope);
      const name = nameOf(scope, dimension, course.own);
      const last = latest(points, course);
      const data: ColumnsData = {
        periods: points.map((point) => point.period),
        grain,
        parts: [
          {
            id: scope.params.id,
            name,
            hue: 0,
            values: points.map(({ views }) => views),
            mark: markOf(dimension, scope.params.id, name),
          },
        ],
        kind: 'count',
        partial: cutOf(course, scope),
        measure: measureTerm(scope, 'views').label,
      };
      const t = memberWords.say(language);
      return {
        title:
          last === undefined
            ? t('views_title', { name })
            : t('views_lead', {
                name,
                when: inPeriod(last.period, grain, language),
                views: compact(last.views, language),
                share: percent(last.demand),
                whole: wholeOf(scope, dimension),
              }),
        data,
        table: tableOf(points, scope),
        cut: lastCut(data),
      };
    },
    draws: stackedColumns,
    native: nativeColumns,
  });

export const producerViews = viewsFigure('producer', 'producer');
export const genreViews = viewsFigure('primary_genre', 'genre');

function tableOf(points: readonly CoursePoint[], scope: MemberScope): FigureTable {
  const { grain } = courseWindow(scope);
  return {
    columns: columnsOf(scope),
    rows: points.map((point) => [periodCell(point.period, grain), point.views, point.demand]),
    marks: points.map((point) => withinTime(undefined, periodSpan(point.period, grain))),
  };
}

function linesOf(lines: LinesData['lines'], course: Course, scope: MemberScope, measure: string): LinesData {
  return {
    periods: courseOf(course).map((point) => point.period),
    grain: courseWindow(scope).grain,
    lines,
    kind: 'fraction',
    partial: cutOf(course, scope),
    measure,
  };
}

/** How the first and the last whole period stand to each other. */
function movedOf(course: Course): { from: CoursePoint; to: CoursePoint } | undefined {
  const whole = courseOf(course).filter(({ period: start }) => !course.all.meta.partial_periods.includes(start));
  const [from, to] = [whole.find(({ demand }) => demand !== null), whole.findLast(({ demand }) => demand !== null)];
  return from === undefined || to === undefined || from === to ? undefined : { from, to };
}

function whenMoved({ from, to }: { from: CoursePoint; to: CoursePoint }, scope: MemberScope) {
  const told = betweenPeriods(from.period, to.period, courseWindow(scope).grain, scope.language);
  return { since: told.from, when: told.to };
}

export const producerShare = figure({
  id: 'producer.share',
  params: memberParams,
  heads: (scope) => ({
    title: memberWords.say(scope.language)('share_title', { name: nameOf(scope, 'producer') }),
    subtitle: subtitleOf(scope, 'share_subtitle'),
    definition: measureTerm(scope, 'share_of_views').definition,
    height: LOW_CHART,
  }),
  asks: (scope) => courseCalls(scope, 'producer'),
  says: (course: Course, scope) => {
    if (course.own.rows.length === 0) return noRows(scope);
    const t = memberWords.say(scope.language);
    const points = courseOf(course);
    const name = nameOf(scope, 'producer', course.own);
    const line = {
      id: scope.params.id,
      name,
      hue: 0,
      values: points.map(({ demand }) => demand),
      mark: markOf('producer', scope.params.id, name),
    };
    const data = linesOf([line], course, scope, measureTerm(scope, 'share_of_views').label);
    const moved = movedOf(course);
    const [first, last] = [percent(moved?.from.demand), percent(moved?.to.demand)];
    const way = (moved?.to.demand ?? 0) > (moved?.from.demand ?? 0) ? 'share_rose' : 'share_fell';
    return {
      title:
        moved === undefined || first === last
          ? t('share_title', { name })
          : t(way, { name, from: first, to: last, ...whenMoved(moved, scope) }),
      data,
      table: tableOf(points, scope),
      cut: lastCut(data),
    };
  },
  draws: linesOverTime,
  native: nativeLines,
});

export const genreBalance = figure({
  id: 'genre.balance',
  params: memberParams,
  heads: (scope) => ({
    title: memberWords.say(scope.language)('balance_title'),
    subtitle: subtitleOf(scope, 'balance_subtitle'),
    definition: memberWords.say(scope.language)('balance_definition'),
    height: LOW_CHART,
  }),
  asks: (scope) => courseCalls(scope, 'primary_genre'),
  says: (course: Course, scope) => {
    if (course.own.rows.length === 0) return noRows(scope);
    const t = memberWords.say(scope.language);
    const points = courseOf(course);
    const { grain } = courseWindow(scope);
    const name = nameOf(scope, 'primary_genre', course.own);
    const data = linesOf(
      [
        { id: 'demand', name: t('demand'), hue: 0, values: points.map(({ demand }) => demand) },
        { id: 'supply', name: t('supply'), hue: 'grey', values: points.map(({ supply }) => supply) },
      ],
      course,
      scope,
      t('balance_title'),
    );
    const last = latest(points, course);
    return {
      title:
        last === undefined
          ? t('balance_title')
          : t('balance_lead', { name, demand: percent(last.demand), supply: percent(last.supply) }),
      data,
      table: {
        columns: [
          { id: 'period', header: t(`grain_${grain}`), kind: 'text' },
          { id: 'demand', header: t('demand'), kind: 'fraction' },
          { id: 'supply', header: t('supply'), kind: 'fraction' },
          { id: 'views', header: measureTerm(scope, 'views').label, kind: 'count' },
          { id: 'active', header: measureTerm(scope, 'active_series').label, kind: 'count' },
        ],
        rows: points.map((one) => [periodCell(one.period, grain), one.demand, one.supply, one.views, one.active]),
      },
      cut: lastCut(data),
    };
  },
  draws: linesOverTime,
  native: nativeLines,
});
