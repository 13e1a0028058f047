import { type ReactNode, useMemo } from 'react';
import { useScope } from '../../data/scope.tsx';
import { type GenreRow, memberHeader, restsOn, type Split } from '../../figures/genres/split.ts';
import { memberName } from '../../figures/members.ts';
import { markOf } from '../../filters/marks.ts';
import { columnFormat, exact, NO_VALUE, percent, ratio, toNumber } from '../../i18n/numbers.ts';
import { Change } from '../../ui/Change.tsx';
import { Tick, Ticks } from '../../ui/compare/Ticks.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { useMeasureTerm } from '../../ui/Definition.tsx';
import { MarkLink } from '../../ui/marks/MarkLink.tsx';
import type { TableColumn } from '../../ui/tableColumn.ts';
import styles from './GenresTable.module.css';
import { useFigureWords, useGenresWords } from './words.ts';

/** Of few series a figure says little: it stands back, and says of how many. */
function Figure({ row, children, rests = [] }: { row: GenreRow; children: ReactNode; rests?: string[] }) {
  const { t } = useGenresWords();
  if (!row.few_peers && rests.length === 0) return children;
  const why = [...(row.few_peers ? [t('few_peers', { count: row.n })] : []), ...rests];
  return (
    <span className={styles.few} title={why.join('\n')}>
      {children}
    </span>
  );
}

export function GenresTable({ rows, split, caption }: { rows: readonly GenreRow[]; split: Split; caption: string }) {
  const { t: own, language } = useGenresWords();
  const { t } = useFigureWords();
  const { compared } = useScope();
  const term = useMeasureTerm();
  const columns = useMemo((): TableColumn<GenreRow>[] => {
    const end = { align: 'end' as const, width: 92 };
    // 1,992.67万 in full.
    const amount = { align: 'end' as const, width: 112 };
    const counts = (of: 'views' | 'median_views_per_series' | 'median_views_d30' | 'views_per_series') => {
      const written = columnFormat(
        rows.map((row) => row[of]),
        language,
      );
      return (row: GenreRow) => <span title={exact(row[of])}>{written(row[of])}</span>;
    };
    const [views, median, early, perSeries] = [
      counts('views'),
      counts('median_views_per_series'),
      counts('median_views_d30'),
      counts('views_per_series'),
    ];
    return [
      {
        id: 'member',
        header: memberHeader(split, language),
        width: 140,
        fixed: true,
        value: (row) => memberName(row.member, row.member_label, language),
        // The tick stands beside the link, not in it.
        cell: (row) => (
          <Tick id={row.member} name={row.member_label}>
            <MarkLink mark={markOf(split, row.member, row.member_label)}>
              {memberName(row.member, row.member_label, language)}
            </MarkLink>
          </Tick>
        ),
      },
      {
        id: 'views',
        header: t('views'),
        definition: term('views').definition,
        ...amount,
        value: (row) => toNumber(row.views),
        cell: views,
      },
      {
        id: 'growth',
        header: t('growth'),
        ...end,
        width: 110,
        value: (row) => row.growth,
        cell: (row) => <Change value={row.growth} reason={row.growth_reason} />,
      },
      {
        id: 'opportunity',
        header: own('head_opportunity'),
        definition: t('opportunity_definition'),
        ...end,
        width: 96,
        value: (row) => row.opportunity_index,
        cell: (row) => (
          <Figure row={row} rests={restsOn(row, language)}>
            {ratio(row.opportunity_index)}
          </Figure>
        ),
      },
      {
        id: 'top_producer',
        header: t('top_producer'),
        definition: t('top_producer_definition'),
        ...end,
        value: (row) => row.top_producer_share,
        cell: (row) =>
          row.top_producer === null ? (
            NO_VALUE
          ) : (
            <span title={memberName(row.top_producer, row.top_producer_label ?? undefined, language)}>
              {percent(row.top_producer_share, 0)}
            </span>
          ),
      },
      {
        id: 'demand',
        header: own('head_demand'),
        definition: t('opportunity_definition'),
        ...end,
        value: (row) => row.demand_share,
        cell: (row) => percent(row.demand_share),
      },
      {
        id: 'supply',
        header: own('head_supply'),
        definition: t('opportunity_definition'),
        ...end,
        value: (row) => row.supply_share,
        cell: (row) => percent(row.supply_share),
      },
      {
        id: 'active',
        header: own('head_active'),
        definition: term('active_series').definition,
        ...end,
        width: 80,
        value: (row) => row.active_series,
        cell: (row) => exact(row.active_series),
      },
      {
        id: 'new',
        header: own('head_new'),
        definition: term('new_series').definition,
        ...end,
        width: 80,
        hidden: true,
        value: (row) => row.new_series,
        cell: (row) => exact(row.new_series),
      },
      {
        id: 'median',
        header: t('median'),
        definition: term('median_views_per_series').definition,
        ...amount,
        value: (row) => row.median_views_per_series,
        cell: (row) => <Figure row={row}>{median(row)}</Figure>,
      },
      {
        id: 'median_d30',
        header: own('median_d30'),
        definition: own('median_d30_definition'),
        ...end,
        width: 128,
        value: (row) => row.median_views_d30,
        cell: (row) => <Figure row={row}>{early(row)}</Figure>,
      },
      {
        id: 'per_series',
        header: own('per_series'),
        definition: term('views_per_series').definition,
        ...end,
        width: 128,
        hidden: true,
        value: (row) => row.views_per_series,
        cell: (row) => <Figure row={row}>{perSeries(row)}</Figure>,
      },
    ];
  }, [t, own, term, language, split, rows]);
  // Without a comparison there is no growth to show, not one that is unknown.
  const shown = useMemo(() => columns.filter(({ id }) => compared !== null || id !== 'growth'), [columns, compared]);
  return (
    <Ticks dimension={split === 'primary_genre' ? split : null} key={split}>
      <DataTable
        caption={caption}
        columns={shown}
        rows={rows}
        rowId={(row) => row.member}
        mark={(row) => markOf(split, row.member, memberName(row.member, row.member_label, language))}
        sort={{ by: 'views', dir: 'desc' }}
        columnChoice="genres"
      />
    </Ticks>
  );
}
