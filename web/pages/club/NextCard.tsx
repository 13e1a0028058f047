import { useMemo } from 'react';
import type { ClubNextAnswer } from '../../../server/contract/analyses-outlook.ts';
import { useAnalysis } from '../../data/hooks.ts';
import { useScope } from '../../data/scope.tsx';
import { markOf } from '../../filters/marks.ts';
import { compact, day, exact, NO_VALUE, percent, range as rangeText, toNumber } from '../../i18n/numbers.ts';
import { Card } from '../../ui/Card.tsx';
import { SourceLine } from '../../ui/chart/Chart.tsx';
import { useSource } from '../../ui/chart/useSource.ts';
import { countColumn } from '../../ui/countColumn.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { MemberLink } from '../../ui/MemberLink.tsx';
import { SeriesLink } from '../../ui/PageLink.tsx';
import { TableSkeleton } from '../../ui/Skeletons.tsx';
import type { TableColumn } from '../../ui/tableColumn.ts';
import { useClubWords, useFigureWords } from './words.ts';

type Row = ClubNextAnswer['rows'][number];

const SHOWN = 12;

/** Who is below the threshold and about to cross it, from the end of the data, whatever the page's range. */
export function NextCard({ threshold }: { threshold: number }) {
  const { t, language } = useClubWords();
  const { since, asOf } = useScope();
  const query = useAnalysis('clubNext', { threshold, limit: SHOWN, from: since, to: asOf });
  const source = useSource(query.data?.meta);
  const amount = compact(threshold, language);
  const body = () => {
    if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
    if (query.data === undefined) return <TableSkeleton rows={4} />;
    const { rows, horizon, days } = query.data;
    if (rows.length === 0)
      return <EmptyState title={t('next_none', { threshold: amount, days: horizon })} text={t('next_none_text')} />;
    return <NextTable rows={rows} days={days} horizon={horizon} caption={t('next_title', { threshold: amount })} />;
  };
  return (
    <Card
      title={t('next_title', { threshold: amount })}
      subtitle={t('next_subtitle', { date: day(asOf, language) })}
      footer={<SourceLine source={source} language={language} />}
      flush
    >
      {body()}
    </Card>
  );
}

interface NextTableProps {
  rows: readonly Row[];
  days: number;
  horizon: number;
  caption: string;
}

/** Never certain, never out of the question. */
function chance(probability: number | null): string {
  if (probability === null) return NO_VALUE;
  if (probability > 0.99) return '>99%';
  return probability < 0.01 ? '<1%' : percent(probability, 0);
}

function NextTable({ rows, days, horizon, caption }: NextTableProps) {
  const { t, language } = useClubWords();
  const { t: shared } = useFigureWords();
  const columns = useMemo((): TableColumn<Row>[] => {
    const span = ({ date_low: low, date_high: high }: Row): string => {
      if (low === null) return NO_VALUE;
      return high === null ? t('next_from', { date: day(low, language) }) : rangeText(low, high, language);
    };
    return [
      {
        id: 'series',
        header: t('series'),
        width: 168,
        fixed: true,
        value: (row) => row.series_label,
        cell: (row) => <SeriesLink id={row.series}>{row.series_label}</SeriesLink>,
      },
      {
        id: 'needed',
        header: t('next_needed'),
        width: 150,
        align: 'end',
        value: (row) => toNumber(row.needed),
        cell: (row) => (
          <span title={exact(row.needed)}>{t('next_more', { views: compact(row.needed, language) })}</span>
        ),
      },
      {
        id: 'date',
        header: t('next_date'),
        definition: t('next_date_definition', { days: horizon }),
        width: 158,
        align: 'end',
        value: (row) => row.date ?? (row.no_forecast === null ? '9998' : null),
        cell: (row) => {
          if (row.no_forecast !== null) return t('next_young');
          return row.date === null ? t('next_beyond', { days: horizon }) : day(row.date, language);
        },
      },
      {
        id: 'span',
        header: t('next_span'),
        definition: t('next_span_definition'),
        width: 164,
        align: 'end',
        value: (row) => row.date_low,
        cell: span,
      },
      {
        id: 'pace',
        header: t('next_pace'),
        definition: t('next_pace_definition'),
        width: 100,
        align: 'end',
        value: (row) => row.days_at_pace,
        cell: (row) => (row.days_at_pace === null ? NO_VALUE : t('next_pace_days', { days: row.days_at_pace })),
      },
      {
        id: 'probability',
        header: t('next_probability', { days }),
        definition: t('next_probability_definition', { days }),
        width: 84,
        align: 'end',
        value: (row) => row.probability,
        cell: (row) => chance(row.probability),
      },
      {
        id: 'cumulative',
        header: t('cumulative'),
        width: 96,
        align: 'end',
        ...countColumn(rows, (row) => row.cumulative_views, language),
      },
      {
        id: 'producer',
        header: shared('producer'),
        width: 126,
        value: (row) => row.producer_label,
        cell: (row) => (
          <MemberLink dimension="producer" id={row.producer}>
            {row.producer_label}
          </MemberLink>
        ),
      },
      { id: 'genre', header: t('genre'), width: 112, value: (row) => row.primary_genre_label },
    ];
  }, [t, shared, language, days, horizon, rows]);
  return (
    <DataTable
      fitted
      caption={caption}
      columns={columns}
      rows={rows}
      rowId={(row) => row.series}
      mark={(row) => markOf('series', row.series, row.series_label)}
      sort={{ by: 'date', dir: 'asc' }}
    />
  );
}
