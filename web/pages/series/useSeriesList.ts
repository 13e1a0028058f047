import { useMemo } from 'react';
import type { Answer } from '../../../server/contract/query.ts';
import { ApiError } from '../../data/api/request.ts';
import { answered, useQueryBatch } from '../../data/hooks.ts';
import { useScope } from '../../data/scope.tsx';
import { numberCell, textCell } from '../../figures/members.ts';
import { firstGrowth, firstQuery, type ListMeasure, listQueries } from '../../figures/series/list.ts';
import type { Condition } from '../../filters/conditions.ts';
import type { TableSort } from '../../ui/tableColumn.ts';
import { type SeriesRow, seriesRows } from './seriesRows.ts';

export interface SeriesList {
  rows: readonly SeriesRow[];
  /** How many series there are; null while that is not known. */
  count: number | null;
  /** Whether all rows are there, not the first alone. */
  isWhole: boolean;
  list: Answer | undefined;
  error: unknown;
  retry: () => void;
}

/** The first rows at once, all of them if they are wanted. */
export function useSeriesList(
  measures: readonly ListMeasure[],
  having: readonly Condition[],
  sort: TableSort,
  wanted: boolean,
): SeriesList {
  const scope = useScope();
  const some = measures.length > 0;
  const quick = firstQuery(scope, having, sort);
  const all = wanted || quick === null;
  const whole = useQueryBatch(listQueries(scope, having), { enabled: some && all });
  const isWhole = all && whole.data !== undefined;
  const first = useQueryBatch(
    { list: quick ?? { measures: ['views'] } },
    { enabled: some && quick !== null && !isWhole },
  );
  const firstList = quick === null ? undefined : first.data?.list;
  const ids = (answered(firstList)?.rows ?? []).map((row) => textCell(row.series));
  const growth = useQueryBatch({ growth: firstGrowth(scope, ids) }, { enabled: some && !all && ids.length > 0 });
  const list = isWhole ? whole.data.list : firstList;
  const grown = answered(isWhole ? whole.data.growth : growth.data?.growth);
  const given = answered(list);
  const rows = useMemo(() => (given === undefined ? [] : seriesRows(given, grown, measures)), [given, grown, measures]);
  const asked = all ? whole : first;
  const total = having.length > 0 ? null : numberCell(answered(firstList)?.totals?.active_series);
  return {
    rows,
    count: isWhole ? rows.length : total,
    isWhole,
    list: given,
    error: asked.isError && !isWhole ? asked.error : list instanceof ApiError ? list : null,
    retry: () => void asked.refetch(),
  };
}
