import { useMemo } from 'react';
import type { MoversAnswer } from '../../../server/contract/analyses.ts';
import { divergingBars, type Mover, type MoversData } from '../../charts/divergingBars.ts';
import { useScope } from '../../data/scope.tsx';
import { useWords as useCommon } from '../../data/useWords.ts';
import type { DateRange } from '../../filters/ranges.ts';
import type { Language } from '../../i18n/i18n.ts';
import { change, compact, points, range as rangeText, toNumber } from '../../i18n/numbers.ts';
import { Chart } from '../../ui/chart/OldChart.tsx';
import { useMeasureTerm } from '../../ui/Definition.tsx';
import type { useOverview } from './useOverview.ts';
import { useWords } from './words.ts';

type Row = MoversAnswer['rows'][number];
/** Of those who rose and of those who fell, each. */
const SHOWN = 5;

interface MoversCardProps {
  title: string;
  query: ReturnType<typeof useOverview>['genres'];
  compared: DateRange;
}

/** Why a growth is not given, in words; nothing where it is. */
const reasonOf = (row: Row, say: ReturnType<typeof useCommon>['t']) =>
  row.growth_reason === null ? '' : say(`reason_${row.growth_reason}`);

/** Who rose and who fell most between the two ranges. */
export function MoversCard({ title, query, compared }: MoversCardProps) {
  const { t, language } = useWords();
  const { t: say } = useCommon();
  const { range } = useScope();
  const term = useMeasureTerm()('views');
  const rows = query.data?.rows;
  const moved = useMemo(() => mostMoved(rows ?? []), [rows]);
  const data = useMemo<MoversData | undefined>(
    () =>
      moved.length === 0
        ? undefined
        : {
            movers: moved.map((row) => mover(row, language, t, reasonOf(row, say))),
            kind: 'count',
            measure: term.label,
          },
    [moved, language, t, say, term.label],
  );
  const subtitle = t('movers_subtitle', {
    range: rangeText(range.from, range.to, language),
    compared: rangeText(compared.from, compared.to, language),
  });
  return (
    <Chart
      title={title}
      subtitle={subtitle}
      definition={term.definition}
      build={divergingBars}
      data={data}
      table={tableOf(rows ?? [], t)}
      query={query}
      meta={query.data?.meta}
      height={Math.max(160, moved.length * 32 + 8)}
      empty={t('movers_none')}
    />
  );
}

/** The strongest risers and fallers, from the greatest rise to the greatest fall. */
export function mostMoved(rows: readonly Row[]): Row[] {
  const known = rows
    .map((row) => ({ row, delta: toNumber(row.delta) }))
    .filter((one): one is { row: Row; delta: number } => one.delta !== null && one.delta !== 0)
    .sort((a, b) => b.delta - a.delta);
  const rose = known.filter(({ delta }) => delta > 0).slice(0, SHOWN);
  const fell = known.filter(({ delta }) => delta < 0).slice(-SHOWN);
  return [...rose, ...fell].map(({ row }) => row);
}

function mover(row: Row, language: Language, t: ReturnType<typeof useWords>['t'], reason: string): Mover {
  const growth = row.growth === null ? reason : change(row.growth);
  return {
    id: row.member,
    name: row.member_label,
    delta: toNumber(row.delta) ?? 0,
    note: growth,
    facts: [
      { name: t('now'), value: compact(row.value, language, 1) },
      { name: t('before'), value: compact(row.previous, language, 1) },
      { name: t('growth'), value: growth },
      { name: t('contribution'), value: points(row.contribution_pp, language) },
    ],
  };
}

function tableOf(rows: readonly Row[], t: ReturnType<typeof useWords>['t']) {
  return {
    columns: [
      { id: 'member', header: t('member'), kind: 'text' as const },
      { id: 'value', header: t('now'), kind: 'count' as const },
      { id: 'previous', header: t('before'), kind: 'count' as const },
      { id: 'growth', header: t('growth'), kind: 'fraction' as const },
      { id: 'contribution', header: t('contribution'), kind: 'points' as const },
    ],
    rows: rows.map((row) => [row.member_label, row.value, row.previous, row.growth, row.contribution_pp]),
  };
}
