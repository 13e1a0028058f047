import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { z } from 'zod';
import { answered, useQueryBatch } from '../../data/hooks.ts';
import { usePageState } from '../../data/pageState.ts';
import { ApiError } from '../../data/request.ts';
import { useScope } from '../../data/scope.tsx';
import { listMeasures, listQueries } from '../../figures/series/list.ts';
import { markOf } from '../../filters/marks.ts';
import { exact } from '../../i18n/numbers.ts';
import { Card } from '../../ui/Card.tsx';
import { Ticks } from '../../ui/compare/Ticks.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { NoRows } from '../../ui/NoRows.tsx';
import { Notes } from '../../ui/Notes.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { TableSkeleton } from '../../ui/Skeletons.tsx';
import type { TableSort } from '../../ui/tableColumn.ts';
import styles from './SeriesListPage.module.css';
import { useSeriesColumns } from './seriesColumns.tsx';
import { searchRows, seriesRows } from './seriesRows.ts';
import { useWords } from './words.ts';

const STATE = z.object({ sort: z.string().catch('views.desc'), q: z.string().catch('') });

function parseSort(text: string): TableSort {
  const [by = 'views', dir] = text.split('.');
  return { by, dir: dir === 'asc' ? 'asc' : 'desc' };
}

export function SeriesListPage() {
  const { t } = useWords();
  return (
    <PageFrame title={t('title')} subtitle={t('subtitle')}>
      <Card flush className={styles.card}>
        <Ticks dimension="series">
          <SeriesTable />
        </Ticks>
      </Card>
    </PageFrame>
  );
}

function SeriesTable() {
  const { t } = useWords();
  const scope = useScope();
  const [state, setState] = usePageState(STATE);
  const measures = useMemo(() => listMeasures(scope.catalog), [scope.catalog]);
  const batch = useQueryBatch(listQueries(scope), { enabled: measures.length > 0 });
  const list = batch.data?.list;
  const rows = useMemo(
    () =>
      list === undefined || list instanceof ApiError ? [] : seriesRows(list, answered(batch.data?.growth), measures),
    [list, batch.data, measures],
  );
  const found = useMemo(() => searchRows(rows, state.q), [rows, state.q]);
  const columns = useSeriesColumns(measures);
  const sort = useMemo(() => parseSort(state.sort), [state.sort]);
  const error = batch.isError ? batch.error : list instanceof ApiError ? list : null;
  if (error !== null) return <ErrorState error={error} onRetry={() => void batch.refetch()} />;
  if (list === undefined) return <Pending />;
  if (rows.length === 0) return <NoRows />;
  return (
    <>
      <DataTable
        caption={t('title')}
        columns={columns}
        rows={found}
        rowId={(row) => row.id}
        sort={sort}
        onSort={({ by, dir }) => setState({ sort: `${by}.${dir}` }, { replace: true })}
        mark={(row) => markOf('series', row.id, row.title)}
        columnChoice
        maxHeight="calc(100dvh - 280px)"
        tools={
          <Search
            initial={state.q}
            onSearch={(q) => setState({ q }, { replace: true })}
            found={found.length}
            count={rows.length}
          />
        }
      />
      {found.length === 0 && <EmptyState title={t('none_found', { search: state.q })} text={t('none_found_text')} />}
      {!(list instanceof ApiError) && list.meta.notes.length > 0 && (
        <div className={styles.notes}>
          <Notes notes={list.meta.notes} />
        </div>
      )}
    </>
  );
}

interface SearchProps {
  initial: string;
  onSearch: (search: string) => void;
  found: number;
  count: number;
}

function Search({ initial, onSearch, found, count }: SearchProps) {
  const { t } = useWords();
  const [text, setText] = useState(initial);
  const report = useDebouncedCallback(onSearch, 200);
  return (
    <>
      <TextInput
        size="xs"
        className={styles.search}
        type="search"
        value={text}
        placeholder={t('search')}
        aria-label={t('search')}
        leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />}
        onChange={(event) => {
          setText(event.currentTarget.value);
          report(event.currentTarget.value);
        }}
      />
      <span className={styles.count} role="status">
        {found === count
          ? t('count', { count, shown: exact(count) })
          : t('found', { found: exact(found), shown: exact(count) })}
      </span>
    </>
  );
}

function Pending() {
  return (
    <div className={styles.pending}>
      <TableSkeleton rows={14} />
    </div>
  );
}
