import { useMemo } from 'react';
import type { ClubAnswer } from '../../../server/contract/analyses.ts';
import type { ClubRow } from '../../figures/club/club.ts';
import { markOf } from '../../filters/marks.ts';
import { day, fixed, moment, NO_VALUE } from '../../i18n/numbers.ts';
import { countColumn } from '../../ui/countColumn.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { MemberLink } from '../../ui/MemberLink.tsx';
import { SeriesLink } from '../../ui/PageLink.tsx';
import type { TableColumn } from '../../ui/tableColumn.ts';
import { useClubWords, useFigureWords } from './words.ts';

const number = (value: number | null): string => (value === null ? NO_VALUE : fixed(value, 0));

export function MembersTable({
  rows,
  caption,
  formatName,
}: {
  rows: readonly ClubRow[];
  caption: string;
  formatName: (id: string) => string;
}) {
  const { t, language } = useClubWords();
  const { t: shared } = useFigureWords();
  const columns = useMemo(
    (): TableColumn<ClubRow>[] => [
      {
        id: 'series',
        header: t('series'),
        width: 190,
        fixed: true,
        value: (row) => row.series_label,
        cell: (row) => <SeriesLink id={row.series}>{row.series_label}</SeriesLink>,
      },
      {
        id: 'producer',
        header: shared('producer'),
        width: 132,
        value: (row) => row.producer_label,
        cell: (row) => (
          <MemberLink dimension="producer" id={row.producer}>
            {row.producer_label}
          </MemberLink>
        ),
      },
      {
        id: 'crossed_at',
        header: t('crossed_at'),
        definition: shared('crossing_definition'),
        width: 172,
        align: 'end',
        value: (row) => row.crossed_at,
        cell: (row) => moment(row.crossed_at, language),
      },
      {
        id: 'days_to',
        header: t('days_to'),
        definition: t('days_to_definition'),
        width: 76,
        align: 'end',
        value: (row) => row.days_to,
        cell: (row) => number(row.days_to),
      },
      {
        id: 'hours_to',
        header: t('hours_to'),
        definition: t('hours_to_definition'),
        width: 76,
        align: 'end',
        value: (row) => row.hours_to,
        cell: (row) => number(row.hours_to),
      },
      {
        id: 'cumulative',
        header: t('cumulative'),
        width: 104,
        align: 'end',
        ...countColumn(rows, (row) => row.cumulative_views, language),
      },
      {
        id: 'in_window',
        header: t('in_window'),
        width: 96,
        align: 'end',
        ...countColumn(rows, (row) => row.views_in_window, language),
      },
      {
        id: 'release',
        header: t('release'),
        width: 142,
        align: 'end',
        value: (row) => row.release_at,
        cell: (row) => day(row.release_at, language),
      },
      {
        id: 'genre',
        header: t('genre'),
        width: 120,
        value: (row) => row.primary_genre_label,
        cell: (row) => (
          <MemberLink dimension="primary_genre" id={row.primary_genre}>
            {row.primary_genre_label}
          </MemberLink>
        ),
      },
      { id: 'format', header: t('format'), width: 112, hidden: true, value: (row) => formatName(row.format) },
    ],
    [t, shared, language, formatName, rows],
  );
  return (
    <DataTable
      caption={caption}
      columns={columns}
      rows={rows}
      rowId={(row) => row.series}
      mark={(row) => markOf('series', row.series, row.series_label)}
      columnChoice="club"
      sort={{ by: 'crossed_at', dir: 'asc' }}
    />
  );
}

type Earned = ClubAnswer['earned_in_window'][number];

/** Series that earned the threshold within the period alone: another question than passing it. */
export function EarnedTable({ rows, caption }: { rows: readonly Earned[]; caption: string }) {
  const { t, language } = useClubWords();
  const { t: shared } = useFigureWords();
  const columns = useMemo(
    (): TableColumn<Earned>[] => [
      {
        id: 'series',
        header: t('series'),
        width: 200,
        fixed: true,
        value: (row) => row.series_label,
        cell: (row) => <SeriesLink id={row.series}>{row.series_label}</SeriesLink>,
      },
      {
        id: 'producer',
        header: shared('producer'),
        width: 140,
        value: (row) => row.producer_label,
        cell: (row) => (
          <MemberLink dimension="producer" id={row.producer}>
            {row.producer_label}
          </MemberLink>
        ),
      },
      {
        id: 'in_window',
        header: t('in_window'),
        definition: t('earned_definition'),
        width: 112,
        align: 'end',
        ...countColumn(rows, (row) => row.views_in_window, language),
      },
    ],
    [t, shared, language, rows],
  );
  return (
    <DataTable
      fitted
      caption={caption}
      columns={columns}
      rows={rows}
      rowId={(row) => row.series}
      mark={(row) => markOf('series', row.series, row.series_label)}
      sort={{ by: 'in_window', dir: 'desc' }}
    />
  );
}
