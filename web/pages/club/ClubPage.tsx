import { useCallback, useMemo, useState } from 'react';
import type { ClubAnswer } from '../../../server/contract/analyses.ts';
import { usePageState } from '../../data/pageState.ts';
import { useScope } from '../../data/scope.tsx';
import { useAnswers } from '../../data/useFigure.ts';
import { useMemberLabels } from '../../data/useMemberLabels.ts';
import { clubByProducer } from '../../figures/club/byProducer.ts';
import { type ClubRow, clubParams, fastestOf, knownProducers, producersByCount } from '../../figures/club/club.ts';
import { clubPerMonth } from '../../figures/club/perMonth.ts';
import { clubRace, raceLength } from '../../figures/club/race.ts';
import { clubTimeline, TIMELINE_HEIGHT } from '../../figures/club/timeline.ts';
import { tell } from '../../figures/figure.ts';
import { memberName } from '../../figures/members.ts';
import { markOf } from '../../filters/marks.ts';
import type { Language } from '../../i18n/i18n.ts';
import { compact, during, exact, NO_VALUE } from '../../i18n/numbers.ts';
import { Card, CardRow } from '../../ui/Card.tsx';
import { Chart, SourceLine } from '../../ui/chart/Chart.tsx';
import { useSource } from '../../ui/chart/useSource.ts';
import { Definition } from '../../ui/Definition.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { KpiRow, KpiTile } from '../../ui/KpiTile.tsx';
import { Notes } from '../../ui/Notes.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { TableSkeleton } from '../../ui/Skeletons.tsx';
import { WhenSeen } from '../../ui/WhenSeen.tsx';
import { EarnedTable, MembersTable } from './MembersTable.tsx';
import { NextCard } from './NextCard.tsx';
import { RacePlayer, RaceWaits } from './RacePlayer.tsx';
import { ThresholdChoice } from './ThresholdChoice.tsx';
import { useClubWords, useFigureWords } from './words.ts';

export function ClubPage() {
  const { t, language } = useClubWords();
  const { range } = useScope();
  const [state, setState] = usePageState(clubParams);
  const amount = compact(Number(state.threshold), language);
  const within = useAnswers(clubByProducer);
  const ever = useAnswers(clubPerMonth);
  const club = within.answers?.club;
  const all = ever.answers?.ever;
  const owners = useMemo(() => producersByCount(all, club), [all, club]);
  const when = during(range.from, range.to, language);
  const count = club?.rows.length;
  const headline =
    count === undefined
      ? // Holds the line's room until it is known.
        '\u00a0'
      : count === 0
        ? t('nobody', { range: when, threshold: amount })
        : t('crossed', { range: when, threshold: amount, count });
  if (within.error !== null && club === undefined) return <ErrorState error={within.error} onRetry={within.retry} />;
  return (
    <PageFrame
      title={t('title', { threshold: amount })}
      subtitle={headline}
      actions={<ThresholdChoice value={state.threshold} onChange={(threshold) => setState({ threshold })} />}
    >
      <Tiles amount={amount} club={club} loading={within.isPending} />
      <Race owners={owners} />
      <NextCard threshold={Number(state.threshold)} />
      <CardRow>
        <Chart figure={clubByProducer} owners={owners} />
        <Chart figure={clubPerMonth} owners={owners} />
      </CardRow>
      <WhenSeen height={TIMELINE_HEIGHT}>
        <Chart figure={clubTimeline} />
      </WhenSeen>
      <Members amount={amount} club={club} loading={within.isPending} when={when} />
      <Notes notes={club?.meta.notes ?? []} />
    </PageFrame>
  );
}

/** The race, whole or as far as it is being played. */
function Race({ owners }: { owners: readonly string[] }) {
  const [day, setDay] = useState(0);
  const { answers, scope } = useAnswers(clubRace, { owners });
  const last = useMemo(() => {
    const drawn = answers === undefined ? undefined : tell(clubRace, scope, answers).drawn;
    return drawn === undefined ? 0 : raceLength(drawn.data);
  }, [answers, scope]);
  const onDay = useCallback((next: number) => setDay(next), []);
  return (
    <Chart
      figure={clubRace}
      owners={owners}
      given={{ race_day: String(day) }}
      controls={answers === undefined ? <RaceWaits /> : last > 1 && <RacePlayer last={last} day={day} onDay={onDay} />}
    />
  );
}

