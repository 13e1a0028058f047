import { Button, Group } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { ImportRecord } from '../../../../server/contract/imports.ts';
import type { OutdatedImport } from '../../../../server/contract/outdated.ts';
import { isFinal } from '../../../data/api/imports.ts';
import { useImports, useOutdatedImports } from '../../../data/hooks.ts';
import { exact, percent, range as rangeText } from '../../../i18n/numbers.ts';
import { Card } from '../../../ui/Card.tsx';
import { DataTable } from '../../../ui/DataTable.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { TableSkeleton } from '../../../ui/Skeletons.tsx';
import type { TableColumn } from '../../../ui/tableColumn.ts';
import { StateMark } from '../parts/StateMark.tsx';
import { actionsColumn, whenColumn } from '../parts/tableColumns.tsx';
import styles from './HistoryCard.module.css';
import { ImportDrawer } from './ImportDrawer.tsx';
import { LeaveOutDialog } from './LeaveOutDialog.tsx';
import { mendersOf, originalOf } from './mended.ts';
import { RereadDialog } from './RereadDialog.tsx';
import { UndoDialog } from './UndoDialog.tsx';
import { useWords } from './words.ts';

export function HistoryCard({ onAnswer }: { onAnswer: (record: ImportRecord) => void }) {
  const { t } = useWords();
  const imports = useImports();
  const [asked, setAsked] = useState<ImportRecord | null>(null);
  const [openId, setOpenId] = useState<string | null>(null);
  const rows = useMemo(() => imports.data?.rows ?? [], [imports.data]);
  const outdated = useOutdated();
  const [again, setAgain] = useState<ImportRecord | null>(null);
  const columns = useHistoryColumns(rows, outdated, {
    ask: setAsked,
    open: setOpenId,
    answer: onAnswer,
    again: setAgain,
  });
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
        <DataTable caption={t('history')} columns={columns} rows={rows} rowId={(row) => row.import_id} />
      )}
      {opened !== undefined && (
        <ImportDrawer
          record={opened}
          all={rows}
          onOpen={setOpenId}
          onClose={() => setOpenId(null)}
          onAsk={() => setAsked(opened)}
          outdated={outdated.get(opened.import_id)}
          onAgain={() => setAgain(opened)}
        />
      )}
      {again !== null && <RereadDialog record={again} onClose={() => setAgain(null)} />}
      {asked !== null && asked.status !== 'needs_answer' && (
        <UndoDialog record={asked} onClose={() => setAsked(null)} />
      )}
      {asked?.status === 'needs_answer' && <LeaveOutDialog record={asked} onClose={() => setAsked(null)} />}
    </Card>
  );
}

type Outdated = ReadonlyMap<string, OutdatedImport>;

function useOutdated(): Outdated {
  const rows = useOutdatedImports().data?.rows;
  return useMemo(() => new Map((rows ?? []).map((row) => [row.import_id, row])), [rows]);
}

interface RowActions {
  ask: (record: ImportRecord) => void;
  open: (importId: string) => void;
  answer: (record: ImportRecord) => void;
  again: (record: ImportRecord) => void;
}

function useHistoryColumns(
  all: readonly ImportRecord[],
  outdated: Outdated,
  { ask, open, answer, again }: RowActions,
): TableColumn<ImportRecord>[] {
  const { t, language } = useWords();
  const wide =
    all.some(({ status }) => status === 'needs_answer') || [...outdated.values()].some(({ file_kept }) => file_kept);
  return useMemo(
    (): TableColumn<ImportRecord>[] => [
      {
        id: 'filename',
        header: t('file'),
        value: (row) => row.filename,
        cell: (row) => <FileName row={row} all={all} outdated={outdated.has(row.import_id)} onOpen={open} />,
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
        (row) => (
          <Group gap={4} justify="flex-end" wrap="nowrap">
            {outdated.get(row.import_id)?.file_kept === true && <Reread row={row} onAgain={() => again(row)} />}
            <Action row={row} onAsk={() => ask(row)} onAnswer={() => answer(row)} />
          </Group>
        ),
        wide ? 188 : 88,
      ),
    ],
    [t, language, all, outdated, wide, ask, open, answer, again],
  );
}

interface MendLinksProps {
  row: ImportRecord;
  all: readonly ImportRecord[];
  onOpen: (importId: string) => void;
}

interface FileNameProps extends MendLinksProps {
  outdated: boolean;
}

function FileName({ row, all, outdated, onOpen }: FileNameProps) {
  const { t } = useWords();
  return (
    <span className={styles.file} title={row.filename} data-stacked={outdated}>
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
      {outdated && (
        <button
          type="button"
          className={styles.linked}
          aria-label={t('outdated_of', { name: row.filename })}
          onClick={() => onOpen(row.import_id)}
        >
          {t('outdated')}
        </button>
      )}
    </span>
  );
}

function MendLinks({ row, all, onOpen }: MendLinksProps) {
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

function Reread({ row, onAgain }: { row: ImportRecord; onAgain: () => void }) {
  const { t } = useWords();
  return (
    <Button size="compact-xs" onClick={onAgain} aria-label={t('reread_of', { name: row.filename })}>
      {t('reread')}
    </Button>
  );
}

function Action({ row, onAsk, onAnswer }: { row: ImportRecord; onAsk: () => void; onAnswer: () => void }) {
  const { t } = useWords();
  if (row.status === 'needs_answer')
    return (
      <>
        <Button size="compact-xs" onClick={onAnswer} aria-label={t('answer_of', { name: row.filename })}>
          {t('answer')}
        </Button>
        <Button
          size="compact-xs"
          variant="default"
          onClick={onAsk}
          aria-label={t('leave_out_of', { name: row.filename })}
        >
          {t('leave_out')}
        </Button>
      </>
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
