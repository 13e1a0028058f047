import { useMemo } from 'react';
import { usePageState } from '../../data/pageState.ts';
import { useScope } from '../../data/scope.tsx';
import { useAnswers } from '../../data/useFigure.ts';
import { useWords } from '../../data/useWords.ts';
import { producerClub } from '../../figures/producers/clubMembers.ts';
import { CLUB_THRESHOLD, DAYS, HITS, leagueParams, mostMembers } from '../../figures/producers/league.ts';
import { producerShares } from '../../figures/producers/shares.ts';
import { compact, range as rangeText } from '../../i18n/numbers.ts';
import { Card, CardRow } from '../../ui/Card.tsx';
import { Chart, SourceLine } from '../../ui/chart/Chart.tsx';
import { Picker } from '../../ui/chart/Picker.tsx';
import { useSource } from '../../ui/chart/useSource.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Notes } from '../../ui/Notes.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { TableSkeleton } from '../../ui/Skeletons.tsx';
import { LeagueTable } from './LeagueTable.tsx';
import { useProducersWords } from './words.ts';

/** Below so many releases old enough, a hit rate needs a word of explanation. */
const FEW = 200;

export function ProducersPage() {
  const { t, language } = useProducersWords();
  const { t: common } = useWords();
  const { range, compared } = useScope();
  const [state, setState] = usePageState(leagueParams);
  const [hitThreshold, days] = [Number(state.hit), Number(state.days)];
  const { answers, isPending, error, retry } = useAnswers(producerShares);
  const league = answers?.producers;
  const rows = league?.rows;
  const owners = useMemo(() => mostMembers(rows ?? []), [rows]);
  const source = useSource(league?.meta);
  const when = { range: rangeText(range.from, range.to, language) };
  const subtitle =
    compared === null
      ? t('league_subtitle_alone', when)
      : t('league_subtitle', {
          ...when,
          versus: t('versus', { range: rangeText(compared.from, compared.to, language) }),
        });
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
        {isPending && <TableSkeleton rows={15} tools />}
        {error !== null && <ErrorState error={error} onRetry={retry} />}
        {rows !== undefined && rows.length === 0 && (
          <EmptyState title={common('no_rows')} text={common('no_rows_text')} />
        )}
        {rows !== undefined && rows.length > 0 && (
          <LeagueTable
            rows={rows}
            caption={subtitle}
            threshold={CLUB_THRESHOLD}
            hitThreshold={hitThreshold}
            days={days}
          />
        )}
      </Card>
      <CardRow>
        <Chart figure={producerShares} owners={owners} />
        <Chart figure={producerClub} owners={owners} />
      </CardRow>
      <Notes notes={league?.meta.notes ?? []} />
    </PageFrame>
  );
}
