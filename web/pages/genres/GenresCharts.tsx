import { useMemo } from 'react';
import type { GenresAnswer } from '../../../server/contract/analyses.ts';
import { boxes } from '../../charts/boxes.ts';
import { bubble } from '../../charts/bubble.ts';
import { lastDrawnDay } from '../../charts/cut.ts';
import { heatmap } from '../../charts/heatmap.ts';
import { heightForRows, TALL_CHART } from '../../charts/heights.ts';
import { linesOverTime } from '../../charts/linesOverTime.ts';
import { useAnalysis, useQueryAnswer } from '../../data/hooks.ts';
import { useScope } from '../../data/scope.tsx';
import { indexBases, trendWindow } from '../../filters/trend.ts';
import { period, range as rangeText, ratio } from '../../i18n/numbers.ts';
import { Chart, type ChartQuery } from '../../ui/chart/OldChart.tsx';
import {
  bestOpportunity,
  genreByFormat,
  indexLines,
  type Split,
  supplyAgainstDemand,
  viewsPerSeries,
} from './genresData.ts';
import { useGenresWords } from './words.ts';

interface PartProps {
  split: Split;
  chosen: readonly string[];
}

/** Supply against demand, one bubble a genre. */
export function SupplyDemandChart({
  split,
  chosen,
  answer,
  query,
}: PartProps & { answer: GenresAnswer | undefined; query: ChartQuery }) {
  const { t, language } = useGenresWords();
  const { range } = useScope();
  const when = rangeText(range.from, range.to, language);
  const data = useMemo(() => {
    const words = {
      supply: t('supply_share'),
      demand: t('demand_share'),
      views: t('views'),
      opportunity: t('opportunity'),
      active: t('active'),
      growth: t('growth'),
      measure: t('bubble_subtitle', { range: when }),
    };
    return answer === undefined ? undefined : supplyAgainstDemand(answer.rows, split, chosen, language, words);
  }, [answer, split, chosen, language, t, when]);
  const best = bestOpportunity(answer?.rows ?? []);
  const title =
    best === undefined
      ? t('bubble_title')
      : t('bubble_lead', { name: best.member_label, index: ratio(best.opportunity_index) });
  return (
    <Chart
      title={title}
      subtitle={t('bubble_subtitle', { range: when })}
      definition={t('opportunity_definition')}
      build={bubble}
      data={data}
      table={{
        columns: [
          { id: 'member', header: t(split === 'format' ? 'member_format' : 'member'), kind: 'text' },
          { id: 'supply', header: t('supply_share'), kind: 'fraction' },
          { id: 'demand', header: t('demand_share'), kind: 'fraction' },
          { id: 'opportunity', header: t('opportunity'), kind: 'ratio' },
          { id: 'views', header: t('views'), kind: 'count' },
        ],
        rows: (answer?.rows ?? []).map((row) => [
          row.member_label,
          row.supply_share,
          row.demand_share,
          row.opportunity_index,
          row.views,
        ]),
      }}
      query={query}
      meta={answer?.meta}
      height={TALL_CHART}
    />
  );
}