interface PartProps {
  amount: string;
  club: ClubAnswer | undefined;
  loading: boolean;
}

const namesOf = ({ series_label, producer, producer_label }: ClubRow): string =>
  producer === '(unknown)' ? series_label : `${series_label} · ${producer_label}`;

/** More are counted; the members' table, first the fastest, has them all. */
const NAMED = 2;

function tiedNames(tied: readonly ClubRow[], t: ReturnType<typeof useClubWords>['t'], language: Language): string {
  const names = tied
    .slice(0, NAMED)
    .map(namesOf)
    .join(language === 'zh' ? '、' : ', ');
  if (tied.length <= NAMED) return names;
  // 等 N 部 counts all of them.
  return t('tile_tied', { names, count: language === 'zh' ? tied.length : tied.length - NAMED });
}

function Tiles({ amount, club, loading }: PartProps) {
  const { t, language } = useClubWords();
  const { t: shared } = useFigureWords();
  const first = club === undefined ? null : fastestOf(club, language);
  const only = first?.members.length === 1 ? first.members[0] : undefined;
  const [leader] = knownProducers(club);
  const some = (club?.rows.length ?? 0) > 0;
  return (
    <KpiRow>
      <KpiTile
        lead
        loading={loading}
        value={exact(club?.rows.length ?? 0)}
        label={<Definition text={t('tile_count_definition')}>{t('tile_count', { threshold: amount })}</Definition>}
      />
      <KpiTile
        loading={loading}
        value={first?.time ?? NO_VALUE}
        label={
          <Definition text={`${t('fastest_definition')}${shared('crossing_definition')}`}>
            {first === null ? t('tile_fastest') : t(`tile_fastest_${first.unit}`)}
          </Definition>
        }
        detail={first === null ? some && t('no_speed') : tiedNames(first.members, t, language)}
        opens={only === undefined ? undefined : markOf('series', only.series, only.series_label)}
      />
      <KpiTile
        loading={loading}
        value={
          leader === undefined ? NO_VALUE : t('of_members', { count: leader.count, total: club?.rows.length ?? 0 })
        }
        label={t('tile_leader')}
        detail={leader === undefined ? some && t('no_producer') : leader.producer_label}
        opens={leader === undefined ? undefined : markOf('producer', leader.producer, leader.producer_label)}
      />
      <KpiTile
        loading={loading}
        value={exact(club?.earned_in_window.length ?? 0)}
        label={<Definition text={t('earned_definition')}>{t('tile_earned', { threshold: amount })}</Definition>}
      />
    </KpiRow>
  );
}

function Members({ amount, club, loading, when }: PartProps & { when: string }) {
  const { t, language } = useClubWords();
  const { t: shared } = useFigureWords();
  const formats = [...new Set(club?.rows.map(({ format }) => format))].toSorted();
  const label = useMemberLabels('format', formats, language);
  const formatName = useMemo(() => (id: string) => memberName(id, label(id), language), [label, language]);
  const source = useSource(club?.meta);
  const subtitle = t('members_subtitle', { threshold: amount, range: when });
  const foot = <SourceLine source={source} language={language} />;
  const empty = <EmptyState title={shared('empty_title', { threshold: amount })} text={shared('empty_text')} />;
  return (
    <>
      <Card title={t('members_title')} subtitle={subtitle} footer={foot} flush>
        {loading && <TableSkeleton rows={5} />}
        {club !== undefined && club.rows.length === 0 && empty}
        {club !== undefined && club.rows.length > 0 && (
          <MembersTable rows={club.rows} caption={subtitle} formatName={formatName} />
        )}
      </Card>
      {club !== undefined && club.earned_in_window.length > 0 && (
        <Card
          title={<Definition text={t('earned_definition')}>{t('earned_title', { threshold: amount })}</Definition>}
          subtitle={when}
          footer={foot}
          flush
        >
          <EarnedTable rows={club.earned_in_window} caption={t('earned_title', { threshold: amount })} />
        </Card>
      )}
    </>
  );
}
