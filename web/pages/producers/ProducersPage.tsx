import { useMemo } from 'react';
import { z } from 'zod';
import { useAnalysis } from '../../data/hooks.ts';
import { usePageState } from '../../data/pageState.ts';
import { useScope } from '../../data/scope.tsx';
import { useWords } from '../../data/useWords.ts';
import { compact, range as rangeText } from '../../i18n/numbers.ts';
import { Card, CardRow } from '../../ui/Card.tsx';
import { Picker } from '../../ui/chart/Choice.tsx';
import { SourceLine } from '../../ui/chart/OldChart.tsx';
import { useSource } from '../../ui/chart/useSource.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Notes } from '../../ui/Notes.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { TableSkeleton } from '../../ui/Skeletons.tsx';
import { LeagueTable } from './LeagueTable.tsx';
import { ClubShareChart, ShareChart } from './ProducersCharts.tsx';
import { useProducersWords } from './words.ts';

const THRESHOLD = 1e9;
const HITS = ['10000000', '50000000', '100000000', '500000000'] as const;
const DAYS = ['7', '30', '60', '90'] as const;
/** Below so many releases old enough, a hit rate needs a word of explanation. */
const FEW = 200;
const STATE = z.object({ hit: z.enum(HITS).catch('100000000'), days: z.enum(DAYS).catch('30') });

/** The league of producers: views, movement, club members and hit rate. */
export function ProducersPage() {
  const { t, language } = useProducersWords();
  const { t: common } = useWords();
  const { range, compared } = useScope();
  const [state, setState] = usePageState(STATE);
  const [hitThreshold, days] = [Number(state.hit), Number(state.days)];
  const producers = useAnalysis('producers', { threshold: THRESHOLD, hit_threshold: hitThreshold, days });
  const chosen = useMemo(() => {
    const rows = (producers.data?.rows ?? []).filter((row) => row.club_count > 0 && !row.producer.startsWith('('));
    return rows
      .toSorted((a, b) => b.club_count - a.club_count)
      .slice(0, 5)
      .map((row) => row.producer);
  }, [producers.data]);
  const source = useSource(producers.data?.meta);
  const when = { range: rangeText(range.from, range.to, language) };
  const subtitle =
    compared === null
      ? t('league_subtitle_alone', when)
      : t('league_subtitle', {
          ...when,
          versus: t('versus', { range: rangeText(compared.from, compared.to, language) }),
        });
  const rows = producers.data?.rows;
  const mature = (rows ?? []).reduce((sum, row) => sum + row.mature_releases, 0);
  const foot = (
    <>
      {rows !== undefined && mature < FEW && (
        <p>{t('few_mature', { range: rangeText(range.from, range.to, language), days, count: mature })}</p>
      )}
      <SourceLine source={source} language={language} />
    </>
  );
  return (
    <PageFrame title={t('title')} subtitle={t('subtitle')}>
      <Card
        title={t('league_title')}
        subtitle={subtitle}
        footer={foot}
        actions={
          <>
            <Picker
              label={t('hit_threshold')}
              value={state.hit}
              width={132}
              options={HITS.map((value) => ({ value, label: t('hits_at', { amount: compact(value, language) }) }))}
              onChange={(hit) => setState({ hit })}
            />
            <Picker
              label={t('hit_days')}
              value={state.days}
              width={112}
              options={DAYS.map((value) => ({ value, label: t('days_option', { count: Number(value) }) }))}
              onChange={(next) => setState({ days: next })}
            />
          </>
        }
        flush
      >
        {producers.isPending && <TableSkeleton rows={12} />}
        {producers.error !== null && <ErrorState error={producers.error} onRetry={() => void producers.refetch()} />}
        {rows !== undefined && rows.length === 0 && (
          <EmptyState title={common('no_rows')} text={common('no_rows_text')} />
        )}
        {rows !== undefined && rows.length > 0 && (
          <LeagueTable rows={rows} caption={subtitle} threshold={THRESHOLD} hitThreshold={hitThreshold} days={days} />
        )}
      </Card>
      <CardRow>
        <ShareChart answer={producers.data} query={producers} chosen={chosen} />
        <ClubShareChart answer={producers.data} query={producers} chosen={chosen} threshold={THRESHOLD} />
      </CardRow>
      <Notes notes={producers.data?.meta.notes ?? []} />
    </PageFrame>
  );
}
