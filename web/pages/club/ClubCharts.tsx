import { useMemo } from 'react';
import type { ClubAnswer } from '../../../server/contract/analyses.ts';
import { cumulativeCurves } from '../../charts/cumulativeCurves.ts';
import { LOW_CHART, rowsBeside } from '../../charts/heights.ts';
import { horizontalBars } from '../../charts/horizontalBars.ts';
import { stackedColumns } from '../../charts/stackedColumns.ts';
import { useQueryAnswer } from '../../data/hooks.ts';
import { useScope } from '../../data/scope.tsx';
import type { FigureTable } from '../../figures/figure.ts';
import { monthEnd } from '../../filters/ranges.ts';
import { compact, day, days, hours, range as rangeText } from '../../i18n/numbers.ts';
import { Chart, type ChartQuery } from '../../ui/chart/OldChart.tsx';
import { crossingsPerMonth, fastest, knownProducers, producerBars, raceCurves } from './clubData.ts';
import { useClubWords } from './words.ts';

interface ClubChartProps {
  threshold: number;
  /** Within the bar's range. */
  club: ClubAnswer | undefined;
  query: ChartQuery;
  chosen: readonly string[];
}

/** Cumulative curves of the members by days since release. */
export function RaceChart({ threshold, club, query }: ClubChartProps) {
  const { t, language } = useClubWords();
  const { since, asOf } = useScope();
  const members = useMemo(() => (club?.rows ?? []).filter((row) => (row.release_at ?? '') >= since), [club, since]);
  const ids = members.map((row) => row.series).slice(0, 500);
  const curves = useQueryAnswer(
    {
      measures: ['views'],
      dimensions: ['series', 'day_since_release'],
      time: { from: since, to: asOf },
      filters: [{ dimension: 'series', op: 'in', values: ids.length === 0 ? ['(none)'] : ids }],
    },
    { enabled: ids.length > 0 },
  );
  const measure = t('cumulative_views');
  const data = useMemo(
    () =>
      curves.data === undefined || members.length === 0
        ? undefined
        : raceCurves(curves.data, members, language, threshold, measure),
    [curves.data, members, language, threshold, measure],
  );
  const table: FigureTable = {
    columns: [
      { id: 'day', header: t('day'), kind: 'count' },
      ...(data?.curves ?? []).map((curve) => ({ id: curve.id, header: curve.name, kind: 'count' as const })),
    ],
    rows: Array.from({ length: Math.max(0, ...(data?.curves ?? []).map((curve) => curve.values.length)) }, (_, at) => [
      at + 1,
      ...(data?.curves ?? []).map((curve) => curve.values[at] ?? null),
    ]),
  };
  const first = fastest(members);
  const title =
    first === undefined
      ? t('race_title')
      : t('race_lead', {
          series: first.series_label,
          speed: first.hours_to === null ? days(first.days_to, language) : hours(first.hours_to, language),
          threshold: compact(threshold, language),
        });
  const unknown = (club?.rows ?? []).filter((row) => row.release_at === null).length;
  const earlier = (club?.rows.length ?? 0) - members.length - unknown;
  const leftOut = [
    ...(earlier > 0 ? [t('race_left_out', { count: earlier })] : []),
    ...(unknown > 0 ? [t('race_no_release', { count: unknown })] : []),
  ];
  // There are members, but none has a day 1 to be drawn from.
  const noStart = club !== undefined && club.rows.length > 0 && members.length === 0;
  return (
    <Chart
      title={title}
      subtitle={t('race_subtitle', { date: day(asOf, language) })}
      definition={t('race_definition')}
      build={cumulativeCurves}
      data={data}
      table={table}
      query={ids.length === 0 ? query : curves}
      meta={curves.data?.meta ?? club?.meta}
      {...(noStart
        ? { empty: t('race_no_start'), emptyText: leftOut.join(language === 'zh' ? '' : ' ') }
        : { empty: t('empty_title', { threshold: compact(threshold, language) }), emptyText: t('empty_text') })}
      {...(leftOut.length > 0 && !noStart ? { note: leftOut.join(language === 'zh' ? '' : ' ') } : {})}
    />
  );
}

/** How many members each producer has. */
export function ProducerBarsChart({ threshold, club, query, chosen }: ClubChartProps) {
  const { t, language } = useClubWords();
  const { range } = useScope();
  const amount = compact(threshold, language);
  const measure = t('count');
  const data = useMemo(
    () => (club === undefined ? undefined : producerBars(club, chosen, measure)),
    [club, chosen, measure],
  );
  const [first, second] = knownProducers(club);
  const total = club?.rows.length ?? 0;
  const leads = first !== undefined && first.count >= 2 && first.count > (second?.count ?? 0);
  return (
    <Chart
      title={
        leads
          ? t('by_producer_lead', { producer: first.producer_label, count: first.count, total })
          : t('by_producer_title', { threshold: amount })
      }
      subtitle={t('by_producer_subtitle', { threshold: amount, range: rangeText(range.from, range.to, language) })}
      definition={t('crossing_definition')}
      build={horizontalBars}
      data={data}
      table={{
        columns: [
          { id: 'producer', header: t('producer'), kind: 'text' },
          { id: 'count', header: t('count'), kind: 'count' },
          { id: 'share', header: t('share'), kind: 'fraction' },
        ],
        rows: (club?.by_producer ?? []).map((one) => [one.producer_label, one.count, one.share]),
      }}
      query={query}
      meta={club?.meta}
      height={rowsBeside(Math.min(12, Math.max(1, club?.by_producer.length ?? 3)), LOW_CHART)}
      empty={t('empty_title', { threshold: amount })}
    />
  );
}

/** Crossings per month over the whole log. */
export function PerMonthChart({
  threshold,
  all,
  allQuery,
  chosen,
}: {
  threshold: number;
  all: ClubAnswer | undefined;
  allQuery: ChartQuery;
  chosen: readonly string[];
}) {
  const { t, language } = useClubWords();
  const { since, asOf } = useScope();
  const amount = compact(threshold, language);
  const cut = asOf < monthEnd(asOf);
  const others = t('other_producers');
  const measure = t('per_month_subtitle', { threshold: amount, range: rangeText(since, asOf, language) });
  const data = useMemo(() => {
    const partial = { periods: cut ? [`${asOf.slice(0, 7)}-01`] : [], asOf };
    return all === undefined
      ? undefined
      : crossingsPerMonth(all, { from: since, to: asOf }, chosen, { others, measure }, partial);
  }, [all, since, asOf, chosen, others, measure, cut]);
  return (
    <Chart
      title={t('per_month_title')}
      subtitle={measure}
      definition={t('crossing_definition')}
      build={stackedColumns}
      data={data}
      table={{
        columns: [
          { id: 'month', header: t('month'), kind: 'text' },
          ...(data?.parts ?? []).map((part) => ({ id: part.id, header: part.name, kind: 'count' as const })),
        ],
        rows: (data?.periods ?? []).map((month, at) => [
          month.slice(0, 7),
          ...(data?.parts ?? []).map((part) => part.values[at] ?? null),
        ]),
      }}
      query={allQuery}
      meta={all?.meta}
      cut={cut ? asOf : null}
      height={LOW_CHART}
      empty={t('empty_title', { threshold: amount })}
    />
  );
}