/** Index of views to the first month, of the largest genres. */
export function TrendChart({ split, chosen }: PartProps) {
  const { t, language } = useGenresWords();
  const { range, since, asOf } = useScope();
  const trend = trendWindow(range, since);
  const until = lastDrawnDay(asOf, trend.range.to);
  const bases = indexBases(trend.range.from, trend.range.to, since);
  const growth = useAnalysis('growth', {
    by: split,
    measure: 'views',
    grain: bases.grain,
    limit: 7,
    from: bases.grain === 'week' ? (bases.starts[0] ?? trend.range.from) : trend.range.from,
    to: trend.range.to,
    base: bases.starts[0],
  });
  const first = growth.data?.rows
    .filter((row) => row.index === 100)
    .map((row) => row.period)
    .sort()[0];
  const subtitle =
    first === undefined
      ? t('trend_subtitle_no_base')
      : t('trend_subtitle', { base: period(first, bases.grain, language) });
  const data = useMemo(
    () =>
      growth.data === undefined
        ? undefined
        : indexLines(growth.data, split, chosen, language, until, subtitle, bases.grain),
    [growth.data, split, chosen, language, until, subtitle, bases.grain],
  );
  const lastCut = data?.partial.periods.includes(data.periods.at(-1) ?? '') ?? false;
  return (
    <Chart
      title={t('trend_title')}
      subtitle={subtitle}
      definition={t('trend_definition')}
      build={linesOverTime}
      data={data}
      table={{
        columns: [
          { id: 'member', header: t(split === 'format' ? 'member_format' : 'member'), kind: 'text' },
          { id: 'period', header: t(bases.grain), kind: 'text' },
          { id: 'index', header: t('index'), kind: 'index' },
          { id: 'views', header: t('views'), kind: 'count' },
        ],
        rows: (growth.data?.rows ?? []).map((row) => [
          row.member_label,
          bases.grain === 'month' ? row.period.slice(0, 7) : row.period,
          row.index,
          row.value,
        ]),
      }}
      query={growth}
      meta={growth.data?.meta}
      cut={lastCut ? until : null}
      {...(first === undefined ? { empty: t('trend_no_base'), emptyText: t('trend_no_base_text') } : {})}
    />
  );
}

/** What part of each format's views each genre has. */
export function GenreFormatChart() {
  const { t, language } = useGenresWords();
  const { range } = useScope();
  const query = useQueryAnswer({ measures: ['views'], dimensions: ['primary_genre', 'format'] });
  const measure = t('heat_measure');
  const data = useMemo(
    () => (query.data === undefined ? undefined : genreByFormat(query.data, language, measure)),
    [query.data, language, measure],
  );
  return (
    <Chart
      title={t('heat_title')}
      subtitle={t('heat_subtitle', { range: rangeText(range.from, range.to, language) })}
      definition={t('heat_definition')}
      build={heatmap}
      data={data}
      table={{
        columns: [
          { id: 'genre', header: t('member'), kind: 'text' },
          ...(data?.columns ?? []).map((column) => ({ id: column.id, header: column.name, kind: 'fraction' as const })),
        ],
        rows: (data?.rows ?? []).map((row, at) => [
          row.name,
          ...(data?.columns ?? []).map(
            (_, column) => data?.cells.find((cell) => cell.row === at && cell.column === column)?.value ?? null,
          ),
        ]),
      }}
      query={query}
      meta={query.data?.meta}
      height={heightForRows(data?.rows.length ?? 12, { row: 28, top: 54 })}
    />
  );
}

/** How views per series spread within each genre. */
export function SpreadChart({ split, chosen }: PartProps) {
  const { t, language } = useGenresWords();
  const { range } = useScope();
  const query = useQueryAnswer({ measures: ['views'], dimensions: ['series', split], filters: [] });
  const when = t('box_subtitle', { range: rangeText(range.from, range.to, language) });
  const counted = t('series');
  const data = useMemo(
    () =>
      query.data === undefined
        ? undefined
        : viewsPerSeries(query.data, split, chosen, language, { measure: when, counted }),
    [query.data, split, chosen, language, when, counted],
  );
  return (
    <Chart
      title={t('box_title')}
      subtitle={when}
      definition={t('box_definition')}
      build={boxes}
      data={data}
      table={{
        columns: [
          { id: 'member', header: t(split === 'format' ? 'member_format' : 'member'), kind: 'text' },
          { id: 'count', header: t('series'), kind: 'count' },
          ...(['min', 'q1', 'median', 'q3', 'max'] as const).map((id) => ({
            id,
            header: t(id),
            kind: 'count' as const,
          })),
        ],
        rows: (data?.rows ?? []).map((row) => [row.name, row.count, row.min, row.q1, row.median, row.q3, row.max]),
      }}
      query={query}
      meta={query.data?.meta}
      height={heightForRows(data?.rows.length ?? 12, { row: 35, top: 24, foot: 30 })}
      {...(query.data?.meta.truncated === true ? { note: t('box_truncated') } : {})}
    />
  );
}
