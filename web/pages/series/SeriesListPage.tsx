import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { type FormEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { z } from 'zod';
import type { MeasureId } from '../../../server/contract/query.ts';
import { usePageState } from '../../data/pageState.ts';
import { useScope } from '../../data/scope.tsx';
import { useFilters } from '../../data/useFilters.ts';
import { useSame } from '../../data/useSame.ts';
import { type ListMeasure, listMeasures } from '../../figures/series/list.ts';
import { choosesSeries, withCondition, withoutMeasure } from '../../filters/conditionChanges.ts';
import { type Condition, readConditions, writeConditions } from '../../filters/conditions.ts';
import { markOf } from '../../filters/marks.ts';
import { exact } from '../../i18n/numbers.ts';
import { Card } from '../../ui/Card.tsx';
import { Ticks } from '../../ui/compare/Ticks.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { ConditionChip } from '../../ui/filters/ConditionChip.tsx';
import { NoRows } from '../../ui/NoRows.tsx';
import { Notes } from '../../ui/Notes.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { TableSkeleton } from '../../ui/Skeletons.tsx';
import type { TableSort } from '../../ui/tableColumn.ts';
import { ColumnFilter } from './ColumnFilter.tsx';
import { ExportMenu } from './ExportMenu.tsx';
import styles from './SeriesListPage.module.css';
import { useSeriesColumns } from './seriesColumns.tsx';
import { searchRows } from './seriesRows.ts';
import { useSeriesList } from './useSeriesList.ts';
import { useWords } from './words.ts';

const STATE = z.object({
  sort: z.string().catch('views.desc'),
  q: z.string().catch(''),
  /** Conditions on columns that choose rows here alone; those on totals are the filter bar's. */
  having: z.string().catch(''),
});

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
  const sort = useMemo(() => parseSort(state.sort), [state.sort]);
  const having = useMemo(() => {
    const measureOf = (name: string) => measures.find(({ id }) => id === name)?.id;
    return readConditions(state.having, measureOf).filter((one) => !choosesSeries(one));
  }, [state.having, measures]);
  const [wanted, setWanted] = useState(state.q !== '');
  // Whoever scrolls, searches, exports or chooses a column wants all rows, not the first alone.
  const want = () => setWanted(true);
  const ofColumns = ({ target }: FormEvent) => {
    if (target instanceof HTMLInputElement && target.type === 'checkbox') want();
  };
  const { rows, count, isWhole, list, error, retry } = useSeriesList(measures, having, sort, wanted);
  const found = useMemo(() => searchRows(rows, state.q), [rows, state.q]);
  const { where, setWhere } = useWhere();
  const setHaving = (next: Condition[]) => setState({ having: writeConditions(next) });
  const columns = useSeriesColumns(
    measures,
    useToolOf([...where, ...having], (measure, condition) => {
      const own = choosesSeries({ measure });
      const before = own ? where : having;
      const next = condition === null ? withoutMeasure(before, measure) : withCondition(before, condition);
      if (own) setWhere(next);
      else setHaving(next);
    }),
  );
  if (error !== null) return <ErrorState error={error} onRetry={retry} />;
  if (list === undefined) return <Pending />;
  if (rows.length === 0 && having.length === 0) return <NoRows />;
  return (
    <div onScrollCapture={want} onChangeCapture={ofColumns}>
      <DataTable
        caption={t('title')}
        columns={columns}
        rows={found}
        rowId={(row) => row.id}
        sort={sort}
        onSort={({ by, dir }) => setState({ sort: `${by}.${dir}` }, { replace: true })}
        mark={(row) => markOf('series', row.id, row.title)}
        columnChoice="series"
        maxHeight="calc(100dvh - 280px)"
        tools={
          <>
            <Search
              initial={state.q}
              onSearch={(q) => {
                want();
                setState({ q }, { replace: true });
              }}
              found={state.q === '' ? count : found.length}
              count={count}
            />
            {having.map((condition) => (
              <ConditionChip
                key={condition.measure}
                condition={condition}
                onRemove={() => setHaving(withoutMeasure(having, condition.measure))}
              />
            ))}
          </>
        }
        exporting={(shown, sorted) => (
          <ExportMenu
            columns={shown}
            rows={sorted}
            having={having}
            sort={sort}
            searched={state.q !== ''}
            ready={isWhole}
            onOpen={want}
          />
        )}
      />
      {found.length === 0 &&
        (state.q === '' ? (
          <EmptyState title={t('none_having')} />
        ) : (
          <EmptyState title={t('none_found', { search: state.q })} text={t('none_found_text')} />
        ))}
      {list.meta.notes.length > 0 && (
        <div className={styles.notes}>
          <Notes notes={list.meta.notes} />
        </div>
      )}
    </div>
  );
}

function useWhere() {
  const { state, setWhere } = useFilters();
  return { where: state.where ?? [], setWhere };
}

/** A filter for the head of each measure's column, the same as long as what is filtered is. */
function useToolOf(
  conditions: readonly Condition[],
  onChange: (measure: MeasureId, condition: Condition | null) => void,
): (measure: ListMeasure) => ReactNode {
  const kept = useSame(conditions);
  const change = useRef(onChange);
  useEffect(() => {
    change.current = onChange;
  });
  return useMemo(
    () => (measure: ListMeasure) => (
      <ColumnFilter
        measure={measure}
        condition={kept.find((one) => one.measure === measure.id)}
        onChange={(condition) => change.current(measure.id, condition)}
      />
    ),
    [kept],
  );
}

interface SearchProps {
  initial: string;
  onSearch: (search: string) => void;
  /** Null while it is not known. */
  found: number | null;
  count: number | null;
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
        {found === null || count === null
          ? ''
          : found === count
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
