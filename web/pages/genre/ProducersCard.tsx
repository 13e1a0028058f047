import { useMemo } from 'react';
import type { ProducersAnswer } from '../../../server/contract/analyses.ts';
import { useAnalysis } from '../../data/hooks.ts';
import { useScope } from '../../data/scope.tsx';
import { memberName } from '../../figures/members.ts';
import { markOf } from '../../filters/marks.ts';
import { exact, percent, range as rangeText } from '../../i18n/numbers.ts';
import { Card } from '../../ui/Card.tsx';
import { Change } from '../../ui/Change.tsx';
import { Tick, Ticks } from '../../ui/compare/Ticks.tsx';
import { countColumn } from '../../ui/countColumn.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { useMeasureTerm } from '../../ui/Definition.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { MemberLink } from '../../ui/MemberLink.tsx';
import { NoRows } from '../../ui/NoRows.tsx';
import { PageLink } from '../../ui/PageLink.tsx';
import { TableSkeleton } from '../../ui/Skeletons.tsx';
import type { TableColumn } from '../../ui/tableColumn.ts';
import { useGenreWords } from './words.ts';

type Producer = ProducersAnswer['rows'][number];
const NO_ROWS_YET: readonly Producer[] = [];

const SHOWN = 10;

/** Who has most views within the page's genre. */
export function ProducersCard({ id }: { id: string }) {
  const { t, language } = useGenreWords();
  const { range, compared } = useScope();
  const term = useMeasureTerm();
  const query = useAnalysis('producers', { limit: SHOWN });
  const rows = query.data?.rows ?? NO_ROWS_YET;
  const columns = useMemo((): TableColumn<Producer>[] => {
    const end = { align: 'end' as const, width: 104 };
    const growth: TableColumn<Producer> = {
      id: 'growth',
      header: t('growth'),
      ...end,
      width: 116,
      value: (row) => row.growth,
      cell: (row) => <Change value={row.growth} reason={row.growth_reason} />,
    };
    return [
      {
        id: 'producer',
        header: t('producer'),
        width: 200,
        fixed: true,
        value: (row) => row.producer_label,
        cell: (row) => (
          <Tick id={row.producer} name={row.producer_label}>
            <MemberLink dimension="producer" id={row.producer}>
              {memberName(row.producer, row.producer_label, language)}
            </MemberLink>
          </Tick>
        ),
      },
      {
        id: 'views',
        header: term('views').label,
        definition: term('views').definition,
        ...end,
        ...countColumn(rows, (row) => row.views, language),
      },
      {
        id: 'share',
        header: t('share_here'),
        definition: term('share_of_views').definition,
        ...end,
        value: (row) => row.share_of_views,
        cell: (row) => percent(row.share_of_views),
      },
      ...(compared === null ? [] : [growth]),
      {
        id: 'active',
        header: term('active_series').label,
        definition: term('active_series').definition,
        ...end,
        value: (row) => row.active_series,
        cell: (row) => exact(row.active_series),
      },
      {
        id: 'median',
        header: term('median_views_per_series').label,
        definition: term('median_views_per_series').definition,
        ...end,
        width: 128,
        ...countColumn(rows, (row) => row.median_views_per_series, language),
      },
    ];
  }, [t, term, language, compared, rows]);
  return (
    <Card
      title={t('top_producers')}
      subtitle={t('top_producers_text', { range: rangeText(range.from, range.to, language) })}
      footer={
        <PageLink page="producers" params={{ primary_genre: id }}>
          {t('all_producers')}
        </PageLink>
      }
      flush
    >
      {query.isPending && <TableSkeleton rows={SHOWN} />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data !== undefined && rows.length === 0 && <NoRows />}
      {rows.length > 0 && (
        <Ticks dimension="producer">
          <DataTable
            caption={t('top_producers')}
            columns={columns}
            rows={rows}
            rowId={(row) => row.producer}
            mark={(row) => markOf('producer', row.producer, memberName(row.producer, row.producer_label, language))}
            sort={{ by: 'views', dir: 'desc' }}
          />
        </Ticks>
      )}
    </Card>
  );
}
