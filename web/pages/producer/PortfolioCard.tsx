import { useMemo } from 'react';
import { ApiError } from '../../data/api/request.ts';
import { answered, useQueryBatch } from '../../data/hooks.ts';
import { useScope } from '../../data/scope.tsx';
import { listMeasures, listQueries } from '../../figures/series/list.ts';
import { markOf } from '../../filters/marks.ts';
import { Card } from '../../ui/Card.tsx';
import { Ticks } from '../../ui/compare/Ticks.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { NoRows } from '../../ui/NoRows.tsx';
import { PageLink } from '../../ui/PageLink.tsx';
import { TableSkeleton } from '../../ui/Skeletons.tsx';
import { useSeriesColumns } from '../series/seriesColumns.tsx';
import { seriesRows } from '../series/seriesRows.ts';
import { useProducerWords } from './words.ts';

const SHOWN = 20;

interface PortfolioCardProps {
  dimension: 'producer' | 'primary_genre';
  id: string;
  title: string;
}

/** The most viewed series within the page's scope, with the columns of the list of series. */
export function PortfolioCard({ dimension, id, title }: PortfolioCardProps) {
  const { t } = useProducerWords();
  const scope = useScope();
  const measures = useMemo(() => listMeasures(scope.catalog), [scope.catalog]);
  const asked = listQueries(scope);
  const most = { sort: [{ by: 'views' }], limit: SHOWN };
  const batch = useQueryBatch(
    { list: { ...asked.list, ...most }, growth: { ...asked.growth, ...most } },
    { enabled: measures.length > 0 },
  );
  const list = batch.data?.list;
  const growth = answered(batch.data?.growth);
  const rows = useMemo(
    () => (list === undefined || list instanceof ApiError ? [] : seriesRows(list, growth, measures)),
    [list, growth, measures],
  );
  const all = useSeriesColumns(measures, undefined, rows);
  const columns = useMemo(
    () =>
      all
        .filter((column) => column.id !== (dimension === 'producer' ? 'producer' : 'genre'))
        // Within the page's member a share is of its views, not of all.
        .map((column) => (column.id === 'share_of_views' ? { ...column, header: t(`share_of_${dimension}`) } : column)),
    [all, dimension, t],
  );
  const error = batch.isError ? batch.error : list instanceof ApiError ? list : null;
  return (
    <Card
      title={title}
      subtitle={t('portfolio_text', { count: Math.min(SHOWN, rows.length || SHOWN) })}
      footer={
        <PageLink page="series" params={{ [dimension]: id }}>
          {t('portfolio_all')}
        </PageLink>
      }
      flush
    >
      {error !== null && <ErrorState error={error} onRetry={() => void batch.refetch()} />}
      {error === null && list === undefined && <TableSkeleton rows={SHOWN} />}
      {error === null && list !== undefined && rows.length === 0 && <NoRows />}
      {rows.length > 0 && (
        <Ticks dimension="series">
          <DataTable
            caption={title}
            columns={columns}
            rows={rows}
            rowId={(row) => row.id}
            mark={(row) => markOf('series', row.id, row.title)}
            sort={{ by: 'views', dir: 'desc' }}
            columnChoice="portfolio"
          />
        </Ticks>
      )}
    </Card>
  );
}
