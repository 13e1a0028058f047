import { useMemo } from 'react';
import { useScope } from '../../data/scope.tsx';
import { memberName } from '../../figures/members.ts';
import { type ProducerRow, producerMark } from '../../figures/producers/league.ts';
import { compact, exact, NO_VALUE, percent } from '../../i18n/numbers.ts';
import { Change } from '../../ui/Change.tsx';
import { Tick, Ticks } from '../../ui/compare/Ticks.tsx';
import { countColumn } from '../../ui/countColumn.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { useMeasureTerm } from '../../ui/Definition.tsx';
import { MemberLink } from '../../ui/MemberLink.tsx';
import type { TableColumn } from '../../ui/tableColumn.ts';
import { HitRate } from './HitRate.tsx';
import { RankChange } from './RankChange.tsx';
import { useFigureWords, useProducersWords } from './words.ts';

interface LeagueTableProps {
  rows: readonly ProducerRow[];
  caption: string;
  threshold: number;
  hitThreshold: number;
  days: number;
}

/** Whether a row is new because it had no rank before, rather than because nothing is compared. */
const isNew = (row: ProducerRow): boolean => row.rank_previous === null && row.growth_reason === 'new';

/** Producers by views, with what they rose or fell, how often they hit, and how sure that is. */
export function LeagueTable({ rows, caption, threshold, hitThreshold, days }: LeagueTableProps) {
  const { t, language } = useProducersWords();
  const { t: shared } = useFigureWords();
  const { compared } = useScope();
  const term = useMeasureTerm();
  const columns = useMemo((): TableColumn<ProducerRow>[] => {
    const end = { align: 'end' as const, width: 100 };
    const amount = compact(threshold, language);
    const hit = { days, threshold: compact(hitThreshold, language) };
    return [
      {
        id: 'producer',
        header: shared('producer'),
        width: 150,
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
        id: 'rank',
        header: t('rank'),
        align: 'end',
        width: 64,
        value: (row) => row.rank,
        cell: (row) => row.rank ?? NO_VALUE,
      },
      {
        id: 'rank_change',
        header: t('rank_change'),
        definition: t('rank_change_definition'),
        align: 'end',
        width: 76,
        value: (row) => row.rank_change,
        cell: (row) => <RankChange change={row.rank_change} isNew={isNew(row)} />,
      },
      {
        id: 'views',
        header: shared('views'),
        definition: term('views').definition,
        ...end,
        ...countColumn(rows, (row) => row.views, language),
      },
      {
        id: 'share',
        header: shared('share'),
        definition: term('share_of_views').definition,
        align: 'end',
        width: 76,
        value: (row) => row.share_of_views,
        cell: (row) => percent(row.share_of_views),
      },
      {
        id: 'growth',
        header: shared('growth'),
        align: 'end',
        width: 112,
        value: (row) => row.growth,
        cell: (row) => <Change value={row.growth} reason={row.growth_reason} />,
      },
      {
        id: 'club',
        header: t('club', { threshold: amount }),
        definition: shared('club_definition'),
        align: 'end',
        width: 80,
        value: (row) => row.club_count,
        cell: (row) => (row.club_count === 0 ? NO_VALUE : exact(row.club_count)),
      },
      {
        id: 'hit_rate',
        header: shared('hit_rate'),
        definition: t('hit_rate_definition', hit),
        align: 'end',
        width: 196,
        value: (row) => row.hit_rate,
        cell: (row) => (
          <HitRate
            rate={row.hit_rate}
            low={row.hit_rate_low}
            high={row.hit_rate_high}
            hits={row.hits}
            mature={row.mature_releases}
          />
        ),
      },
      {
        id: 'hits',
        header: t('hits'),
        definition: t('hit_rate_definition', hit),
        align: 'end',
        width: 128,
        hidden: true,
        value: (row) => row.hits,
        cell: (row) => `${row.hits} / ${row.mature_releases}`,
      },
      {
        id: 'active',
        header: t('active'),
        definition: term('active_series').definition,
        align: 'end',
        width: 76,
        value: (row) => row.active_series,
        cell: (row) => exact(row.active_series),
      },
      {
        id: 'new',
        header: t('new_series'),
        definition: term('new_series').definition,
        align: 'end',
        width: 64,
        value: (row) => row.new_series,
        cell: (row) => exact(row.new_series),
      },
      {
        id: 'median',
        header: t('median'),
        definition: term('median_views_per_series').definition,
        ...end,
        width: 128,
        ...countColumn(rows, (row) => row.median_views_per_series, language),
      },
      {
        id: 'immature',
        header: t('immature'),
        definition: t('immature_definition', hit),
        align: 'end',
        width: 112,
        hidden: true,
        value: (row) => row.immature,
        cell: (row) => exact(row.immature),
      },
    ];
  }, [t, shared, term, language, threshold, hitThreshold, days, rows]);
  // Without a comparison there is nothing to show of it, not something unknown.
  const shown = useMemo(
    () => columns.filter(({ id }) => compared !== null || (id !== 'growth' && id !== 'rank_change')),
    [columns, compared],
  );
  return (
    <Ticks dimension="producer">
      <DataTable
        caption={caption}
        columns={shown}
        rows={rows}
        rowId={(row) => row.producer}
        mark={(row) => producerMark(row, language)}
        sort={{ by: 'views', dir: 'desc' }}
        columnChoice="producers"
      />
    </Ticks>
  );
}
