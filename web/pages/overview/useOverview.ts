import { useMemo } from 'react';
import type { ClubAnswer } from '../../../server/contract/analyses.ts';
import { answered, useCall, useQueryBatch } from '../../data/hooks.ts';
import { useScope } from '../../data/scope.tsx';
import { useSame } from '../../data/useSame.ts';
import { kpiClub, kpiQueries } from '../../figures/overview/kpis.ts';
import { type DateRange, ends } from '../../filters/ranges.ts';
import { trendWindow } from '../../filters/trend.ts';
import { knownPart, withMaking, withMarket } from './known.ts';

export function useOverview() {
  const scope = useScope();
  const trend = trendWindow(scope);
  const batch = useQueryBatch(kpiQueries(scope));
  const club = useCall(kpiClub(scope));
  const totals = answered(batch.data?.totals);
  return {
    trend,
    known: {
      overseas: knownPart(answered(batch.data?.markets), withMarket),
      ai: knownPart(answered(batch.data?.makings), withMaking),
    },
    /** Whether more is tracked in one of the ranges than in the other: growth is then not only viewing. */
    widened: totals?.meta.notes.some(({ code }) => code === 'tracking_widened') ?? false,
    notes: [...(totals?.meta.notes ?? []), ...(club.data?.meta.notes ?? [])],
    batch,
    club,
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
