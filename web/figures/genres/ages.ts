import { ENOUGH_PEERS } from '../../../server/contract/analyses.ts';
import type { CurvesAnswer } from '../../../server/contract/analyses-depth.ts';
import { type CurvesData, cumulativeCurves } from '../../charts/cumulativeCurves.ts';
import { memberHue } from '../../charts/look.ts';
import { nativeCurves } from '../../charts/native/lines.ts';
import { markOf } from '../../filters/marks.ts';
import { trendWindow } from '../../filters/trend.ts';
import { during } from '../../i18n/numbers.ts';
import { analysis } from '../calls.ts';
import { type FigureScope, figure } from '../figure.ts';
import { knownOf, memberName, withinSentence } from '../members.ts';
import { noRows } from '../nothing.ts';
import { memberHeader, type SplitParams, splitParams } from './split.ts';
import { genresWords } from './words.ts';

const DAYS = 60;
const CURVES = 7;

/** Months of release: those of the range, of a short one the year that leads to it. */
const releases = ({ range, since }: FigureScope<SplitParams>) => trendWindow({ range, since }).range;

export const genresAges = figure({
  id: 'genres.ages',
  params: splitParams,
  heads: (scope) => {
    const t = genresWords.say(scope.language);
    const { from, to } = releases(scope);
    return {
      title: t('ages_title'),
      subtitle: t('ages_subtitle', { when: during(from, to, scope.language) }),
      definition: t('ages_definition'),
    };
  },
  asks: (scope) => ({
    // One more, as the unknown member is not drawn.
    curves: analysis(scope, 'curves', { ...releases(scope), by: scope.params.by, days: DAYS, limit: CURVES + 1 }),
  }),
  says: ({ curves }, scope) => {
    const { language, params } = scope;
    const t = genresWords.say(language);
    const rows = knownOf(curves.rows, ({ member }) => member);
    const members = [...new Set(rows.map(({ member }) => member))].slice(0, CURVES);
    const few = members.filter((id) => (rows.find(({ member }) => member === id)?.series ?? 0) < ENOUGH_PEERS);
    const drawn = members.filter((id) => !few.includes(id));
    if (members.length === 0) return { ...noRows(scope), nothing: t('ages_none'), remedy: t('ages_none_text') };
    const names = (ids: readonly string[]) => ids.map((id) => nameOf(rows, id, language));
    const by = withinSentence(memberHeader(params.by, language));
    const last = (id: string) => rows.findLast(({ member }) => member === id);
    const counts = drawn.map((id) =>
      t('ages_count', { name: nameOf(rows, id, language), count: last(id)?.series ?? 0 }),
    );
    const youngest = Math.min(...drawn.map((id) => (last(id)?.day_since_release ?? 0) + 1));
    if (drawn.length === 0) return { nothing: t('ages_thin', { count: ENOUGH_PEERS }), remedy: t('ages_none_text') };
    const list = (texts: readonly string[]) => texts.join(language === 'zh' ? '、' : ', ');
    const notes = [
      t('ages_counted', { counts: list(counts), days: youngest }),
      ...(few.length === 0 ? [] : [t('ages_few', { by, names: list(names(few)), count: ENOUGH_PEERS })]),
    ];
    const data: CurvesData = {
      curves: drawn.map((id) => ({
        id,
        name: nameOf(rows, id, language),
        mark: markOf(params.by, id, nameOf(rows, id, language)),
        hue: memberHue(params.by, id, scope.owners ?? drawn),
        values: curveOf(rows, id),
      })),
      kind: 'count',
      measure: t('ages_measure'),
    };
    return {
      data,
      notes,
      table: {
        columns: [
          { id: 'member', header: memberHeader(params.by, language), kind: 'text' },
          { id: 'day', header: t('age'), kind: 'count' },
          { id: 'median', header: t('median'), kind: 'count' },
          { id: 'q1', header: t('q1'), kind: 'count' },
          { id: 'q3', header: t('q3'), kind: 'count' },
          { id: 'series', header: t('series'), kind: 'count' },
        ],
        rows: rows
          .filter(({ member }) => drawn.includes(member))
          .map((row) => [row.member_label, row.day_since_release + 1, row.median, row.q1, row.q3, row.series]),
        marks: rows
          .filter(({ member }) => drawn.includes(member))
          .map(({ member }) => markOf(params.by, member, nameOf(rows, member, language))),
      },
    };
  },
  draws: cumulativeCurves,
  native: nativeCurves,
});

type Rows = CurvesAnswer['rows'];

const nameOf = (rows: Rows, id: string, language: 'zh' | 'en'): string =>
  memberName(id, rows.find(({ member }) => member === id)?.member_label, language);

/** The median by day. */
function curveOf(rows: Rows, id: string): (number | null)[] {
  return rows
    .filter(({ member }) => member === id)
    .toSorted((a, b) => a.day_since_release - b.day_since_release)
    .map(({ median }) => median);
}
