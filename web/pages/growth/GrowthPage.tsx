import type { ValueKind } from '../../charts/scale.ts';
import { oneOf, textParam, usePageState } from '../../data/pageState.ts';
import { useScope } from '../../data/scope.tsx';
import { useDimensionLabel } from '../../data/useMemberLabels.ts';
import { Card, CardRow } from '../../ui/Card.tsx';
import { Picker } from '../../ui/chart/Choice.tsx';
import { useMeasureTerm } from '../../ui/Definition.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { DecompositionChart } from './DecompositionChart.tsx';
import { GrowthNotes } from './GrowthNotes.tsx';
import { BY, MEASURES } from './growthData.ts';
import { IndexChart } from './IndexChart.tsx';
import { MoversChart, MoversTable } from './Movers.tsx';
import { moneyView } from './money.ts';
import { useGrowthWords } from './words.ts';

const codecs = {
  by: oneOf(BY, 'format'),
  measure: oneOf(MEASURES, 'views'),
  base: textParam(''),
  currency: textParam(''),
  split: oneOf(['effect', 'activity'], 'activity'),
};
const KIND: ValueKind = 'count';

/** Index to a base month, what growth is made of, and who rose or fell. */
export function GrowthPage() {
  const { t, language } = useGrowthWords();
  const { compared, uncomparable, catalog } = useScope();
  const [state, setState] = usePageState(codecs);
  const { measure, base, split } = state;
  const dimensions = BY.filter(
    (id) => id === 'none' || catalog.dimensions.find((one) => one.id === id)?.available !== false,
  );
  // What no file states cannot be split by: the first that one does.
  const by = dimensions.includes(state.by) ? state.by : (dimensions[0] ?? 'none');
  const term = useMeasureTerm();
  const dimensionLabel = useDimensionLabel(language);
  const byName = by === 'none' ? t('no_split') : dimensionLabel(by);
  const money = moneyView(measure, catalog.dataset, state.currency);
  const { label } = term(measure);
  const shown = money.choices.length === 0 ? 'in_currency' : money.converts ? 'in_converted' : 'in_one_currency';
  const measureName = money.currency === null ? label : t(shown, { measure: label, currency: money.currency });
  const measures = MEASURES.filter((id) => catalog.measures.find((one) => one.id === id)?.available !== false);
  const names = { by, measure, byName, measureName, money };
  return (
    <PageFrame
      title={t('title')}
      subtitle={t('subtitle')}
      actions={
        <>
          <Picker
            label={t('measure')}
            value={measure}
            width={176}
            onChange={(value) => setState({ measure: value })}
            options={measures.map((value) => ({ value, label: term(value).label }))}
          />
          {money.choices.length > 0 && (
            <Picker
              label={t(money.converts ? 'converted_into' : 'currency')}
              value={money.currency ?? ''}
              width={112}
              onChange={(value) => setState({ currency: value })}
              options={money.choices.map((value) => ({ value, label: value }))}
            />
          )}
          <Picker
            label={t('by')}
            value={by}
            width={148}
            onChange={(value) => setState({ by: value })}
            options={dimensions.map((value) => ({
              value,
              label: value === 'none' ? t('no_split') : dimensionLabel(value),
            }))}
          />
        </>
      }
    >
      <IndexChart {...names} base={base} onBase={(value) => setState({ base: value })} />
      {compared === null ? (
        <Card title={t('decomposition_title')}>
          <EmptyState title={t(uncomparable === null ? 'no_comparison' : 'uncomparable')} />
        </Card>
      ) : (
        <>
          <CardRow>
            <DecompositionChart compared={compared} split={split} onSplit={(value) => setState({ split: value })} />
            {by !== 'none' && <MoversChart {...names} by={by} kind={KIND} compared={compared} />}
          </CardRow>
          {by !== 'none' && <MoversTable {...names} by={by} kind={KIND} compared={compared} />}
        </>
      )}
      <GrowthNotes by={by} measure={measure} money={money} base={base} compared={compared} />
    </PageFrame>
  );
}
