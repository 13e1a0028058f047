import type { Scope } from '../../../contract/analyses.ts';
import type { Meta } from '../../../contract/query.ts';
import type { Comparison } from '../../language/calendar.ts';
import type { Engine } from '../../language/engine.ts';
import type { Charts } from '../../query/charts.ts';
import { comparisonNotes } from '../../query/comparison-notes.ts';
import { metaOf } from '../../query/meta.ts';
import { missingReleases } from '../../query/query.ts';
import type { TableChoice } from '../../query/rollups.ts';
import { type AnalysisScope, requireMeasure, scopeOf } from './scope.ts';

/** What an analysis of members over two ranges found, and what its `meta` is to say of it. */
interface Found<A> {
  readonly answer: A;
  readonly comparison: Comparison;
  readonly choice: TableChoice;
  readonly charts: Charts | null;
  /** Whether series without a release date are left out of some column. */
  readonly countsReleases: boolean;
  readonly partialPeriods?: readonly string[];
}

/**
 * What every table of members begins and ends with if it compares two ranges: its scope, checked, that there are views,
 * and `meta` with the notes of the comparison.
 * @throws ProblemError as `scopeOf`, and `measure_unavailable` without views
 */
export async function comparing<A extends object>(
  engine: Engine,
  params: Pick<Scope, 'from' | 'to' | 'filters'>,
  find: (scope: AnalysisScope) => Promise<Found<A>>,
): Promise<A & { meta: Meta }> {
  const startedAt = performance.now();
  const scope = scopeOf(engine, params);
  requireMeasure(engine, 'views');
  const { answer, comparison, choice, charts, countsReleases, partialPeriods } = await find(scope);
  const notes = [
    ...(await comparisonNotes(engine, comparison, scope)),
    ...(countsReleases ? await missingReleases(engine) : []),
  ];
  return {
    ...answer,
    meta: metaOf({
      state: engine.state,
      startedAt,
      filters: scope.filters,
      ranges: [comparison.current, comparison.previous],
      choice,
      alignment: comparison.alignment,
      charts,
      notes,
      ...(partialPeriods ? { partialPeriods } : {}),
    }),
  };
}
