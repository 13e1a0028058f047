import { useMemo } from 'react';
import { lastDrawnDay } from '../../charts/cut.ts';
import { linesOverTime } from '../../charts/linesOverTime.ts';
import { withinSentence } from '../../charts/members.ts';
import { useAnalysis } from '../../data/hooks.ts';
import { useScope } from '../../data/scope.tsx';
import { indexBases, trendWindow } from '../../filters/trend.ts';
import { fixed, period } from '../../i18n/numbers.ts';
import { Chart } from '../../ui/chart/Chart.tsx';
import { Picker } from '../../ui/chart/Choice.tsx';
import { indexLines } from '../genres/genresData.ts';
import type { GrowthBy, GrowthMeasure } from './growthData.ts';
import type { MoneyView } from './money.ts';
import { useGrowthWords } from './words.ts';

interface IndexChartProps {
  by: GrowthBy;
  measure: GrowthMeasure;
  byName: string;
  measureName: string;
  money: MoneyView;
  base: string;
  onBase: (base: string) => void;
}

/** The index of each member over the months (or weeks) that lead to the range, and what it is to. */
export function useIndex({ by, measure, money, base }: Pick<IndexChartProps, 'by' | 'measure' | 'money' | 'base'>) {
  const { range, since } = useScope();
  const trend = trendWindow(range, since);
  const { grain, starts } = indexBases(trend.range.from, trend.range.to, since);
  const chosenBase = starts.includes(base) ? base : starts[0];
  const growth = useAnalysis('growth', {
    ...(by === 'none' ? {} : { by }),
    measure,
    ...money.params,
    grain,
    limit: 12,
    from: grain === 'week' ? (starts[0] ?? trend.range.from) : trend.range.from,
    to: trend.range.to,
    ...(chosenBase === undefined ? {} : { base: chosenBase }),
  });
  return { growth, trend, grain, starts, chosenBase };
}

/** Members as an index to a month of the reader's choice. */
export function IndexChart({ by, measure, byName, measureName, money, base, onBase }: IndexChartProps) {
  const { t, language } = useGrowthWords();
  const { asOf } = useScope();
  const { growth, trend, grain, starts, chosenBase } = useIndex({ by, measure, money, base });
  const until = lastDrawnDay(asOf, trend.range.to);
  const rows = growth.data?.rows;
  const lastPeriod = rows
    ?.filter((row) => !row.partial)
    .map((row) => row.period)
    .sort()
    .at(-1);
  const best = rows
    ?.filter((row) => row.period === lastPeriod && row.index !== null && !row.member.startsWith('('))
    .toSorted((a, b) => (b.index ?? 0) - (a.index ?? 0));
  const chosen = useMemo(() => {
    const sizes = new Map<string, number>();
    for (const row of rows ?? []) sizes.set(row.member, Math.max(sizes.get(row.member) ?? 0, row.index ?? 0));
    return [...sizes]
      .sort((a, b) => b[1] - a[1])
      .slice(0, 7)
      .map(([member]) => member);
  }, [rows]);
  const words = { measure: measureName, by: withinSentence(byName) };
  const subtitle =
    chosenBase === undefined
      ? t('index_subtitle_no_base', words)
      : t('index_subtitle', { ...words, base: period(chosenBase, grain, language) });
  const data = useMemo(
    () =>
      growth.data === undefined ? undefined : indexLines(growth.data, by, chosen, language, until, subtitle, grain),
    [growth.data, by, chosen, language, until, subtitle, grain],
  );
  const first = best?.[0];
  const title =
    first?.index != null && first.index >= 150 && by !== 'none'
      ? t('index_lead', { name: first.member_label, times: fixed(first.index / 100, 1, true) })
      : t('index_title');
  return (
    <Chart
      title={title}
      subtitle={subtitle}
      definition={t('index_definition')}
      build={linesOverTime}
      data={data}
      table={{
        columns: [
          { id: 'member', header: byName, kind: 'text' },
          { id: 'period', header: t('period'), kind: 'text' },
          { id: 'index', header: t('index'), kind: 'index' },
          { id: 'value', header: measureName, kind: 'ratio' },
        ],
        rows: (rows ?? []).map((row) => [
          row.member_label,
          grain === 'month' ? row.period.slice(0, 7) : row.period,
          row.index,
          row.value,
        ]),
      }}
      query={growth}
      meta={growth.data?.meta}
      cut={data?.partial.periods.includes(data.periods.at(-1) ?? '') ? until : null}
      {...(chosenBase === undefined ? { empty: t('index_no_base'), emptyText: t('index_no_base_text') } : {})}
      controls={
        starts.length > 1 &&
        chosenBase !== undefined && (
          <Picker
            label={t('base')}
            value={chosenBase}
            width={grain === 'week' ? 248 : 176}
            onChange={onBase}
            options={starts.map((value) => ({
              value,
              label: t('base_option', { base: period(value, grain, language) }),
            }))}
          />
        )
      }
    />
  );
}
