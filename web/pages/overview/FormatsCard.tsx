import { SegmentedControl } from '@mantine/core';
import { useMemo } from 'react';
import { z } from 'zod';
import type { Answer } from '../../../server/contract/query.ts';
import { lastDrawnDay } from '../../charts/cut.ts';
import { memberHue } from '../../charts/look.ts';
import { type ColumnsData, stackedColumns } from '../../charts/stackedColumns.ts';
import { useQueryAnswer } from '../../data/hooks.ts';
import { usePageState } from '../../data/pageState.ts';
import { useScope } from '../../data/scope.tsx';
import type { FigureTable } from '../../figures/figure.ts';
import { grainFor } from '../../filters/ranges.ts';
import { type TrendWindow, trendWindow } from '../../filters/trend.ts';
import { range as rangeText } from '../../i18n/numbers.ts';
import { Chart } from '../../ui/chart/OldChart.tsx';
import { useMeasureTerm } from '../../ui/Definition.tsx';
import { coursesByMember } from './trend.ts';
import { useWords } from './words.ts';

const STATE = z.object({ trend: z.enum(['year', 'range']).catch('year') });
/** The steadiest at the bottom, so that what grows is seen growing. */
const ORDER = ['live_action', 'comic', 'ai', 'other'];

/** Views by format over time, each format in its own colour. */
export function FormatsCard() {
  const { t, language } = useWords();
  const { range, since, asOf } = useScope();
  const [{ trend }, setState] = usePageState(STATE);
  const year = trendWindow(range, since);
  const widened = year.range.from !== range.from;
  const shown: TrendWindow = widened && trend === 'range' ? { range, grain: grainFor(range) } : year;
  const query = useQueryAnswer({
    measures: ['views'],
    dimensions: ['format'],
    time: { ...shown.range, grain: shown.grain },
  });
  const until = lastDrawnDay(asOf, shown.range.to);
  const term = useMeasureTerm()('views');
  const { data, table } = useMemo(
    () => drawn(query.data, shown.grain, { measure: term.label, period: t(`grain_${shown.grain}`) }, until),
    [query.data, shown.grain, term.label, t, until],
  );
  return (
    <Chart
      title={t('formats')}
      subtitle={t('formats_subtitle', {
        grain: t(`grain_${shown.grain}`),
        range: rangeText(shown.range.from, shown.range.to, language),
      })}
      definition={term.definition}
      build={stackedColumns}
      data={data}
      table={table}
      query={query}
      meta={query.data?.meta}
      cut={data?.partial.periods.includes(data.periods.at(-1) ?? '') ? data.partial.asOf : null}
      controls={
        widened && (
          <SegmentedControl
            size="xs"
            aria-label={t('trend')}
            value={trend}
            onChange={(value) => setState({ trend: value === 'range' ? 'range' : 'year' })}
            data={[
              { value: 'year', label: t('trend_year') },
              { value: 'range', label: t('trend_range') },
            ]}
          />
        )
      }
    />
  );
}

function drawn(
  answer: Answer | undefined,
  grain: TrendWindow['grain'],
  words: { measure: string; period: string },
  until: string,
): { data: ColumnsData | undefined; table: FigureTable } {
  if (answer === undefined || answer.rows.length === 0) return { data: undefined, table: { columns: [], rows: [] } };
  const { periods, members } = coursesByMember(answer, 'format', 'views');
  const place = (id: string) => (ORDER.includes(id) ? ORDER.indexOf(id) : ORDER.length);
  const ordered = [...members].sort((a, b) => place(a.id) - place(b.id));
  const parts = ordered.map(({ id, label, values }) => ({
    id,
    name: label,
    hue: memberHue('format', id, []),
    values,
  }));
  return {
    data: {
      periods,
      grain,
      parts,
      kind: 'count',
      partial: { periods: answer.meta.partial_periods, asOf: until },
      measure: words.measure,
    },
    table: {
      columns: [
        { id: 'period', header: words.period, kind: 'text' },
        ...parts.map(({ id, name }) => ({ id, header: name, kind: 'count' as const })),
      ],
      rows: periods.map((period, at) => [period, ...parts.map(({ values }) => values[at] ?? null)]),
    },
  };
}
