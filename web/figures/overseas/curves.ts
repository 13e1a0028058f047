import { z } from 'zod';
import type { CurvesAnswer } from '../../../server/contract/analyses-depth.ts';
import { type CurvesData, cumulativeCurves } from '../../charts/cumulativeCurves.ts';
import { memberHue } from '../../charts/look.ts';
import { markOf } from '../../filters/marks.ts';
import { trendWindow } from '../../filters/trend.ts';
import { compact, exact, range as rangeText } from '../../i18n/numbers.ts';
import { analysis } from '../calls.ts';
import { type FigureScope, figure } from '../figure.ts';
import { memberName } from '../members.ts';
import { overseasWords } from './words.ts';

const DAYS = 90;
/** A median of fewer series says little. */
const FEW = 20;
const MARKETS = ['overseas', 'domestic'] as const;
type CurveRow = CurvesAnswer['rows'][number];

const subtitleOf = ({ range, since, language }: FigureScope<object>): string => {
  const releases = trendWindow(range, since).range;
  return overseasWords.say(language)('curves_subtitle', { range: rangeText(releases.from, releases.to, language) });
};

export const overseasCurves = figure({
  id: 'overseas.curves',
  params: z.object({}),
  heads: (scope) => {
    const t = overseasWords.say(scope.language);
    return { title: t('curves_title'), subtitle: subtitleOf(scope), definition: t('curves_definition') };
  },
  // Releases of one month would all be young: those of the year that leads to it are asked.
  asks: (scope) => ({
    curves: analysis(scope, 'curves', { by: 'market', days: DAYS, ...trendWindow(scope.range, scope.since).range }),
  }),
  says: ({ curves }, scope) => {
    const t = overseasWords.say(scope.language);
    const points = MARKETS.map((market) =>
      curves.rows.filter(({ member, series }) => member === market && series >= FEW),
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
      notes: [t('curves_sample', { list: sample.join(scope.language === 'zh' ? '、' : ', ') })],
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
});

/** Both medians on the last day that both markets have. */
function finding(points: readonly (readonly CurveRow[])[], { language }: FigureScope<object>): string | undefined {
  const [overseas, domestic] = MARKETS.map((market) => points.find(([first]) => first?.member === market));
  if (overseas === undefined || domestic === undefined) return undefined;
  const last = Math.min(overseas.length, domestic.length) - 1;
  return overseasWords.say(language)('curves_lead', {
    day: last + 1,
    overseas: compact(overseas[last]?.median, language),
    domestic: compact(domestic[last]?.median, language),
  });
}
