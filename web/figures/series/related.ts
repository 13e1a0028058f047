import type { Answer, QueryInput } from '../../../server/contract/query.ts';
import type { Scope } from '../../filters/scope.ts';
import { type Call, query } from '../calls.ts';
import { numberCell, textCell } from '../members.ts';

export type RelatedBy = 'franchise' | 'producer';

const MOST = 8;

/** The largest series of a franchise or a producer over all data, whatever the page filters. */
export function relatedCall(scope: Scope, by: RelatedBy, member: string): Call<Answer> {
  const asked: QueryInput = {
    measures: ['cumulative_views'],
    dimensions: ['series'],
    time: { from: scope.since, to: scope.asOf },
    filters: [{ dimension: by, op: 'in', values: [member] }],
    sort: [{ by: 'cumulative_views', dir: 'desc' }],
    // One of them is the series itself.
    limit: MOST + 1,
  };
  return query({ ...scope, filters: [] }, asked);
}

export const relatedRows = (answer: Answer | undefined, own: string): { id: string; label: string; views: number }[] =>
  (answer?.rows ?? [])
    .map((row) => ({
      id: textCell(row.series),
      label: textCell(row.series_label),
      views: numberCell(row.cumulative_views) ?? 0,
    }))
    .filter(({ id }) => id !== own)
    .slice(0, MOST);
