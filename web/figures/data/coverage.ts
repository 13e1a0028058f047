import { z } from 'zod';
import type { CoverageAnswer, CoverageRow } from '../../../server/contract/coverage.ts';
import { ENDPOINTS } from '../../../server/contract/endpoints.ts';
import { type CoverageRun, type CoverageStripData, coverageStrips } from '../../charts/coverageStrips.ts';
import { heightForRows } from '../../charts/heights.ts';
import { markOf, within } from '../../filters/marks.ts';
import type { Language } from '../../i18n/i18n.ts';
import { days } from '../../i18n/numbers.ts';
import type { Call } from '../calls.ts';
import { figure } from '../figure.ts';
import { coverageWords } from './words.ts';

const heightOf = (sources: number): number => heightForRows(sources, { row: 34, top: 32, foot: 42 });

/** Of the whole log, whatever the scope is. */
const wholeLog: Call<CoverageAnswer> = { name: 'coverage', endpoint: ENDPOINTS.coverage, given: {} };

export const dataCoverage = figure({
  id: 'data.coverage',
  params: z.object({}),
  heads: ({ language, catalog }) => {
    const t = coverageWords.say(language);
    return {
      title: t('whole'),
      subtitle: t('subtitle'),
      definition: t('definition'),
      height: heightOf(catalog.dataset.sources.length),
    };
  },
  asks: () => ({ coverage: wholeLog }),
  says: ({ coverage }, { language }) => {
    const t = coverageWords.say(language);
    const { rows, sources } = coverage;
    const ofLaunches = sources.filter(({ kind }) => kind === 'launches').map(({ source }) => source);
    const gaps = sources.reduce((sum, source) => sum + source.gap_days, 0);
    if (rows.length === 0) return { nothing: t('none'), remedy: t('empty') };
    return {
      ...(gaps === 0 ? {} : { title: t('gaps', { count: gaps, days: days(gaps, language) }) }),
      data: stripsOf(coverage, language),
      notes:
        ofLaunches.length === 0 ? [] : [t('launches_note', { list: ofLaunches.join(language === 'zh' ? '、' : ', ') })],
      table: {
        columns: [
          { id: 'source', header: t('source'), kind: 'text' },
          { id: 'kind', header: t('kind'), kind: 'text' },
          { id: 'from', header: t('first_day'), kind: 'text' },
          { id: 'to', header: t('last_day'), kind: 'text' },
          { id: 'rows', header: t('rows'), kind: 'count' },
          { id: 'stated_days', header: t('stated'), kind: 'count' },
          { id: 'estimated_days', header: t('estimated'), kind: 'count' },
          { id: 'gap_days', header: t('gap'), kind: 'count' },
        ],
        rows: sources.map((one) => [
          one.source,
          t(`kind_${one.kind}`),
          one.from,
          one.to,
          one.rows,
          one.stated_days,
          one.estimated_days,
          one.gap_days,
        ]),
        marks: sources.map(({ source }) => markOf('source', source, source)),
      },
      height: heightOf(sources.length),
    };
  },
  draws: coverageStrips,
});

function stripsOf({ rows, sources }: CoverageAnswer, language: Language): CoverageStripData {
  const t = coverageWords.say(language);
  const sorted = sources
    .toSorted((a, b) => b.rows - a.rows)
    .map(({ source }) => ({
      id: source,
      name: source,
      mark: markOf('source', source, source),
    }));
  const at = new Map(sorted.map(({ id }, index) => [id, index]));
  return {
    sources: sorted,
    runs: coverageRuns(rows).map((run) => ({
      ...run,
      source: at.get(run.source) ?? 0,
      mark: within(markOf('source', run.source, run.source), { from: run.from, to: run.to }),
    })),
    words: { stated: t('stated'), estimated: t('estimated'), gap: t('gap'), rows: t('rows') },
  };
}

const DAY = 86_400_000;
const follows = (before: string, day: string): boolean => Date.parse(day) - Date.parse(before) === DAY;

/** Days in a row of one source and state become one run. Rows come by source, then day. */
export function coverageRuns(rows: readonly CoverageRow[]): (Omit<CoverageRun, 'source'> & { source: string })[] {
  const runs: (Omit<CoverageRun, 'source'> & { source: string })[] = [];
  for (const { source, day, state, rows: count } of rows) {
    const last = runs.at(-1);
    if (last !== undefined && last.source === source && last.state === state && follows(last.to, day)) {
      last.to = day;
      last.days += 1;
      last.rows += count;
    } else runs.push({ source, state, from: day, to: day, days: 1, rows: count });
  }
  return runs;
}

/** Gaps of a source that a table shows. */
const MOST_GAPS = 50;

/** The days in a row that are missing, longest first. */
export const longestGaps = (rows: readonly CoverageRow[]): ReturnType<typeof coverageRuns> =>
  coverageRuns(rows)
    .filter(({ state }) => state === 'gap')
    .sort((a, b) => b.days - a.days)
    .slice(0, MOST_GAPS);
