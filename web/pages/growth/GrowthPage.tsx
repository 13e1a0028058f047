import { z } from 'zod';
import { usePageState } from '../../data/pageState.ts';
import { useAnswers } from '../../data/useFigure.ts';
import { COHORT_VALUES, growthCohorts } from '../../figures/growth/cohorts.ts';
import { growthDecomposition, partsOf, SPLITS } from '../../figures/growth/decomposition.ts';
import { chosenBase, growthIndex } from '../../figures/growth/indexOverTime.ts';
import { growthMovers } from '../../figures/growth/movers.ts';
import { measuresOf, splitName, splitOf, splitsOf } from '../../figures/growth/split.ts';
import { indexWindow } from '../../figures/indexLines.ts';
import { withinSentence } from '../../figures/members.ts';
import { notCompared } from '../../figures/nothing.ts';
import { dimensionLabel, measureTerm } from '../../filters/scope.ts';
import { period } from '../../i18n/numbers.ts';
import { Card, CardRow } from '../../ui/Card.tsx';
import { Chart } from '../../ui/chart/Chart.tsx';
import { Picker } from '../../ui/chart/Picker.tsx';
import { Segments } from '../../ui/chart/Segments.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { MendLink } from '../../ui/MendLink.tsx';
import { Notes } from '../../ui/Notes.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { AnomaliesCard } from './AnomaliesCard.tsx';
import { MoversTable } from './MoversTable.tsx';
import { useGrowthWords } from './words.ts';

const STATE = z.object({
  ...growthIndex.params.shape,
  ...growthDecomposition.params.shape,
  ...growthCohorts.params.shape,
});

export function GrowthPage() {
  const { t, language } = useGrowthWords();
  const [{ split, parts, cohort }, setState] = usePageState(STATE);
  const index = useAnswers(growthIndex);
  const change = useAnswers(growthDecomposition);
  const movers = useAnswers(growthMovers);
  const { scope } = index;
  const { by, measure, money } = splitOf(scope);
  const { grain, starts } = indexWindow(scope);
  const base = chosenBase(scope) ?? index.answers?.growth.base;
  const notes = [index.answers?.growth, change.answers?.change, movers.answers?.movers];
  const missing = notCompared(scope);
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
            options={measuresOf(scope.catalog).map((value) => ({ value, label: measureTerm(scope, value).label }))}
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
            options={splitsOf(scope.catalog).map((value) => ({ value, label: splitName(scope, value) }))}
          />
        </>
      }
    >
      <Chart
        figure={growthIndex}
        controls={
          starts.length > 1 && (
            <Picker
              label={t('base')}
              value={base ?? ''}
              width={grain === 'week' ? 248 : 176}
              onChange={(value) => setState({ base: value })}
              options={starts.map((value) => ({
                value,
                label: t('base_option', { base: period(value, grain, language) }),
              }))}
            />
          )
        }
      />
      {scope.compared === null ? (
        <Card title={growthDecomposition.heads(change.scope).title}>
          <EmptyState
            title={missing.nothing}
            text={missing.remedy}
            action={missing.mend && <MendLink mend={missing.mend} />}
          />
        </Card>
      ) : (
        <>
          <CardRow>
            <Chart
              figure={growthDecomposition}
              controls={
                <Picker
                  label={t('split_label')}
                  value={partsOf(scope.catalog).find((one) => one === parts) ?? split}
                  width={168}
                  onChange={(value) => {
                    const chosen = SPLITS.find((one) => one === value);
                    if (chosen !== undefined) setState({ split: chosen, parts: 'none' });
                    else setState({ parts: partsOf(scope.catalog).find((one) => one === value) ?? 'none' });
                  }}
                  options={[
                    ...SPLITS.map((value) => ({ value, label: t(`split_${value}`) })),
                    ...partsOf(scope.catalog).map((value) => ({
                      value,
                      label: t('split_by', { by: withinSentence(dimensionLabel(scope, value)) }),
                    })),
                  ]}
                />
              }
            />
            {by !== 'none' && <Chart figure={growthMovers} />}
          </CardRow>
          {by !== 'none' && <MoversTable />}
        </>
      )}
      <Chart
        figure={growthCohorts}
        controls={
          <Segments
            label={t('cohort_value')}
            value={cohort}
            onChange={(value) => setState({ cohort: value })}
            options={COHORT_VALUES.map((value) => ({ value, label: t(`cohort_${value}`) }))}
          />
        }
      />
      <AnomaliesCard />
      <Notes notes={notes.flatMap((answer) => answer?.meta.notes ?? [])} />
    </PageFrame>
  );
}
