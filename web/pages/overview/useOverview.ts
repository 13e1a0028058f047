import { useMemo } from 'react';
import type { ClubAnswer } from '../../../server/contract/analyses.ts';
import { useClub, useMovers, useQueryBatch } from '../../data/hooks.ts';
import { useSame } from '../../data/useSame.ts';
import { type DateRange, ends } from '../../filters/ranges.ts';
import { useScope } from '../../filters/scope.tsx';
import { trendWindow } from '../../filters/trend.ts';

export const KPI_MEASURES = ['views', 'active_series', 'overseas_share', 'ai_share'] as const;

/** Everything the overview asks: one batch, the club once for range, course and comparison, movers by three dimensions. */
export function useOverview() {
  const { range, since, comparison, compared } = useScope();
  const trend = trendWindow(range, since);
  const measures = [...KPI_MEASURES];
  const batch = useQueryBatch({
    totals: { measures, ...(comparison === 'none' ? {} : { compare: comparison }) },
    course: { measures, time: { ...trend.range, grain: trend.grain } },
  });
  const earliest = [trend.range.from, compared?.from ?? range.from].sort()[0] ?? range.from;
  const club = useClub({ from: earliest });
  const compares = { enabled: comparison !== 'none' };
  return {
    trend,
    batch,
    club,
    formats: useMovers({ by: 'format' }, compares),
    genres: useMovers({ by: 'primary_genre' }, compares),
    producers: useMovers({ by: 'producer' }, compares),
  };
}

/** Those who crossed within a range, and how many each producer has of them, most first. */
export function clubWithin(club: ClubAnswer, range: DateRange): Pick<ClubAnswer, 'rows' | 'by_producer'> {
  const [from, to] = ends(range);
  const rows = club.rows.filter(({ crossed_at }) => {
    const day = crossed_at?.slice(0, 10);
    return day !== undefined && day >= from && day <= to;
  });
  const counts = new Map<string, { producer: string; producer_label: string; count: number; share: number }>();
  for (const { producer, producer_label } of rows) {
    const count = (counts.get(producer)?.count ?? 0) + 1;
    counts.set(producer, { producer, producer_label, count, share: count / rows.length });
  }
  return { rows, by_producer: [...counts.values()].sort((a, b) => b.count - a.count) };
}

/** `clubWithin`, kept while neither changed. */
export function useClubWithin(club: ClubAnswer | undefined, range: DateRange | null) {
  const same = useSame(range);
  return useMemo(() => (club === undefined || same === null ? undefined : clubWithin(club, same)), [club, same]);
}
