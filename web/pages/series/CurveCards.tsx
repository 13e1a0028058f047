import { useMediaQuery } from '@mantine/hooks';
import { useMemo } from 'react';
import type { SeriesAnswer } from '../../../server/contract/analyses.ts';
import { LOW_CHART } from '../../charts/heights.ts';
import { type LinesData, linesOverTime } from '../../charts/linesOverTime.ts';
import { type Hue, memberHue } from '../../charts/look.ts';
import { type ColumnsData, stackedColumns } from '../../charts/stackedColumns.ts';
import type { AnalysisQuery } from '../../data/hooks.ts';
import { addDays } from '../../filters/ranges.ts';
import { compact, range as rangeText, toNumber } from '../../i18n/numbers.ts';
import { Chart } from '../../ui/chart/OldChart.tsx';
import { useMeasureTerm } from '../../ui/Definition.tsx';
import { useWords } from './words.ts';

type Daily = SeriesPartProps['answer']['daily'];
/** More columns than this are thinner than their gaps: weeks instead. */
const MOST_DAYS = 120;

/** Every day from the first to the last, so that days without data keep their place. */
function calendar(daily: Daily): string[] {
  const first = daily[0]?.day;
  const last = daily[daily.length - 1]?.day;
  if (first === undefined || last === undefined) return [];
  const days: string[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) days.push(day);
  return days;
}

function useCurveTable(daily: Daily) {
  const { t } = useWords();
  return {
    columns: [
      { id: 'day', header: t('day'), kind: 'text' as const },
      { id: 'views', header: t('daily'), kind: 'count' as const },
      { id: 'cumulative_views', header: t('total'), kind: 'count' as const },
    ],
    rows: daily.map(({ day, views, cumulative_views }) => [day, views, cumulative_views]),
  };
}

function useSubtitle(daily: Daily): string {
  const { t, language } = useWords();
  const first = daily[0]?.day;
  const last = daily[daily.length - 1]?.day;
  return first === undefined || last === undefined
    ? ''
    : t('curve_subtitle', { range: rangeText(first, last, language) });
}

/** Crossings as marks on the time axis; of marks too close for their names the greater milestone stays. */
export function marksApart(
  milestones: SeriesPartProps['answer']['milestones'],
  periods: readonly string[],
  least: number,
): { period: string; threshold: number }[] {
  const marks = milestones
    .flatMap(({ reached, crossed_at, threshold }) =>
      reached && crossed_at !== null ? [{ period: crossed_at.slice(0, 10), threshold }] : [],
    )
    .sort((a, b) => b.threshold - a.threshold);
  const at = ({ period }: { period: string }) => periods.indexOf(period) / Math.max(1, periods.length - 1);
  const kept: typeof marks = [];
  for (const mark of marks) if (kept.every((other) => Math.abs(at(other) - at(mark)) >= least)) kept.push(mark);
  return kept.reverse();
}

/** The hue of the series' format, which it wears everywhere. */
const hueOf = (format: string | null): Hue => {
  const own = memberHue('format', format ?? '', []);
  return own === 'grey' ? 0 : own;
};

/** Cumulative views since the first day, a dashed mark at each milestone. */
export function CumulativeCard({ answer, query }: SeriesPartProps) {
  const { t, language } = useWords();
  const { daily, milestones, series, meta } = answer;
  const narrow = useMediaQuery('(max-width: 48em)') ?? false;
  const data = useMemo<LinesData | undefined>(() => {
    const periods = calendar(daily);
    if (periods.length < 2) return undefined;
    const known = new Map(daily.map((row) => [row.day, toNumber(row.cumulative_views)]));
    let before: number | null = null;
    const values = periods.map((day) => {
      before = known.get(day) ?? before;
      return before;
    });
    return {
      periods,
      grain: 'day',
      lines: [{ id: series.series, name: series.series_label, hue: hueOf(series.format), values }],
      kind: 'count',
      partial: { periods: [], asOf: meta.as_of },
      breaks: marksApart(milestones, periods, narrow ? 0.2 : 0.04).map(({ period, threshold }) => ({
        period,
        note: compact(threshold, language),
      })),
      measure: t('cumulative'),
    };
  }, [daily, milestones, series, meta, language, t, narrow]);
  return (
    <Chart
      title={t('cumulative')}
      subtitle={useSubtitle(daily)}
      definition={useMeasureTerm()('cumulative_views').definition}
      build={linesOverTime}
      data={data}
      table={useCurveTable(daily)}
      query={query}
      meta={meta}
      height={LOW_CHART}
      empty={t('no_curve')}
    />
  );
}

/** Views of each day, or of each seven days where days would be too thin. */
export function DailyCard({ answer, query }: SeriesPartProps) {
  const { t } = useWords();
  const { daily, series, meta } = answer;
  const weekly = calendar(daily).length > MOST_DAYS;
  const data = useMemo<ColumnsData | undefined>(() => {
    const days = calendar(daily);
    if (days.length === 0) return undefined;
    const known = new Map(daily.map((row) => [row.day, toNumber(row.views)]));
    const buckets = new Map<string, number | null>();
    for (const day of days) {
      const start = weekly ? mondayOf(day) : day;
      const views = known.has(day) ? (known.get(day) ?? null) : 0;
      const before = buckets.get(start) ?? null;
      buckets.set(start, views === null ? before : (before ?? 0) + views);
    }
    const periods = [...buckets.keys()];
    const last = periods[periods.length - 1] ?? '';
    const cut = weekly && meta.as_of !== null && addDays(last, 6) > meta.as_of;
    return {
      periods,
      grain: weekly ? 'week' : 'day',
      parts: [
        {
          id: series.series,
          name: series.series_label,
          hue: hueOf(series.format),
          values: [...buckets.values()],
        },
      ],
      kind: 'count',
      partial: { periods: cut ? [last] : [], asOf: meta.as_of },
      measure: t('daily'),
    };
  }, [daily, weekly, series, meta, t]);
  return (
    <Chart
      title={t(weekly ? 'weekly' : 'daily')}
      subtitle={useSubtitle(daily)}
      definition={useMeasureTerm()('views').definition}
      build={stackedColumns}
      data={data}
      table={useCurveTable(daily)}
      query={query}
      meta={meta}
      height={LOW_CHART}
      empty={t('no_curve')}
    />
  );
}

function mondayOf(day: string): string {
  return addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
}

export interface SeriesPartProps {
  answer: SeriesAnswer;
  query: AnalysisQuery<'series'>;
}
