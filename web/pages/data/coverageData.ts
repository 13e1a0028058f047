import type { CoverageAnswer, CoverageRow } from '../../../server/contract/coverage.ts';
import type { CoverageRun, CoverageStripData } from '../../charts/coverageStrips.ts';

/** Days in a row of one source and state become one run. Rows come by source, then day, without holes. */
export function coverageRuns(rows: readonly CoverageRow[]): (Omit<CoverageRun, 'source'> & { source: string })[] {
  const runs: (Omit<CoverageRun, 'source'> & { source: string })[] = [];
  for (const { source, day, state, rows: count } of rows) {
    const last = runs.at(-1);
    if (last !== undefined && last.source === source && last.state === state) {
      last.to = day;
      last.days += 1;
      last.rows += count;
    } else runs.push({ source, state, from: day, to: day, days: 1, rows: count });
  }
  return runs;
}

/** The strips of an answer, the sources with most rows first. */
export function coverageStripData(answer: CoverageAnswer, words: CoverageStripData['words']): CoverageStripData {
  const sources = answer.sources
    .toSorted((a, b) => b.rows - a.rows)
    .map(({ source }) => ({ id: source, name: source }));
  const at = new Map(sources.map(({ id }, index) => [id, index]));
  return {
    sources,
    runs: coverageRuns(answer.rows).map((run) => ({ ...run, source: at.get(run.source) ?? 0 })),
    words,
  };
}
