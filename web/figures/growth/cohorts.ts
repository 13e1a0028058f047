import { z } from 'zod';
import type { CohortsAnswer } from '../../../server/contract/analyses-depth.ts';
import { type HeatData, heatmap } from '../../charts/heatmap.ts';
import { heightForRows } from '../../charts/heights.ts';
import { markOf } from '../../filters/marks.ts';
import { trendWindow } from '../../filters/trend.ts';
import { compact, during, exact, month, percent, toNumber } from '../../i18n/numbers.ts';
import { analysis } from '../calls.ts';
import { type FigureScope, figure } from '../figure.ts';
import { noRows } from '../nothing.ts';
import { growthWords } from './words.ts';

export const COHORT_VALUES = ['views', 'retention'] as const;
const params = z.object({ cohort: z.enum(COHORT_VALUES).catch('views') });
type CohortScope = FigureScope<z.output<typeof params>>;

const WEEKS = 13;
const heightOf = (rows: number): number => heightForRows(rows, { row: 28, top: 54 });

/** Months of release: those of the range, of a short one the year that leads to it. */
const releases = ({ range, since }: CohortScope) => trendWindow({ range, since }).range;

export const growthCohorts = figure({
  id: 'growth.cohorts',
  params,
  heads: (scope) => {
    const t = growthWords.say(scope.language);
    const { from, to } = releases(scope);
    return {
      title: t('cohorts_title'),
      subtitle: t(`cohorts_${scope.params.cohort}`, { when: during(from, to, scope.language) }),
      definition: t('cohorts_definition'),
      height: heightOf(12),
    };
  },
  asks: (scope) => ({ cohorts: analysis(scope, 'cohorts', { ...releases(scope), weeks: WEEKS }) }),
  says: ({ cohorts }, scope) => {
    const t = growthWords.say(scope.language);
    const data = heatOf(cohorts.rows, scope);
    if (data === undefined)
      return cohorts.rows.length === 0
        ? { ...noRows(scope), nothing: t('cohorts_none'), remedy: t('cohorts_none_text') }
        : { nothing: t('cohorts_young'), remedy: t('cohorts_young_text') };
    return {
      data,
      height: heightOf(data.rows.length),
      notes: leftOutNotes(cohorts.rows, data, scope),
      table: {
        columns: [
          { id: 'cohort', header: t('cohort'), kind: 'text' },
          { id: 'week', header: t('cohort_week'), kind: 'count' },
          { id: 'series', header: t('cohort_series'), kind: 'count' },
          { id: 'views', header: t('cohort_views'), kind: 'count' },
          { id: 'retention', header: t('cohort_retention'), kind: 'fraction' },
        ],
        rows: cohorts.rows
          .filter(({ complete }) => complete)
          .map((row) => [row.cohort.slice(0, 7), row.week + 1, row.series, row.views_per_series, row.retention]),
        marks: cohorts.rows
          .filter(({ complete }) => complete)
          .map(({ cohort }) => markOf('release_month', cohort, month(cohort, scope.language))),
      },
    };
  },
  draws: heatmap,
});

/** Which cohorts have no row as yet, and that cells are missing at the ends of the others. */
function leftOutNotes(
  all: CohortsAnswer['rows'],
  { rows }: HeatData,
  { language, params: { cohort } }: CohortScope,
): string[] {
  const t = growthWords.say(language);
  const drawn = new Set(rows.map(({ id }) => id));
  const young = [...new Set(all.map((row) => row.cohort))].filter((one) => !drawn.has(one)).toSorted();
  const names = young.map((one) => month(one, language)).join(t('cohorts_between'));
  return [
    ...(young.length === 0 ? [] : [t(`cohorts_too_young_${cohort}`, { names })]),
    ...(all.some((row) => !row.complete && drawn.has(row.cohort)) ? [t('cohorts_incomplete')] : []),
  ];
}

/** A week that some of a cohort have yet to live is too low, and no cell. The first is 100 % of itself. */
function heatOf(all: CohortsAnswer['rows'], scope: CohortScope): HeatData | undefined {
  const { language, params: chosen } = scope;
  const t = growthWords.say(language);
  const retention = chosen.cohort === 'retention';
  const rows = all.filter(({ complete, week }) => complete && !(retention && week === 0));
  const cohorts = [...new Set(rows.map(({ cohort }) => cohort))].toSorted();
  const weeks = [...new Set(rows.map(({ week }) => week))].toSorted((a, b) => a - b);
  if (cohorts.length === 0) return undefined;
  return {
    rows: cohorts.map((id) => ({
      id,
      name: month(id, language),
      mark: markOf('release_month', id, month(id, language)),
    })),
    columns: weeks.map((week) => ({ id: String(week), name: t('cohort_nth', { week: week + 1 }) })),
    cells: rows.map((row) => ({
      row: cohorts.indexOf(row.cohort),
      column: weeks.indexOf(row.week),
      value: retention ? row.retention : row.views_per_series,
      facts: [
        { name: t('cohort_series'), value: exact(row.series) },
        retention
          ? { name: t('cohort_views'), value: compact(row.views_per_series, language) }
          : { name: t('cohort_retention'), value: percent(row.retention) },
        { name: t('cohort_total'), value: compact(toNumber(row.views), language) },
      ],
    })),
    kind: retention ? 'fraction' : 'count',
    ramp: 'sequential',
    measure: t(retention ? 'cohort_retention' : 'cohort_views'),
  };
}
