import { useMemo } from 'react';
import type { MilestonesAnswer } from '../../../server/contract/analyses.ts';
import { useAnalysis } from '../../data/hooks.ts';
import { useScope } from '../../data/scope.tsx';
import { markOf } from '../../filters/marks.ts';
import { compact, day, days, hours, moment } from '../../i18n/numbers.ts';
import { Card } from '../../ui/Card.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { PageLink, SeriesLink } from '../../ui/PageLink.tsx';
import { TableSkeleton } from '../../ui/Skeletons.tsx';
import type { TableColumn } from '../../ui/tableColumn.ts';
import { useProducerWords } from './words.ts';

type Milestone = MilestonesAnswer['rows'][number];

const SHOWN = 8;

/** The latest marks that series within the page's scope reached. */
export function MilestonesCard({ dimension, id }: { dimension: 'producer' | 'primary_genre'; id: string }) {
  const { t, language } = useProducerWords();
  const { since, asOf } = useScope();
  const query = useAnalysis('milestones', { from: since, to: asOf, thresholds: [1e8, 1e9] });
  const reached = useMemo(
    () =>
      (query.data?.rows ?? [])
        .filter((row) => row.reached && row.crossed_at !== null)
        .sort((a, b) => (b.crossed_at ?? '').localeCompare(a.crossed_at ?? '')),
    [query.data],
  );
  const columns = useMemo(
    (): TableColumn<Milestone>[] => [
      {
        id: 'series',
        header: t('series'),
        width: 200,
        fixed: true,
        value: (row) => row.series_label,
        cell: (row) => <SeriesLink id={row.series}>{row.series_label}</SeriesLink>,
      },
      {
        id: 'threshold',
        header: t('threshold'),
        align: 'end',
        width: 72,
        value: (row) => row.threshold,
        cell: (row) => compact(row.threshold, language),
      },
      {
        id: 'crossed',
        header: t('crossed'),
        align: 'end',
        width: 176,
        value: (row) => row.crossed_at,
        cell: (row) => moment(row.crossed_at, language),
      },
      {
        id: 'took',
        header: t('took'),
        definition: t('took_definition'),
        align: 'end',
        width: 100,
        value: (row) => row.days_to,
        cell: (row) => (row.hours_to === null ? days(row.days_to, language) : hours(row.hours_to, language)),
      },
    ],
    [t, language],
  );
  const club = (
    <PageLink page="club" params={{ [dimension]: id }}>
      {t('milestones_club')}
    </PageLink>
  );
  return (
    <Card
      title={t('milestones')}
      subtitle={
        t('milestones_text', { since: day(since, language) }) +
        (reached.length > SHOWN ? t('milestones_more', { count: reached.length, shown: SHOWN }) : '')
      }
      footer={club}
      flush
    >
      {query.isPending && <TableSkeleton rows={SHOWN} />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data !== undefined && reached.length === 0 && <EmptyState title={t('milestones_none')} />}
      {reached.length > 0 && (
        <DataTable
          caption={t('milestones')}
          columns={columns}
          rows={reached.slice(0, SHOWN)}
          rowId={(row) => `${row.series} ${row.threshold}`}
          mark={(row) => markOf('series', row.series, row.series_label)}
          sort={{ by: 'crossed', dir: 'desc' }}
        />
      )}
    </Card>
  );
}
