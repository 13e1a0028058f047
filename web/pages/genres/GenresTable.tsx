import { useMemo } from 'react';
import { useScope } from '../../data/scope.tsx';
import { type GenreRow, memberHeader, type Split } from '../../figures/genres/split.ts';
import { memberName } from '../../figures/members.ts';
import { compact, exact, type NumberLanguage, percent, ratio, toNumber } from '../../i18n/numbers.ts';
import { Change } from '../../ui/Change.tsx';
import { Tick, Ticks } from '../../ui/compare/Ticks.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { useMeasureTerm } from '../../ui/Definition.tsx';
import { MemberLink } from '../../ui/MemberLink.tsx';
import type { TableColumn } from '../../ui/tableColumn.ts';

import { useFigureWords, useGenresWords } from './words.ts';

function Count({ value, language }: { value: number | string | null; language: NumberLanguage }) {
  return <span title={exact(value)}>{compact(value, language)}</span>;
}

export function GenresTable({ rows, split, caption }: { rows: readonly GenreRow[]; split: Split; caption: string }) {
  const { t: own, language } = useGenresWords();
  const { t } = useFigureWords();
  const { compared } = useScope();
  const term = useMeasureTerm();
  const columns = useMemo((): TableColumn<GenreRow>[] => {
    const end = { align: 'end' as const, width: 104 };
    return [
      {
        id: 'member',
        header: memberHeader(split, language),
        width: 140,
        fixed: true,
        value: (row) => memberName(row.member, row.member_label, language),
        cell: (row) => (
          <Tick id={row.member} name={row.member_label}>
            {split === 'primary_genre' ? (
              <MemberLink dimension={split} id={row.member}>
                {memberName(row.member, row.member_label, language)}
              </MemberLink>
            ) : (
              memberName(row.member, row.member_label, language)
            )}
          </Tick>
        ),
      },
      {
        id: 'views',
        header: t('views'),
        definition: term('views').definition,
        ...end,
        value: (row) => toNumber(row.views),
        cell: (row) => <Count value={row.views} language={language} />,
      },
      {
        id: 'growth',
        header: t('growth'),
        ...end,
        value: (row) => row.growth,
        cell: (row) => <Change value={row.growth} reason={row.growth_reason} />,
      },
      {
        id: 'opportunity',
        header: own('head_opportunity'),
        definition: t('opportunity_definition'),
        ...end,
        value: (row) => row.opportunity_index,
        cell: (row) => ratio(row.opportunity_index),
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
        value: (row) => row.active_series,
        cell: (row) => exact(row.active_series),
      },
      {
        id: 'new',
        header: own('head_new'),
        definition: term('new_series').definition,
        ...end,
        value: (row) => row.new_series,
        cell: (row) => exact(row.new_series),
      },
      {
        id: 'median',
        header: t('median'),
        definition: term('median_views_per_series').definition,
        ...end,
        value: (row) => row.median_views_per_series,
        cell: (row) => <Count value={row.median_views_per_series} language={language} />,
      },
      {
        id: 'median_d30',
        header: own('median_d30'),
        definition: own('median_d30_definition'),
        ...end,
        width: 168,
        value: (row) => row.median_views_d30,
        cell: (row) => <Count value={row.median_views_d30} language={language} />,
      },
      {
        id: 'per_series',
        header: own('per_series'),
        definition: term('views_per_series').definition,
        ...end,
        width: 128,
        hidden: true,
        value: (row) => row.views_per_series,
        cell: (row) => <Count value={row.views_per_series} language={language} />,
      },
    ];
  }, [t, own, term, language, split]);
  // Without a comparison there is no growth to show, not one that is unknown.
  const shown = useMemo(() => columns.filter(({ id }) => compared !== null || id !== 'growth'), [columns, compared]);
  return (
    <Ticks dimension={split === 'primary_genre' ? split : null} key={split}>
      <DataTable
        caption={caption}
        columns={shown}
        rows={rows}
        rowId={(row) => row.member}
        sort={{ by: 'views', dir: 'desc' }}
        columnChoice
        maxHeight="560px"
      />
    </Ticks>
  );
}
