import { z } from 'zod';
import { ENOUGH_PEERS } from '../../../server/contract/analyses.ts';
import type { CurvesAnswer } from '../../../server/contract/analyses-depth.ts';
import { type CurvesData, cumulativeCurves } from '../../charts/cumulativeCurves.ts';
import { memberHue } from '../../charts/look.ts';
import { nativeCurves } from '../../charts/native/lines.ts';
import { markOf } from '../../filters/marks.ts';
import { addMonths, type DateRange, monthStart } from '../../filters/ranges.ts';
import type { Scope } from '../../filters/scope.ts';
import { trendWindow } from '../../filters/trend.ts';
import { compact, during, exact } from '../../i18n/numbers.ts';
import { analysis } from '../calls.ts';
import { type FigureScope, figure } from '../figure.ts';
import { memberName } from '../members.ts';
import { overseasWords } from './words.ts';

const DAYS = 90;
const MARKETS = ['overseas', 'domestic'] as const;
type CurveRow = CurvesAnswer['rows'][number];

/** Releases of the range, or of the year that leads to its end if that is longer: those of one month would all be young. */
function releasesOf({ range, since }: Scope): DateRange {
  const { from, to } = trendWindow({ range, since }).range;
  const [first = from] = [from, addMonths(monthStart(to), -11)].sort();
  return { from: first < since ? since : first, to };
}

const subtitleOf = (scope: Scope): string => {
  const { from, to } = releasesOf(scope);
  return overseasWords.say(scope.language)('curves_subtitle', { when: during(from, to, scope.language) });
};

export const overseasCurves = figure({
  id: 'overseas.curves',
  params: z.object({}),
  heads: (scope) => {
    const t = overseasWords.say(scope.language);
    return { title: t('curves_title'), subtitle: subtitleOf(scope), definition: t('curves_definition') };
  },
  asks: (scope) => ({
    curves: analysis(scope, 'curves', { by: 'market', days: DAYS, ...releasesOf(scope) }),
  }),
  says: ({ curves }, scope) => {
    const t = overseasWords.say(scope.language);
    const points = MARKETS.map((market) =>
      curves.rows.filter(({ member, series }) => member === market && series >= ENOUGH_PEERS),
    ).filter((rows) => rows.length > 0);
    if (points.length === 0) return { nothing: t('curves_few'), remedy: t('curves_few_text') };
    const data: CurvesData = {
      curves: points.flatMap((rows) => {
        const [first] = rows;
        return first === undefined
          ? []
          : [
              {
                id: first.member,
                name: memberName(first.member, first.member_label, scope.language),
                hue: memberHue('market', first.member, []),
                mark: markOf('market', first.member, memberName(first.member, first.member_label, scope.language)),
                values: rows.map(({ median }) => median),
              },
            ];
      }),
      kind: 'count',
      measure: subtitleOf(scope),
    };
    const sample = points.flatMap(([first]) =>
      first === undefined ? [] : [t('curves_part', { name: first.member_label, count: exact(first.series) })],
    );
    const title = finding(points, scope);
    return {
      ...(title === undefined ? {} : { title }),
      notes: [
        t(sample.length > 1 ? 'curves_sample' : 'curves_sample_alone', {
          list: sample.join(scope.language === 'zh' ? '、' : ', '),
        }),
      ],
      data,
      table: {
        columns: [
          { id: 'market', header: t('market'), kind: 'text' },
          { id: 'day', header: t('day'), kind: 'count' },
          { id: 'median', header: t('median'), kind: 'count' },
          { id: 'series', header: t('series'), kind: 'count' },
        ],
        rows: points.flat().map((row) => [row.member_label, row.day_since_release + 1, row.median, row.series]),
        marks: points.flat().map((row) => markOf('market', row.member, row.member_label)),
      },
    };
  },
  draws: cumulativeCurves,
  native: nativeCurves,
});

/** Medians that differ by less read as equal. */
const LEVEL = 0.01;

/** Who is ahead on the last day that both markets have, and since when. */
function finding(points: readonly (readonly CurveRow[])[], { language }: FigureScope<object>): string | undefined {
  const [overseas, domestic] = MARKETS.map((market) => points.find(([first]) => first?.member === market));
  if (overseas === undefined || domestic === undefined) return undefined;
  const last = Math.min(overseas.length, domestic.length);
  const values = Array.from(
    { length: last },
    (_, at) => [overseas[at]?.median ?? 0, domestic[at]?.median ?? 0] as const,
  );
  const [abroad, home] = values.at(-1) ?? [0, 0];
  const t = overseasWords.say(language);
  const texts = { last, overseas: compact(abroad, language), domestic: compact(home, language) };
  if (Math.abs(abroad - home) <= LEVEL * Math.max(abroad, home)) return t('curves_level', texts);
  const ahead = abroad > home ? 'overseas' : 'domestic';
  const before = values.findLastIndex(([one, other]) => one > other !== (ahead === 'overseas') || one === other);
  return before < 0 ? t(`curves_${ahead}_always`, texts) : t(`curves_${ahead}`, { ...texts, day: before + 2 });
}
