import { useMemo } from 'react';
import type { CoverageSource } from '../../../../server/contract/coverage.ts';
import type { coverageRuns, longestGaps } from '../../../figures/data/coverage.ts';
import { day as dayText, exact, range as rangeText } from '../../../i18n/numbers.ts';
import { DataTable } from '../../../ui/DataTable.tsx';
import { Definition } from '../../../ui/Definition.tsx';
import { PageLink } from '../../../ui/PageLink.tsx';
import type { TableColumn } from '../../../ui/tableColumn.ts';
import { useCoverageWords, useFigureWords } from './words.ts';

const onlySource = (id: string) => ({
  time: null,
  compare: 'previous_period' as const,
  members: [{ dimension: 'source' as const, op: 'in' as const, values: [id] }],
});
const DAY = 86_400_000;

/** What each source is, and what it covers by that. @param asOf last day of all data */
export function SourcesTable({ sources, asOf }: { sources: readonly CoverageSource[]; asOf: string }) {
  const { t: own, language } = useCoverageWords();
  const { t } = useFigureWords();
  const columns = useMemo((): TableColumn<CoverageSource>[] => {
    const end = { align: 'end' as const, width: 104 };
    return [
      {
        id: 'source',
        header: t('source'),
        width: 180,
        fixed: true,
        value: (row) => row.source,
        cell: (row) => (
          <PageLink page="overview" state={onlySource(row.source)}>
            {row.source}
          </PageLink>
        ),
      },
      {
        id: 'kind',
        header: t('kind'),
        width: 120,
        value: (row) => t(`kind_${row.kind}`),
        cell: (row) => <Definition text={own(`kind_${row.kind}_text`)}>{t(`kind_${row.kind}`)}</Definition>,
      },
      {
        id: 'span',
        header: own('span'),
        width: 240,
        value: (row) => row.from,
        cell: (row) => rangeText(row.from, row.to, language),
      },
      {
        id: 'behind',
        header: own('behind'),
        definition: own('behind_text'),
        ...end,
        value: (row) => Math.max(0, (Date.parse(asOf) - Date.parse(row.to)) / DAY),
      },
      {
        id: 'stated',
        header: own('stated'),
        ...end,
        width: 136,
        value: (row) => row.stated_days,
        cell: (row) => own('of_days', { stated: exact(row.stated_days), days: exact(row.days) }),
      },
      { id: 'estimated', header: t('estimated'), ...end, value: (row) => row.estimated_days },
      { id: 'gaps', header: own('gaps'), ...end, value: (row) => row.gap_days },
      { id: 'rows', header: t('rows'), ...end, value: (row) => row.rows, cell: (row) => exact(row.rows) },
    ];
  }, [t, own, language, asOf]);
  return (
    <DataTable
      fitted
      caption={own('sources')}
      columns={columns}
      rows={sources}
      rowId={(row) => row.source}
      sort={{ by: 'rows', dir: 'desc' }}
    />
  );
}

type Gap = ReturnType<typeof coverageRuns>[number];

export function GapsTable({ gaps }: { gaps: ReturnType<typeof longestGaps> }) {
  const { t: own, language } = useCoverageWords();
  const { t } = useFigureWords();
  const columns = useMemo(
    (): TableColumn<Gap>[] => [
      { id: 'source', header: t('source'), width: 240, fixed: true, value: (row) => row.source },
      {
        id: 'from',
        header: own('from'),
        width: 180,
        value: (row) => row.from,
        cell: (row) => dayText(row.from, language),
      },
      { id: 'to', header: own('to'), width: 180, value: (row) => row.to, cell: (row) => dayText(row.to, language) },
      { id: 'days', header: own('days'), align: 'end', width: 120, value: (row) => row.days },
    ],
    [t, own, language],
  );
  return (
    <DataTable
      fitted
      caption={own('gaps_title')}
      columns={columns}
      rows={gaps}
      rowId={(row) => `${row.source} ${row.from}`}
      sort={{ by: 'days', dir: 'desc' }}
    />
  );
}
