import { useMemo } from 'react';
import { valueFormat } from '../../charts/scale.ts';
import { useAnswers } from '../../data/useFigure.ts';
import { growthMovers, markBy } from '../../figures/growth/movers.ts';
import { splitOf } from '../../figures/growth/split.ts';
import { differenceOf } from '../../figures/kinds.ts';
import { memberName } from '../../figures/members.ts';
import type { MoverRow } from '../../figures/movers.ts';
import { columnFormat, exact, NO_VALUE, points, toNumber } from '../../i18n/numbers.ts';
import { Card } from '../../ui/Card.tsx';
import { Change } from '../../ui/Change.tsx';
import { SourceLine } from '../../ui/chart/Chart.tsx';
import { useSource } from '../../ui/chart/useSource.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import type { TableColumn } from '../../ui/tableColumn.ts';
import { RankChange } from '../producers/RankChange.tsx';
import { useFigureWords, useGrowthWords } from './words.ts';

export function MoversTable() {
  const { t: own, language } = useGrowthWords();
  const { t } = useFigureWords();
  const { scope, answers } = useAnswers(growthMovers);
  const answer = answers?.movers;
  const { subtitle } = growthMovers.heads(scope);
  const { by, byName, kind } = splitOf(scope);
  const source = useSource(answer?.meta);
  const columns = useMemo((): TableColumn<MoverRow>[] => {
    const format = valueFormat(kind, language);
    const difference = differenceOf(kind);
    const differences = valueFormat(difference.kind, language);
    const rows = answer?.rows ?? [];
    const inColumn = (values: (number | string | null)[]): ((value: number | string | null) => string) =>
      kind === 'count'
        ? columnFormat(values, language)
        : (value) => (value === null ? NO_VALUE : format.label(toNumber(value) ?? 0));
    const written = inColumn(rows.flatMap((row) => [row.value, row.previous]));
    const moved = inColumn(rows.map((row) => row.delta));
    const end = { align: 'end' as const, width: 112 };
    return [
      {
        id: 'member',
        header: byName,
        width: 168,
        fixed: true,
        leads: true,
        value: (row) => memberName(row.member, row.member_label, language),
      },
      { id: 'rank', header: t('rank'), align: 'end', width: 72, value: (row) => row.rank },
      {
        id: 'rank_change',
        header: t('rank_change'),
        definition: own('rank_change_definition'),
        align: 'end',
        width: 96,
        value: (row) => row.rank_change,
        cell: (row) => <RankChange change={row.rank_change} isNew={row.rank_change_reason === 'new'} />,
      },
      {
        id: 'value',
        header: t('value'),
        ...end,
        value: (row) => toNumber(row.value),
        cell: (row) => <span title={exact(row.value)}>{written(row.value)}</span>,
      },
      {
        id: 'previous',
        header: t('previous'),
        ...end,
        value: (row) => toNumber(row.previous),
        cell: (row) => <span title={exact(row.previous)}>{written(row.previous)}</span>,
      },
      {
        id: 'delta',
        header: t('delta'),
        ...end,
        value: (row) => toNumber(row.delta),
        cell: (row) => {
          const delta = toNumber(row.delta);
          if (delta === null) return NO_VALUE;
          return kind === 'count'
            ? `${delta > 0 ? '+' : ''}${moved(delta)}`
            : differences.signed(delta * difference.times);
        },
      },
      {
        id: 'growth',
        header: t('growth'),
        ...end,
        value: (row) => row.growth,
        cell: (row) => <Change value={row.growth} reason={row.growth_reason} />,
      },
      {
        id: 'contribution',
        header: t('contribution'),
        definition: own('contribution_definition'),
        ...end,
        width: 128,
        value: (row) => row.contribution_pp,
        cell: (row) => points(row.contribution_pp, language),
      },
    ];
  }, [language, byName, kind, answer, t, own]);
  if (answer === undefined || answer.rows.length === 0) return null;
  return (
    <Card
      title={own('movers_table')}
      subtitle={subtitle}
      footer={<SourceLine source={source} language={language} />}
      flush
    >
      <DataTable
        caption={subtitle}
        columns={columns}
        rows={answer.rows}
        rowId={(row) => row.member}
        mark={(row) => markBy(by, row, language)}
        sort={{ by: 'delta', dir: 'desc' }}
        columnChoice="movers"
      />
    </Card>
  );
}
