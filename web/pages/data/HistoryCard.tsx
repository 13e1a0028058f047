import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { ImportRecord } from '../../../server/contract/imports.ts';
import { useImports } from '../../data/hooks.ts';
import { isFinal, rejectsUrl } from '../../data/imports.ts';
import { exact, moment, percent, range as rangeText } from '../../i18n/numbers.ts';
import { Card } from '../../ui/Card.tsx';
import { DataTable, type TableColumn } from '../../ui/DataTable.tsx';
import { Definition } from '../../ui/Definition.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { TableSkeleton } from '../../ui/Skeletons.tsx';
import styles from './HistoryCard.module.css';
import { localTime } from './localTime.ts';
import { UndoDialog } from './UndoDialog.tsx';
import { useWords } from './words.ts';

/** Everything that was imported, with what came of it; undone (or cancelled) after asking. */
export function HistoryCard() {
  const { t } = useWords();
  const imports = useImports();
  const [asked, setAsked] = useState<ImportRecord | null>(null);
  const columns = useHistoryColumns(setAsked);
  const rows = imports.data?.rows ?? [];
  return (
    <Card title={t('history')} subtitle={t('history_text')} flush>
      {imports.isPending && (
        <div className={styles.pending}>
          <TableSkeleton rows={4} />
        </div>
      )}
      {imports.isError && <ErrorState error={imports.error} onRetry={() => void imports.refetch()} />}
      {imports.isSuccess && rows.length === 0 && (
        <EmptyState title={t('history_empty')} text={t('history_empty_text')} />
      )}
      {rows.length > 0 && (
        <DataTable
          caption={t('history')}
          columns={columns}
          rows={rows}
          rowId={(row) => row.import_id}
          maxHeight="560px"
        />
      )}
      {asked !== null && <UndoDialog record={asked} onClose={() => setAsked(null)} />}
    </Card>
  );
}

function useHistoryColumns(ask: (record: ImportRecord) => void): TableColumn<ImportRecord>[] {
  const { t, language } = useWords();
  return useMemo(
    (): TableColumn<ImportRecord>[] => [
      {
        id: 'filename',
        header: t('file'),
        value: (row) => row.filename,
        cell: (row) => <FileName row={row} />,
        width: 240,
        fixed: true,
      },
      {
        id: 'status',
        header: t('status'),
        value: (row) => row.status,
        cell: (row) => <Status row={row} />,
        width: 120,
      },
      { id: 'kind', header: t('kind'), value: (row) => row.kind, cell: (row) => t(`kind_${row.kind}`), width: 116 },
      {
        id: 'rows',
        header: t('rows'),
        value: (row) => row.rows_committed,
        cell: (row) => exact(row.rows_committed),
        align: 'end',
        width: 104,
      },
      {
        id: 'rejects',
        header: t('rejects'),
        value: (row) => row.rows_rejected,
        cell: (row) => <Rejects row={row} />,
        align: 'end',
        width: 96,
      },
      {
        id: 'period',
        header: t('period'),
        value: (row) => row.from,
        cell: (row) => (row.from === null ? '–' : rangeText(row.from, row.to, language)),
        width: 184,
      },
      {
        id: 'when',
        header: t('when'),
        value: (row) => row.started_at,
        cell: (row) => moment(localTime(row.started_at), language),
        width: 176,
      },
      {
        id: 'actions',
        header: t('actions'),
        value: () => null,
        cell: (row) => <Action row={row} onAsk={() => ask(row)} />,
        sortable: false,
        align: 'end',
        width: 96,
      },
    ],
    [t, language, ask],
  );
}

function FileName({ row }: { row: ImportRecord }) {
  const { t } = useWords();
  return (
    <span title={`${row.filename} · ${row.source}`}>
      {row.filename}
      {row.synthetic && <span className={styles.demo}>{t('demo')}</span>}
    </span>
  );
}

function Status({ row }: { row: ImportRecord }) {
  const { t } = useWords();
  const text =
    row.status === 'running' ? `${t('status_running')} ${percent(row.progress, 0)}` : t(`status_${row.status}`);
  const detail = row.error?.detail ?? row.warnings.map((warning) => warning.detail).join('\n');
  return (
    <span className={styles.status} data-status={row.status}>
      <Definition text={detail}>{text}</Definition>
    </span>
  );
}

function Rejects({ row }: { row: ImportRecord }) {
  const { t } = useWords();
  if (row.rows_rejected === 0) return <>0</>;
  return (
    <a
      className={styles.link}
      href={rejectsUrl(row.import_id)}
      download
      aria-label={t('rejects_download', { count: row.rows_rejected })}
      title={t('rejects_download', { count: row.rows_rejected })}
    >
      {exact(row.rows_rejected)}
    </a>
  );
}

function Action({ row, onAsk }: { row: ImportRecord; onAsk: () => void }) {
  const { t } = useWords();
  if (isFinal(row) && row.status !== 'committed') return null;
  const running = !isFinal(row);
  return (
    <Button
      size="compact-xs"
      variant="default"
      onClick={onAsk}
      aria-label={t(running ? 'cancel_of' : 'undo_of', { name: row.filename })}
    >
      {t(running ? 'cancel' : 'undo')}
    </Button>
  );
}
