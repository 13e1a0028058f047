import { useMemo } from 'react';
import { divergingBars } from '../../charts/divergingBars.ts';
import { rowsBeside } from '../../charts/heights.ts';
import { memberName, withinSentence } from '../../charts/members.ts';
import { type ValueKind, valueFormat } from '../../charts/scale.ts';
import { useAnalysis } from '../../data/hooks.ts';
import { useScope } from '../../data/scope.tsx';
import type { DateRange } from '../../filters/ranges.ts';
import { exact, points, range as rangeText, toNumber } from '../../i18n/numbers.ts';
import { Card } from '../../ui/Card.tsx';
import { Change } from '../../ui/Change.tsx';
import { Chart, SourceLine } from '../../ui/chart/Chart.tsx';
import { useSource } from '../../ui/chart/useSource.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import type { TableColumn } from '../../ui/tableColumn.ts';
import { RankChange } from '../producers/RankChange.tsx';
import { type GrowthBy, type GrowthMeasure, largestMovers, type MoverRow } from './growthData.ts';
import type { MoneyView } from './money.ts';
import { useGrowthWords } from './words.ts';

interface MoversProps {
  by: Exclude<GrowthBy, 'none'>;
  measure: GrowthMeasure;
  kind: ValueKind;
  byName: string;
  measureName: string;
  money: MoneyView;
  compared: DateRange;
}

function useMoversParts({ by, measure, byName, measureName, money, compared }: MoversProps) {
  const { t, language } = useGrowthWords();
  const { range } = useScope();
  const query = useAnalysis('movers', { by, measure, ...money.params });
  const subtitle = t('movers_subtitle', {
    measure: withinSentence(measureName),
    by: withinSentence(byName),
    now: rangeText(range.from, range.to, language),
    versus: t('versus', { range: rangeText(compared.from, compared.to, language) }),
  });
  return { t, language, query, subtitle };
}

/** The largest rises and falls. */
export function MoversChart(props: MoversProps) {
  const { kind, byName, measureName } = props;
  const { t, language, query, subtitle } = useMoversParts(props);
  const found = useMemo(() => {
    const words = {
      measure: subtitle,
      value: t('value'),
      previous: t('previous'),
      growth: t('growth'),
      contribution: t('contribution'),
      rank: t('rank'),
    };
    return query.data === undefined ? undefined : largestMovers(query.data, kind, words, language);
  }, [query.data, kind, subtitle, t, language]);
  return (
    <Chart
      title={t('movers_title')}
      subtitle={subtitle}
      build={divergingBars}
      data={found?.data}
      table={{
        columns: [
          { id: 'member', header: byName, kind: 'text' },
          { id: 'value', header: `${measureName} · ${t('value')}`, kind },
          { id: 'previous', header: t('previous'), kind },
          { id: 'delta', header: t('delta'), kind },
          { id: 'growth', header: t('growth'), kind: 'fraction' },
          { id: 'rank', header: t('rank'), kind: 'count' },
          { id: 'rank_change', header: t('rank_change'), kind: 'count' },
        ],
        rows: (query.data?.rows ?? []).map((row) => [
          row.member_label,
          row.value,
          row.previous,
          row.delta,
          row.growth,
          row.rank,
          row.rank_change,
        ]),
      }}
      query={query}
      meta={query.data?.meta}
      height={rowsBeside(found?.data.movers.length ?? 10)}
      {...(found !== undefined && found.left > 0 ? { note: t('others_note', { count: found.left }) } : {})}
    />
  );
}

/** Every member's change, with its rank. */
export function MoversTable(props: MoversProps) {
  const { kind, byName } = props;
  const { t, language, query, subtitle } = useMoversParts(props);
  const source = useSource(query.data?.meta);
  const columns = useMemo((): TableColumn<MoverRow>[] => {
    const format = valueFormat(kind, language);
    const written = (value: number | string | null): string => {
      const number = toNumber(value);
      return number === null ? '–' : format.label(number);
    };
    const end = { align: 'end' as const, width: 112 };
    return [
      {
        id: 'member',
        header: byName,
        width: 168,
        fixed: true,
        value: (row) => memberName(row.member, row.member_label, language),
      },
      { id: 'rank', header: t('rank'), align: 'end', width: 72, value: (row) => row.rank },
      {
        id: 'rank_change',
        header: t('rank_change'),
        definition: t('rank_change_definition'),
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
          return delta === null ? '–' : format.signed(delta);
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
        definition: t('contribution_definition'),
        ...end,
        width: 128,
        value: (row) => row.contribution_pp,
        cell: (row) => points(row.contribution_pp, language),
      },
    ];
  }, [kind, language, byName, t]);
  if (query.data === undefined || query.data.rows.length === 0) return null;
  return (
    <Card
      title={t('movers_table')}
      subtitle={subtitle}
      footer={<SourceLine source={source} language={language} />}
      flush
    >
      <DataTable
        caption={subtitle}
        columns={columns}
        rows={query.data.rows}
        rowId={(row) => row.member}
        sort={{ by: 'delta', dir: 'desc' }}
        columnChoice
        maxHeight="560px"
      />
    </Card>
  );
}
