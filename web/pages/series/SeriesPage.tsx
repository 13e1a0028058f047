import { Button } from '@mantine/core';
import { Navigate, useParams } from '@tanstack/react-router';
import type { SeriesAnswer } from '../../../server/contract/analyses.ts';
import { CHART_HEIGHT, heightForRows, LOW_CHART } from '../../charts/heights.ts';
import { ApiError } from '../../data/api/request.ts';
import { useAnalysis } from '../../data/hooks.ts';
import { useScope } from '../../data/scope.tsx';
import { useFilters } from '../../data/useFilters.ts';
import { seriesCumulative } from '../../figures/series/cumulative.ts';
import { seriesDaily } from '../../figures/series/daily.ts';
import { seriesForecast } from '../../figures/series/forecast.ts';
import { seriesPeers } from '../../figures/series/peers.ts';
import { seriesRanks } from '../../figures/series/ranks.ts';
import { seriesRetention } from '../../figures/series/retention.ts';
import { seriesPlatforms, seriesRegions } from '../../figures/series/shares.ts';
import type { DateRange } from '../../filters/ranges.ts';
import { day, during, range as rangeText } from '../../i18n/numbers.ts';
import { Card, CardRow } from '../../ui/Card.tsx';
import { Chart } from '../../ui/chart/Chart.tsx';
import { CompareWith } from '../../ui/compare/CompareWith.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Name } from '../../ui/Name.tsx';
import { Notes } from '../../ui/Notes.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { PageLink } from '../../ui/PageLink.tsx';
import { PageSkeleton } from '../../ui/Skeletons.tsx';
import { WhenSeen } from '../../ui/WhenSeen.tsx';
import { AboutCard } from './AboutCard.tsx';
import { AnomaliesCard } from './AnomaliesCard.tsx';
import { MilestonesCard } from './MilestonesCard.tsx';
import { RelatedCards } from './RelatedCards.tsx';
import { SeriesTotals, useFormatName } from './SeriesTotals.tsx';
import { useWords } from './words.ts';

export function SeriesPage() {
  const { t } = useWords();
  const { id = '' } = useParams({ strict: false });
  const query = useAnalysis('series', { id });
  const back = <PageLink page="series">{t('back')}</PageLink>;
  if (query.isPending) return <PageSkeleton />;
  if (query.isError) {
    const missing = query.error instanceof ApiError && query.error.code === 'unknown_member';
    return missing ? (
      <EmptyState page title={t('missing')} text={t('missing_text')} action={back} />
    ) : (
      <ErrorState error={query.error} onRetry={() => void query.refetch()} />
    );
  }
  const holds = query.data.series.series;
  // While the next series is fetched, the answer is still the one before.
  if (holds !== id && !query.isPlaceholderData)
    return <Navigate to="/series/$id" params={{ id: holds }} search replace />;
  return <Loaded answer={query.data} id={id} />;
}

/** Six rows of a table and its head, before the cards of related series are there. */
const RELATED_HEIGHT = heightForRows(6, { row: 36, top: 38 });

/** The days of a series that has data, but none in the chosen time. */
function dataElsewhere({ daily, totals }: SeriesAnswer): DateRange | null {
  const { first_day: from, last_day: to } = totals;
  return daily.length > 0 || from === null || to === null ? null : { from, to };
}

function Loaded({ answer, id }: { answer: SeriesAnswer; id: string }) {
  const { t, language } = useWords();
  const { range, catalog } = useScope();
  const { setTime } = useFilters();
  const { series } = answer;
  const elsewhere = dataElsewhere(answer);
  const byEpisode = catalog.dimensions.some((one) => one.id === 'episode' && one.available);
  return (
    <PageFrame
      title={series.series_label}
      above={<PageLink page="series">{t('back')}</PageLink>}
      subtitle={<Subtitle answer={answer} />}
      actions={<CompareWith dimension="series" id={id} />}
    >
      <SeriesTotals answer={answer} />
      {elsewhere === null ? (
        <>
          <Chart figure={seriesCumulative} given={{ id }} />
          <WhenSeen height={LOW_CHART}>
            <Chart figure={seriesDaily} given={{ id }} />
            <AnomaliesCard id={id} />
          </WhenSeen>
        </>
      ) : (
        <Card>
          <EmptyState
            title={t('elsewhere', { when: during(range.from, range.to, language) })}
            text={t('elsewhere_text', { range: rangeText(elsewhere.from, elsewhere.to, language) })}
            action={<Button onClick={() => setTime({ kind: 'dates', ...elsewhere })}>{t('elsewhere_show')}</Button>}
          />
        </Card>
      )}
      <WhenSeen height={LOW_CHART}>
        <Chart figure={seriesRanks} given={{ id }} />
      </WhenSeen>
      <WhenSeen height={CHART_HEIGHT}>
        <Chart figure={seriesForecast} given={{ id }} />
      </WhenSeen>
      <WhenSeen height={CHART_HEIGHT}>
        <Chart figure={seriesPeers} given={{ id }} />
      </WhenSeen>
      {byEpisode && (
        <WhenSeen height={CHART_HEIGHT}>
          <Chart figure={seriesRetention} given={{ id }} />
        </WhenSeen>
      )}
      <CardRow>
        <MilestonesCard answer={answer} />
        <AboutCard answer={answer} />
      </CardRow>
      <CardRow>
        <Chart figure={seriesPlatforms} given={{ id }} />
        <Chart figure={seriesRegions} given={{ id }} />
      </CardRow>
      <WhenSeen height={RELATED_HEIGHT}>
        <RelatedCards answer={answer} />
      </WhenSeen>
      <Notes notes={answer.meta.notes} />
    </PageFrame>
  );
}

function Subtitle({ answer: { series } }: { answer: SeriesAnswer }) {
  const { t, language } = useWords();
  const format = useFormatName(series.format);
  const other = [series.title, series.title_en].find((title) => title !== null && title !== series.series_label);
  const parts = [
    series.producers.map(({ label }) => label).join(' / '),
    format,
    series.genres.map(({ label }) => label).join(' / '),
    series.release_at === null
      ? t('release_unknown')
      : t('released', { date: day(series.release_at.slice(0, 10), language) }),
    series.episodes === null ? null : t('episodes', { count: series.episodes }),
    series.paywall_episode === null ? null : t('paywall', { episode: series.paywall_episode }),
  ];
  const said = parts.filter((part) => part != null && part !== '').join(' · ');
  if (other === undefined || other === null) return said;
  return (
    <>
      <Name text={other} /> · {said}
    </>
  );
}
