import type { Scope } from '../../../../contract/analyses.ts';
import type { Meta } from '../../../../contract/query.ts';
import type { Comparison } from '../../../language/calendar.ts';
import type { Engine } from '../../../language/engine.ts';
import type { Charts } from '../../../query/charts.ts';
import { comparisonNotes } from '../../../query/comparison-notes.ts';
import { metaOf } from '../../../query/meta.ts';
import { missingReleases } from '../../../query/query.ts';
import type { TableChoice } from '../../../query/rollups.ts';
import { type AnalysisScope, requireMeasure, scopeOf } from '../scope.ts';

interface Found<A> {
  readonly answer: A;
  readonly comparison: Comparison;
  readonly choice: TableChoice;
  readonly charts: Charts | null;
  /** A column leaves out series without a release date. */
  readonly countsReleases: boolean;
  readonly partialPeriods?: readonly string[];
}

/** Checks scope and views, and adds the comparison's notes. @throws ProblemError as `scopeOf`; `measure_unavailable` */
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
