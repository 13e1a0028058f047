import { useMemo } from 'react';
import type { ProducersAnswer } from '../../../server/contract/analyses.ts';
import { heightForRows, rowsBeside } from '../../charts/heights.ts';
import { type BarsData, horizontalBars } from '../../charts/horizontalBars.ts';
import { memberHue } from '../../charts/look.ts';
import { memberName } from '../../charts/members.ts';
import { useScope } from '../../data/scope.tsx';
import { change, compact, type NumberLanguage, percent, range as rangeText, toNumber } from '../../i18n/numbers.ts';
import { Chart, type ChartQuery } from '../../ui/chart/OldChart.tsx';
import type { ProducerRow } from './LeagueTable.tsx';
import { useProducersWords } from './words.ts';

const SHOWN = 10;

interface ChartPartProps {
  answer: ProducersAnswer | undefined;
  query: ChartQuery;
  chosen: readonly string[];
}

/** Whether there are views, or club members, but nobody says by whom. */
const allUnknown = (answer: ProducersAnswer | undefined, of: 'views' | 'club_count'): boolean => {
  const counted = (answer?.rows ?? []).filter((row) => (toNumber(row[of]) ?? 0) > 0);
  return counted.length > 0 && known(counted).length === 0;
};

const known = (rows: readonly ProducerRow[]): ProducerRow[] => rows.filter((row) => !row.producer.startsWith('('));

function bars(
  rows: readonly ProducerRow[],
  of: 'views' | 'club_count',
  chosen: readonly string[],
  language: NumberLanguage,
  measure: string,
): BarsData | undefined {
  const sorted = known(rows)
    .map((row) => ({ row, value: toNumber(row[of]) ?? 0 }))
    .filter(({ value }) => value > 0)
    .sort((a, b) => b.value - a.value);
  const total = sorted.reduce((sum, { value }) => sum + value, 0);
  if (sorted.length === 0) return undefined;
  return {
    kind: 'count',
    measure,
    bars: sorted.slice(0, SHOWN).map(({ row, value }) => ({
      id: row.producer,
      name: memberName(row.producer, row.producer_label, language),
      value,
      share: of === 'views' ? row.share_of_views : value / total,
      rank: of === 'views' ? row.rank : undefined,
      change: row.growth === null || of !== 'views' ? undefined : change(row.growth),
      hue: memberHue('producer', row.producer, chosen),
    })),
  };
}

/** The first producers' share of views. */
export function ShareChart({ answer, query, chosen }: ChartPartProps) {
  const { t, language } = useProducersWords();
  const { range } = useScope();
  const measure = t('views');
  const data = useMemo(
    () => (answer === undefined ? undefined : bars(answer.rows, 'views', chosen, language, measure)),
    [answer, chosen, language, measure],
  );
  const count = data?.bars.length ?? SHOWN;
  const together = data?.bars.reduce((sum, bar) => sum + (bar.share ?? 0), 0);
  const title =
    together === undefined || together === 0
      ? t('share_title')
      : t('share_lead', { count, share: percent(together, 0) });
  return (
    <Chart
      title={title}
      subtitle={t('share_subtitle', { count, range: rangeText(range.from, range.to, language) })}
      build={horizontalBars}
      data={data}
      table={tableOf(answer, t)}
      query={query}
      meta={answer?.meta}
      height={heightForRows(SHOWN, { row: 32 })}
      {...(allUnknown(answer, 'views') ? { empty: t('all_unknown'), emptyText: t('all_unknown_text') } : {})}
    />
  );
}

/** Club members by producer. */
export function ClubShareChart({ answer, query, chosen, threshold }: ChartPartProps & { threshold: number }) {
  const { t, language } = useProducersWords();
  const { range } = useScope();
  const amount = compact(threshold, language);
  const measure = t('count');
  const data = useMemo(
    () => (answer === undefined ? undefined : bars(answer.rows, 'club_count', chosen, language, measure)),
    [answer, chosen, language, measure],
  );
  const total = (answer?.rows ?? []).reduce((sum, row) => sum + row.club_count, 0);
  const first = data?.bars[0];
  const leads = first !== undefined && first.value >= 2 && first.value > (data?.bars[1]?.value ?? 0);
  return (
    <Chart
      title={leads ? t('club_lead', { producer: first.name, count: first.value, total }) : t('club_title')}
      subtitle={t('club_subtitle', { threshold: amount, range: rangeText(range.from, range.to, language) })}
      definition={t('club_definition')}
      build={horizontalBars}
      data={data}
      table={tableOf(answer, t)}
      query={query}
      meta={answer?.meta}
      height={rowsBeside(Math.max(1, data?.bars.length ?? 3), heightForRows(SHOWN, { row: 32 }))}
      {...(allUnknown(answer, 'club_count')
        ? { empty: t('all_unknown'), emptyText: t('all_unknown_text') }
        : { empty: t('empty_club', { threshold: amount }) })}
    />
  );
}

function tableOf(answer: ProducersAnswer | undefined, t: ReturnType<typeof useProducersWords>['t']) {
  return {
    columns: [
      { id: 'producer', header: t('producer'), kind: 'text' as const },
      { id: 'views', header: t('views'), kind: 'count' as const },
      { id: 'share', header: t('share'), kind: 'fraction' as const },
      { id: 'growth', header: t('growth'), kind: 'fraction' as const },
      { id: 'club_count', header: t('count'), kind: 'count' as const },
      { id: 'hits', header: t('hits_count'), kind: 'count' as const },
      { id: 'mature', header: t('mature'), kind: 'count' as const },
      { id: 'hit_rate', header: t('hit_rate'), kind: 'fraction' as const },
      { id: 'low', header: t('low'), kind: 'fraction' as const },
      { id: 'high', header: t('high'), kind: 'fraction' as const },
    ],
    rows: (answer?.rows ?? []).map((row) => [
      row.producer_label,
      row.views,
      row.share_of_views,
      row.growth,
      row.club_count,
      row.hits,
      row.mature_releases,
      row.hit_rate,
      row.hit_rate_low,
      row.hit_rate_high,
    ]),
  };
}
