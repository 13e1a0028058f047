import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { ImportRecord } from '../../../../server/contract/imports.ts';
import { useImports } from '../../../data/hooks.ts';
import { isFinal } from '../../../data/imports.ts';
import { exact, percent, range as rangeText } from '../../../i18n/numbers.ts';
import { Card } from '../../../ui/Card.tsx';
import { DataTable } from '../../../ui/DataTable.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { TableSkeleton } from '../../../ui/Skeletons.tsx';
import type { TableColumn } from '../../../ui/tableColumn.ts';
import { StateMark } from '../files/StateMark.tsx';
import { actionsColumn, whenColumn } from '../tableColumns.tsx';
import { useWords } from '../words.ts';
import styles from './HistoryCard.module.css';
import { ImportDrawer } from './ImportDrawer.tsx';
import { mendersOf, originalOf } from './mended.ts';
import { UndoDialog } from './UndoDialog.tsx';

/** Everything that was imported, with what came of it; looked into, undone (or cancelled) after asking. */
export function HistoryCard({ onAnswer }: { onAnswer: (record: ImportRecord) => void }) {
  const { t } = useWords();
  const imports = useImports();
  const [asked, setAsked] = useState<ImportRecord | null>(null);
  const [openId, setOpenId] = useState<string | null>(null);
  const rows = useMemo(() => imports.data?.rows ?? [], [imports.data]);
  const columns = useHistoryColumns(rows, setAsked, setOpenId, onAnswer);
  const opened = rows.find((row) => row.import_id === openId);
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
      {opened !== undefined && (
        <ImportDrawer
          record={opened}
          all={rows}
          onOpen={setOpenId}
          onClose={() => setOpenId(null)}
          onAsk={() => setAsked(opened)}
        />
      )}
      {asked !== null && <UndoDialog record={asked} onClose={() => setAsked(null)} />}
    </Card>
  );
}

function useHistoryColumns(
  all: readonly ImportRecord[],
  ask: (record: ImportRecord) => void,
  open: (importId: string) => void,
  answer: (record: ImportRecord) => void,
): TableColumn<ImportRecord>[] {
  const { t, language } = useWords();
  return useMemo(
    (): TableColumn<ImportRecord>[] => [
      {
        id: 'filename',
        header: t('file'),
        value: (row) => row.filename,
        cell: (row) => <FileName row={row} all={all} onOpen={open} />,
        width: 188,
        fixed: true,
      },
      {
        id: 'status',
        header: t('status'),
        value: (row) => row.status,
        cell: (row) => <Status row={row} />,
        width: 112,
      },
      { id: 'kind', header: t('kind'), value: (row) => row.kind, cell: (row) => t(`kind_${row.kind}`), width: 116 },
      {
        id: 'rows',
        header: t('rows'),
        value: (row) => row.rows_committed,
        cell: (row) => exact(row.rows_committed),
        align: 'end',
        width: 88,
      },
      {
        id: 'rejects',
        header: t('rejects'),
        value: (row) => row.rows_rejected,
        cell: (row) => exact(row.rows_rejected),
        align: 'end',
        width: 72,
      },
      {
        id: 'period',
        header: t('period'),
        value: (row) => row.from,
        cell: (row) => (row.from === null ? '–' : rangeText(row.from, row.to, language)),
        width: 184,
      },
      whenColumn(t('when'), (row) => row.started_at, language, 148),
      actionsColumn(
        t('actions'),
        (row) => <Action row={row} onAsk={() => ask(row)} onAnswer={() => answer(row)} />,
        88,
      ),
    ],
    [t, language, all, ask, open, answer],
  );
}

interface FileNameProps {
  row: ImportRecord;
  all: readonly ImportRecord[];
  onOpen: (importId: string) => void;
}

function FileName({ row, all, onOpen }: FileNameProps) {
  const { t } = useWords();
  return (
    <span className={styles.file} title={row.filename}>
      <button
        type="button"
        className={styles.open}
        aria-label={t('details_of', { name: row.filename })}
        onClick={() => onOpen(row.import_id)}
      >
        {row.filename}
      </button>
      {row.synthetic && <span className={styles.demo}>{t('demo')}</span>}
      <MendLinks row={row} all={all} onOpen={onOpen} />
    </span>
  );
}

/** From a file to the one whose rejected rows it mends, and back. */
function MendLinks({ row, all, onOpen }: FileNameProps) {
  const { t } = useWords();
  const original = originalOf(row, all);
  const mender = mendersOf(row, all).at(-1);
  const link = (to: ImportRecord, text: string, said: string) => (
    <button type="button" className={styles.linked} title={said} aria-label={said} onClick={() => onOpen(to.import_id)}>
      {text}
    </button>
  );
  return (
    <>
      {original !== null && link(original, t('mends_short'), t('mends_of', { name: original.filename }))}
      {mender !== undefined && link(mender, t('mended_short'), t('mended_of', { name: mender.filename }))}
    </>
  );
}

function Status({ row }: { row: ImportRecord }) {
  const { t } = useWords();
  const text =
    row.status === 'running' ? `${t('status_running')} ${percent(row.progress, 0)}` : t(`status_${row.status}`);
  return <StateMark state={row.status}>{text}</StateMark>;
}

function Action({ row, onAsk, onAnswer }: { row: ImportRecord; onAsk: () => void; onAnswer: () => void }) {
  const { t } = useWords();
  if (row.status === 'needs_answer')
    return (
      <Button size="compact-xs" onClick={onAnswer} aria-label={t('answer_of', { name: row.filename })}>
        {t('answer')}
      </Button>
    );
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
