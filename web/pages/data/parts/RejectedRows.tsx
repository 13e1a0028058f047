import { useMemo } from 'react';
import type { DryRun } from '../../../../server/contract/imports.ts';
import { sentences, serverText } from '../../../i18n/serverText.ts';
import { DataTable } from '../../../ui/DataTable.tsx';
import { TitledText } from '../../../ui/TitledText.tsx';
import type { TableColumn } from '../../../ui/tableColumn.ts';
import { useWords } from './words.ts';

type Rejected = DryRun['reject_samples'][number];

export function RejectedRows({ rows }: { rows: readonly Rejected[] }) {
  const { t, language } = useWords();
  const columns = useMemo(
    (): TableColumn<Rejected>[] => [
      { id: 'line', header: t('line'), value: (row) => row.line, width: 72, sortable: false },
      { id: 'column', header: t('column'), value: (row) => row.column, width: 116, sortable: false },
      {
        id: 'value',
        header: t('value'),
        value: (row) => row.value,
        cell: (row) => <TitledText text={row.value} />,
        width: 110,
        sortable: false,
      },
      {
        id: 'reason',
        header: t('reason'),
        value: (row) => serverText(row.reason, language),
        cell: (row) => <TitledText text={sentences([serverText(row.reason, language)], language)} />,
        width: 280,
        sortable: false,
      },
    ],
    [t, language],
  );
  return (
    <DataTable
      dense
      caption={t('reject_samples')}
      rows={rows}
      rowId={({ line, column }) => `${line} ${column}`}
      columns={columns}
    />
  );
}
