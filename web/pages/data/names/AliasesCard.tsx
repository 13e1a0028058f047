import { Button, Checkbox } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Alias } from '../../../../server/contract/aliases.ts';
import { useAliases } from '../../../data/api/aliases.ts';
import { useDimensionLabel, useMemberLabels } from '../../../data/useMemberLabels.ts';
import { moment } from '../../../i18n/numbers.ts';
import { Card } from '../../../ui/Card.tsx';
import { DataTable } from '../../../ui/DataTable.tsx';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import type { TableColumn } from '../../../ui/tableColumn.ts';
import { localTime } from '../parts/localTime.ts';
import { actionsColumn, whenColumn } from '../parts/tableColumns.tsx';
import styles from './AliasesCard.module.css';
import type { NamesSaid } from './draft.ts';
import { UndoAliasDialog } from './UndoAliasDialog.tsx';
import { useWords } from './words.ts';

/** Merges and parts that hold, with a way back; those undone on demand. Nothing where nobody ever merged. */
export function AliasesCard({ onSaid }: { onSaid: (said: NamesSaid) => void }) {
  const { t } = useWords();
  const query = useAliases();
  const [withUndone, setWithUndone] = useState(false);
  const [asked, setAsked] = useState<Alias | null>(null);
  const columns = useColumns(setAsked);
  const all = query.data?.rows;
  const rows = useMemo(() => all?.filter((row) => withUndone || row.undone_at === null) ?? [], [all, withUndone]);
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (all === undefined || all.length === 0) return null;
  const undone = all.filter((row) => row.undone_at !== null).length;
  const toggle = undone > 0 && (
    <Checkbox
      size="xs"
      label={t('show_undone', { count: undone })}
      checked={withUndone}
      onChange={(event) => setWithUndone(event.currentTarget.checked)}
    />
  );
  return (
    <Card title={t('in_force')} subtitle={t('in_force_text')} actions={toggle} flush>
      {rows.length === 0 ? (
        <p className={styles.none}>{t('no_aliases')}</p>
      ) : (
        <DataTable caption={t('in_force')} columns={columns} rows={rows} rowId={(row) => row.alias_id} />
      )}
      {asked !== null && <UndoAliasDialog alias={asked} onClose={() => setAsked(null)} onSaid={onSaid} />}
    </Card>
  );
}

function useColumns(ask: (alias: Alias) => void): TableColumn<Alias>[] {
  const { t, language } = useWords();
  const dimension = useDimensionLabel(language);
  return useMemo(
    (): TableColumn<Alias>[] => [
      {
        id: 'from',
        header: t('name'),
        value: (row) => row.from.label[language],
        cell: (row) => <span title={row.from.id}>{row.from.label[language]}</span>,
        width: 240,
        fixed: true,
      },
      {
        id: 'into',
        header: t('into'),
        value: (row) => row.into.label[language],
        cell: (row) => <span title={row.into.id}>{row.into.label[language]}</span>,
        width: 240,
      },
      { id: 'kind', header: t('kind'), value: (row) => dimension(row.dimension), width: 112 },
      {
        id: 'scope',
        header: t('scope'),
        definition: t('scope_definition'),
        value: (row) => row.platform ?? row.source ?? '',
        cell: (row) => <Scope row={row} />,
        width: 176,
      },
      whenColumn(t('when'), (row) => row.made_at, language, 176),
      actionsColumn(t('actions'), (row) => <Action row={row} onAsk={() => ask(row)} />, 200),
    ],
    [t, language, dimension, ask],
  );
}

function Scope({ row }: { row: Alias }) {
  const { t, language } = useWords();
  const platform = useMemberLabels('platform', row.platform === null ? [] : [row.platform], language);
  if (row.platform !== null) return <>{t('scope_platform', { name: platform(row.platform) })}</>;
  if (row.source !== null) return <>{t('scope_source', { name: row.source })}</>;
  return <>{t(row.from.id === row.into.id ? 'scope_apart' : 'scope_all')}</>;
}

function Action({ row, onAsk }: { row: Alias; onAsk: () => void }) {
  const { t, language } = useWords();
  if (row.undone_at !== null)
    return (
      <span className={styles.undone}>{t('undone_at', { time: moment(localTime(row.undone_at), language) })}</span>
    );
  const names = { from: row.from.label[language], into: row.into.label[language] };
  return (
    <Button size="compact-xs" variant="default" onClick={onAsk} aria-label={t('undo_of', names)}>
      {t('undo')}
    </Button>
  );
}
