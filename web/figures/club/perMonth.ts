import type { ClubAnswer } from '../../../server/contract/analyses.ts';
import { LOW_CHART } from '../../charts/heights.ts';
import { memberHue } from '../../charts/look.ts';
import { nativeColumns } from '../../charts/native/columns.ts';
import { type ColumnsData, stackedColumns } from '../../charts/stackedColumns.ts';
import { markOf, periodSpan, within } from '../../filters/marks.ts';
import { addMonths, monthEnd, monthStart } from '../../filters/ranges.ts';
import { range as rangeText } from '../../i18n/numbers.ts';
import { figure } from '../figure.ts';
import {
  amountOf,
  type ClubRow,
  type ClubScope,
  clubParams,
  everCall,
  nobodyCrossed,
  producersByCount,
} from './club.ts';
import { clubWords } from './words.ts';

const subtitleOf = (scope: ClubScope): string =>
  clubWords.say(scope.language)('per_month_subtitle', {
    threshold: amountOf(scope),
    range: rangeText(scope.since, scope.asOf, scope.language),
  });

export const clubPerMonth = figure({
  id: 'club.per_month',
  params: clubParams,
  heads: (scope) => {
    const t = clubWords.say(scope.language);
    return {
      title: t('per_month_title'),
      subtitle: subtitleOf(scope),
      definition: t('crossing_definition'),
      height: LOW_CHART,
    };
  },
  asks: (scope) => ({ ever: everCall(scope) }),
  says: ({ ever }, scope) => {
    const { asOf, language } = scope;
    const cut = asOf < monthEnd(asOf) ? asOf : null;
    const data = columnsOf(ever, scope, cut !== null);
    if (data === undefined) return { ...nobodyCrossed(scope), cut };
    return {
      data,
      table: {
        columns: [
          { id: 'month', header: clubWords.say(language)('month'), kind: 'text' },
          ...data.parts.map(({ id, name, mark }) => ({ id, header: name, kind: 'count' as const, mark })),
        ],
        rows: data.periods.map((month, at) => [
          month.slice(0, 7),
          ...data.parts.map(({ values }) => values[at] ?? null),
        ]),
        marks: data.periods.map((month) => within(undefined, periodSpan(month, 'month'))),
      },
      cut,
    };
  },
  draws: stackedColumns,
  native: nativeColumns,
});

/** One part a producer, the others in one grey part. */
function columnsOf(ever: ClubAnswer, scope: ClubScope, cut: boolean): ColumnsData | undefined {
  const { since, asOf, owners = producersByCount(ever, undefined) } = scope;
  const dated = ever.rows.filter((row) => row.crossed_at !== null);
  if (dated.length === 0) return undefined;
  const periods = monthsBetween(since, asOf);
  const count = (mine: (row: ClubRow) => boolean): number[] =>
    periods.map(
      (month) => dated.filter((row) => mine(row) && row.crossed_at?.slice(0, 7) === month.slice(0, 7)).length,
    );
  const parts: ColumnsData['parts'][number][] = owners.flatMap((id) => {
    const name = ever.by_producer.find((one) => one.producer === id)?.producer_label;
    return name === undefined
      ? []
      : [
          {
            id,
            name,
            hue: memberHue('producer', id, owners),
            values: count((row) => row.producer === id),
            mark: markOf('producer', id, name),
          },
        ];
  });
  const rest = count((row) => !owners.includes(row.producer));
  // Data may name a producer “(others)”, too, and ids of a chart must differ.
  const others = {
    id: '(others) of the chart',
    name: clubWords.say(scope.language)('other_producers'),
    hue: 'grey' as const,
    values: rest,
  };
  return {
    periods,
    grain: 'month',
    parts: rest.some((value) => value > 0) ? [...parts, others] : parts,
    kind: 'count',
    partial: { periods: cut ? [monthStart(asOf)] : [], asOf, adds: true },
    measure: subtitleOf(scope),
  };
}

function monthsBetween(from: string, to: string): string[] {
  const months: string[] = [];
  for (let month = monthStart(from); month <= to; month = addMonths(month, 1)) months.push(month);
  return months;
}
