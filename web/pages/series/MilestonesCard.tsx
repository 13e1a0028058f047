import type { SeriesAnswer } from '../../../server/contract/analyses.ts';
import { compact, days, hours, moment } from '../../i18n/numbers.ts';
import { Card } from '../../ui/Card.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import type { TableColumn } from '../../ui/tableColumn.ts';
import { useWords } from './words.ts';

type Milestone = SeriesAnswer['milestones'][number];

/** As many as the card beside it has lines: the smallest marks are hours apart. */
const MARKS_AT_FIRST = 9;

export function MilestonesCard({ answer }: { answer: SeriesAnswer }) {
  const { t, language } = useWords();
  const took = (row: Milestone): string => {
    if (row.hours_to !== null) return hours(row.hours_to, language);
    return row.days_to === null ? '–' : days(row.days_to, language);
  };
  const columns: TableColumn<Milestone>[] = [
    {
      id: 'threshold',
      header: t('threshold'),
      value: (row) => row.threshold,
      cell: (row) => compact(row.threshold, language),
      align: 'end',
      width: 88,
    },
    {
      id: 'crossed',
      header: t('crossed'),
      value: (row) => row.crossed_at,
      cell: (row) =>
        row.before_log ? t('before_log') : row.reached ? moment(row.crossed_at, language) : t('not_reached'),
      width: 172,
    },
    {
      id: 'took',
      header: t('took'),
      definition: t('took_definition'),
      value: (row) => row.days_to,
      cell: took,
      align: 'end',
      width: 88,
    },
  ];
  return (
    <Card title={t('milestones')} subtitle={t('milestones_text')} flush>
      {answer.milestones.length === 0 ? (
        <EmptyState title={t('not_reached')} />
      ) : (
        <DataTable
          caption={t('milestones')}
          columns={columns}
          rows={answer.milestones}
          rowId={(row) => String(row.threshold)}
          sort={{ by: 'threshold', dir: 'desc' }}
          first={MARKS_AT_FIRST}
        />
      )}
    </Card>
  );
}
