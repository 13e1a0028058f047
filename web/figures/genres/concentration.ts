import { z } from 'zod';
import { lastCut } from '../../charts/frame.ts';
import { LOW_CHART } from '../../charts/heights.ts';
import { type LinesData, linesOverTime } from '../../charts/linesOverTime.ts';
import { nativeLines } from '../../charts/native/lines.ts';
import { periodSpan, within } from '../../filters/marks.ts';
import { lastDrawnDay } from '../../filters/ranges.ts';
import { trendWindow } from '../../filters/trend.ts';
import { percent, range as rangeText } from '../../i18n/numbers.ts';
import { analysis } from '../calls.ts';
import { figure } from '../figure.ts';
import { noRows } from '../nothing.ts';
import { genresWords } from './words.ts';

const SHARES = ['cr4', 'cr10'] as const;

export const genresConcentration = figure({
  id: 'genres.concentration',
  params: z.object({}),
  heads: (scope) => {
    const { language } = scope;
    const t = genresWords.say(language);
    const { from, to } = trendWindow(scope).range;
    return {
      title: t('concentration_title'),
      subtitle: t('concentration_subtitle', { range: rangeText(from, to, language) }),
      definition: t('concentration_definition'),
      height: LOW_CHART,
    };
  },
  asks: (scope) => {
    const { range, grain } = trendWindow(scope);
    return { concentration: analysis(scope, 'concentration', { ...range, grain, by: 'primary_genre' }) };
  },
  says: ({ concentration: { rows } }, scope) => {
    const { language } = scope;
    const t = genresWords.say(language);
    if (rows.length === 0) return noRows(scope);
    const { range, grain } = trendWindow(scope);
    const data: LinesData = {
      periods: rows.map(({ period }) => period),
      grain,
      lines: SHARES.map((id, hue) => ({ id, name: t(id), hue, values: rows.map((row) => row[id]) })),
      kind: 'fraction',
      partial: {
        periods: rows.filter(({ partial }) => partial).map(({ period }) => period),
        asOf: lastDrawnDay(scope.asOf, range.to),
      },
      measure: t('concentration_title'),
    };
    const last = rows.findLast(({ partial }) => !partial);
    return {
      // Four of four have all, whatever the data.
      ...(last === undefined || last.members <= 4
        ? {}
        : { title: t('concentration_lead', { share: percent(last.cr4) }) }),
      data,
      table: {
        columns: [
          { id: 'period', header: t(grain), kind: 'text' },
          { id: 'cr4', header: t('cr4'), kind: 'fraction' },
          { id: 'cr10', header: t('cr10'), kind: 'fraction' },
          { id: 'hhi', header: 'HHI', kind: 'index' },
          { id: 'gini', header: t('gini'), kind: 'ratio' },
          { id: 'members', header: t('member'), kind: 'count' },
        ],
        rows: rows.map((row) => [
          grain === 'month' ? row.period.slice(0, 7) : row.period,
          row.cr4,
          row.cr10,
          row.hhi,
          row.gini,
          row.members,
        ]),
        marks: rows.map(({ period }) => within(undefined, periodSpan(period, grain))),
      },
      cut: lastCut(data),
    };
  },
  draws: linesOverTime,
  native: nativeLines,
});
