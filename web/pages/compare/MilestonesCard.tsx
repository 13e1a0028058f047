import type { ClubAnswer, MilestonesAnswer } from '../../../server/contract/analyses.ts';
import { useCall } from '../../data/hooks.ts';
import { useScope } from '../../data/scope.tsx';
import { analysis } from '../../figures/calls.ts';
import type { Compared } from '../../figures/compare/compared.ts';
import { fastestAmong } from '../../figures/compare/fastest.ts';
import { around, within } from '../../figures/member/member.ts';
import { compact, day, days, exact, hours, moment } from '../../i18n/numbers.ts';
import { Card } from '../../ui/Card.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { SeriesLink } from '../../ui/PageLink.tsx';
import { TableSkeleton } from '../../ui/Skeletons.tsx';
import styles from './ComparePage.module.css';
import { type Member, SideBySide } from './SideBySide.tsx';
import { useWords } from './words.ts';

const MARKS = [1e8, 1e9] as const;
/** Of those that are equally fast. */
const NAMED = 3;

type Took = Pick<MilestonesAnswer['rows'][number], 'hours_to' | 'days_to'>;

function useTook(): (row: Took) => string {
  const { language } = useWords();
  return ({ hours_to, days_to }) => (hours_to === null ? days(days_to, language) : hours(hours_to, language));
}

interface MilestonesCardProps {
  by: Compared;
  members: readonly Member[];
}

/** Marks of cumulative views: when each series reached them, or how many series of each did. */
export const MilestonesCard = ({ by, members }: MilestonesCardProps) =>
  by === 'series' ? <OfSeries members={members} /> : <OfGroups by={by} members={members} />;

function OfSeries({ members }: { members: readonly Member[] }) {
  const { t, language } = useWords();
  const scope = useScope();
  const took = useTook();
  const query = useCall(
    analysis(around(scope, 'series'), 'milestones', {
      series: members.map(({ id }) => id),
      from: scope.since,
      to: scope.asOf,
      thresholds: [...MARKS],
    }),
  );
  const cell = (id: string, mark: number) => {
    const row = query.data?.rows.find(({ series, threshold }) => series === id && threshold === mark);
    if (row?.before_log === true) return t('before_log');
    if (row?.reached !== true) return <span className={styles.note}>{t('not_reached')}</span>;
    return (
      <>
        <span className={styles.value}>{moment(row.crossed_at, language)}</span>
        <span className={styles.note}>{t('took', { time: took(row) })}</span>
      </>
    );
  };
  return (
    <Card title={t('milestones')} subtitle={t('milestones_series')} flush>
      {query.isPending && <TableSkeleton rows={3} />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data !== undefined && (
        <SideBySide
          caption={t('milestones')}
          corner={t('threshold')}
          by="series"
          members={members}
          lines={MARKS.map((mark) => ({
            id: String(mark),
            head: compact(mark, language),
            cells: members.map(({ id }) => cell(id, mark)),
          }))}
        />
      )}
    </Card>
  );
}

function useCrossings(by: 'producer' | 'primary_genre', members: readonly Member[], threshold: number) {
  const scope = useScope();
  const ids = members.map(({ id }) => id);
  return useCall(analysis(within(scope, by, ids), 'club', { threshold, from: scope.since, to: scope.asOf }));
}

function OfGroups({ by, members }: { by: 'producer' | 'primary_genre'; members: readonly Member[] }) {
  const { t, language } = useWords();
  const { since } = useScope();
  const [low, high] = MARKS;
  const queries = [useCrossings(by, members, low), useCrossings(by, members, high)];
  const failed = queries.find(({ isError }) => isError);
  const cell = (id: string, answer: ClubAnswer | undefined) => {
    const rows = (answer?.rows ?? []).filter((row) => row[by] === id);
    const fastest = fastestAmong(rows, answer?.fastest?.unit ?? 'days', language);
    const named = fastest?.rows.slice(0, NAMED) ?? [];
    const more = (fastest?.rows.length ?? 0) - named.length;
    return (
      <>
        <span className={styles.value}>{t('reached', { count: exact(rows.length) })}</span>
        {fastest !== null && (
          <>
            <span className={styles.note}>{t('fastest', { time: fastest.time })}</span>
            {named.map(({ series, series_label }) => (
              <span key={series} className={styles.note}>
                <SeriesLink id={series}>{series_label}</SeriesLink>
              </span>
            ))}
            {more > 0 && <span className={styles.note}>{t('equals', { count: more })}</span>}
          </>
        )}
      </>
    );
  };
  return (
    <Card title={t('milestones')} subtitle={t('milestones_groups', { since: day(since, language) })} flush>
      {failed !== undefined && <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />}
      {failed === undefined && queries.some(({ isPending }) => isPending) && <TableSkeleton rows={4} />}
      {queries.every(({ data }) => data !== undefined) && (
        <SideBySide
          caption={t('milestones')}
          corner={t('threshold')}
          by={by}
          members={members}
          lines={MARKS.map((mark, at) => ({
            id: String(mark),
            head: compact(mark, language),
            cells: members.map(({ id }) => cell(id, queries[at]?.data)),
          }))}
        />
      )}
    </Card>
  );
}
