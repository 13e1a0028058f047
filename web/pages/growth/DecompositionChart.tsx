import { useMemo } from 'react';
import { waterfall } from '../../charts/waterfall.ts';
import { useAnalysis } from '../../data/hooks.ts';
import { useScope } from '../../data/scope.tsx';
import type { DateRange } from '../../filters/ranges.ts';
import { range as rangeText, signed, toNumber } from '../../i18n/numbers.ts';
import { Chart } from '../../ui/chart/Chart.tsx';
import { Segments } from '../../ui/chart/Choice.tsx';
import { useMeasureTerm } from '../../ui/Definition.tsx';
import { decompositionSteps, leadingEffect, newReleasesLead } from './growthData.ts';
import { useGrowthWords } from './words.ts';

type DecompositionSplit = 'effect' | 'activity';
const SPLITS = ['effect', 'activity'] as const;

interface DecompositionChartProps {
  compared: DateRange;
  split: DecompositionSplit;
  onSplit: (split: DecompositionSplit) => void;
}

/** The change in views between two ranges, and what it is made of. */
export function DecompositionChart({ compared, split, onSplit }: DecompositionChartProps) {
  const { t, language } = useGrowthWords();
  const { range, asOf } = useScope();
  const views = useMeasureTerm()('views').label;
  const query = useAnalysis('decomposition', { base_from: compared.from, base_to: compared.to });
  const row = query.data?.rows[0];
  const cut = asOf < range.to;
  const base = rangeText(compared.from, compared.to, language);
  const now = rangeText(range.from, cut ? asOf : range.to, language);
  const data = useMemo(
    () => (row === undefined ? undefined : decompositionSteps(row, split, { base, now, cut }, views, language, t)),
    [row, split, base, now, cut, views, language, t],
  );
  const lead =
    row === undefined ? null : split === 'effect' ? leadingEffect(row) : newReleasesLead(row) ? 'lead_new' : null;
  const returning = toNumber(row?.returning);
  const whyNot =
    row?.reason !== 'not_on_chart'
      ? {}
      : {
          empty: t('on_chart'),
          emptyText:
            returning === null ? t('on_chart_text') : t('on_chart_returning', { delta: signed(returning, language) }),
        };
  return (
    <Chart
      title={t(lead ?? 'decomposition_title')}
      subtitle={t('decomposition_subtitle', { base, now })}
      definition={t(split === 'effect' ? 'effect_definition' : 'activity_definition')}
      build={waterfall}
      data={data}
      table={{
        columns: [
          { id: 'step', header: t('step'), kind: 'text' },
          { id: 'value', header: views, kind: 'count' },
        ],
        rows: (data?.steps ?? []).map((step) => [step.name, step.value]),
      }}
      query={query}
      meta={query.data?.meta}
      cut={cut ? asOf : null}
      {...whyNot}
      controls={
        <Segments
          label={t('split_label')}
          value={split}
          onChange={onSplit}
          options={SPLITS.map((value) => ({ value, label: t(`split_${value}`) }))}
        />
      }
    />
  );
}
