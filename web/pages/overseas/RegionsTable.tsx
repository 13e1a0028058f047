import { useMemo } from 'react';
import type { GrowthReason } from '../../../server/contract/analyses.ts';
import { useScope } from '../../data/scope.tsx';
import type { RegionRow } from '../../figures/overseas/regions.ts';
import { markOf } from '../../filters/marks.ts';
import { exact, percent } from '../../i18n/numbers.ts';
import { Change } from '../../ui/Change.tsx';
import { countColumn } from '../../ui/countColumn.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { useMeasureTerm } from '../../ui/Definition.tsx';
import type { TableColumn } from '../../ui/tableColumn.ts';
import { useFigureWords, useOverseasWords } from './words.ts';

const REASONS: readonly NonNullable<GrowthReason>[] = ['partial', 'no_data', 'new', 'both_zero', 'not_on_chart'];

export function RegionsTable({ rows, caption }: { rows: readonly RegionRow[]; caption: string }) {
  const { t: own, language } = useOverseasWords();
  const { t } = useFigureWords();
  const { compared } = useScope();
  const term = useMeasureTerm();
  const columns = useMemo((): TableColumn<RegionRow>[] => {
    const end = { align: 'end' as const, width: 120 };
    const all: TableColumn<RegionRow>[] = [
      { id: 'region', header: t('region'), width: 180, fixed: true, leads: true, value: (row) => row.name },
      {
        id: 'views',
        header: term('views').label,
        definition: term('views').definition,
        ...end,
        ...countColumn(rows, (row) => row.views, language),
      },
      {
        id: 'share',
        header: t('share'),
        ...end,
        value: (row) => row.share,
        cell: (row) => percent(row.share),
      },
      {
        id: 'growth',
        header: t('growth'),
        ...end,
        width: 116,
        value: (row) => row.growth,
        cell: (row) => <Change value={row.growth} reason={REASONS.find((one) => one === row.growthReason) ?? null} />,
      },
      {
        id: 'series',
        header: term('active_series').label,
        definition: term('active_series').definition,
        ...end,
        value: (row) => row.series,
        cell: (row) => exact(row.series),
      },
      {
        id: 'median',
        header: own('median'),
        definition: term('median_views_per_series').definition,
        ...end,
        ...countColumn(rows, (row) => row.median, language),
      },
    ];
    // Without a comparison there is no growth to show, not one that is unknown.
    return all.filter(({ id }) => compared !== null || id !== 'growth');
  }, [t, own, term, language, compared, rows]);
  return (
    <DataTable
      fitted
      caption={caption}
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      mark={(row) => markOf('region', row.id, row.name)}
      sort={{ by: 'views', dir: 'desc' }}
    />
  );
}
