import type { ConcentrationAnswer } from '../../../server/contract/analyses-depth.ts';
import { lastCut } from '../../charts/frame.ts';
import { type LinesData, linesOverTime } from '../../charts/linesOverTime.ts';
import { nativeLines } from '../../charts/native/lines.ts';
import { lastDrawnDay } from '../../filters/ranges.ts';
import { inPeriod, percent, range as rangeText } from '../../i18n/numbers.ts';
import { analysis } from '../calls.ts';
import { figure } from '../figure.ts';
import { periodCell } from '../indexLines.ts';
import { noRows } from '../nothing.ts';
import { courseWindow, type MemberScope, memberParams, nameOf, within } from './member.ts';
import { memberWords } from './words.ts';

type Concentration = { concentration: ConcentrationAnswer };

export const genreConcentration = figure({
  id: 'genre.concentration',
  params: memberParams,
  heads: (scope) => {
    const t = memberWords.say(scope.language);
    const { range, grain } = courseWindow(scope);
    return {
      title: t('concentration_title', { name: nameOf(scope, 'primary_genre') }),
      subtitle: t('concentration_subtitle', {
        grain: t(`by_${grain}`),
        range: rangeText(range.from, range.to, scope.language),
      }),
      definition: t('concentration_definition'),
    };
  },
  asks: (scope) => {
    const { range, grain } = courseWindow(scope);
    return {
      concentration: analysis(within(scope, 'primary_genre', [scope.params.id]), 'concentration', {
        ...range,
        by: 'producer',
        grain,
      }),
    };
  },
  says: ({ concentration: { rows } }: Concentration, scope) => {
    if (rows.length === 0) return noRows(scope);
    const t = memberWords.say(scope.language);
    const { grain } = courseWindow(scope);
    const data = linesOf(rows, scope);
    const last = rows.findLast(({ partial }) => !partial);
    return {
      // Four of four have all, whatever the data.
      ...(last === undefined || last.members <= 4
        ? {}
        : {
            title: t('concentration_lead', {
              name: nameOf(scope, 'primary_genre'),
              when: inPeriod(last.period, grain, scope.language),
              cr4: percent(last.cr4, 0),
            }),
          }),
      data,
      table: {
        columns: [
          { id: 'period', header: t(`grain_${grain}`), kind: 'text' },
          { id: 'cr4', header: t('cr4'), kind: 'fraction' },
          { id: 'cr10', header: t('cr10'), kind: 'fraction' },
          { id: 'hhi', header: 'HHI', kind: 'count' },
          { id: 'gini', header: 'Gini', kind: 'ratio' },
          { id: 'members', header: t('members'), kind: 'count' },
        ],
        rows: rows.map((row) => [periodCell(row.period, grain), row.cr4, row.cr10, row.hhi, row.gini, row.members]),
      },
      cut: lastCut(data),
    };
  },
  draws: linesOverTime,
  native: nativeLines,
});

function linesOf(rows: ConcentrationAnswer['rows'], scope: MemberScope): LinesData {
  const t = memberWords.say(scope.language);
  const { range, grain } = courseWindow(scope);
  return {
    periods: rows.map((row) => row.period),
    grain,
    lines: [
      { id: 'cr10', name: t('cr10'), hue: 'grey', values: rows.map(({ cr10 }) => cr10) },
      { id: 'cr4', name: t('cr4'), hue: 0, values: rows.map(({ cr4 }) => cr4) },
    ],
    kind: 'fraction',
    partial: {
      periods: rows.filter(({ partial }) => partial).map((row) => row.period),
      asOf: lastDrawnDay(scope.asOf, range.to),
    },
    measure: t('concentration_title', { name: nameOf(scope, 'primary_genre') }),
  };
}
