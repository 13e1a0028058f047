import { usePageState } from '../../data/pageState.ts';
import { useScope } from '../../data/scope.tsx';
import { useAnswers } from '../../data/useFigure.ts';
import { notCompared } from '../../figures/nothing.ts';
import { formatsParams, formatsWindow, overviewFormats } from '../../figures/overview/formats.ts';
import { genreMovers, producerMovers } from '../../figures/overview/movers.ts';
import { range as rangeText } from '../../i18n/numbers.ts';
import { Card, CardRow } from '../../ui/Card.tsx';
import { Chart } from '../../ui/chart/Chart.tsx';
import { Segments } from '../../ui/chart/Segments.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { MendLink } from '../../ui/MendLink.tsx';
import { Notes } from '../../ui/Notes.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { FindingsCard } from './FindingsCard.tsx';
import { KpiSection } from './KpiSection.tsx';
import styles from './OverviewPage.module.css';
import { useOverview } from './useOverview.ts';
import { useWords } from './words.ts';

export function OverviewPage() {
  const { t, language } = useWords();
  const scope = useScope();
  const { range, compared } = scope;
  const missing = notCompared(scope);
  const overview = useOverview();
  const subtitle =
    compared === null
      ? t('subtitle')
      : t('subtitle_compared', { range: rangeText(compared.from, compared.to, language) });
  return (
    <PageFrame title={t('title', { range: rangeText(range.from, range.to, language) })} subtitle={subtitle}>
      {overview.batch.isError ? (
        <Card>
          <ErrorState error={overview.batch.error} onRetry={() => void overview.batch.refetch()} />
        </Card>
      ) : (
        <KpiSection overview={overview} />
      )}
      <div className={styles.main}>
        <FormatsChart />
        <FindingsCard />
      </div>
      {compared === null ? (
        <Card title={genreMovers.heads({ ...scope, params: {} }).title}>
          <EmptyState
            title={missing.nothing}
            text={missing.remedy}
            action={missing.mend && <MendLink mend={missing.mend} />}
          />
        </Card>
      ) : (
        <CardRow>
          <Chart figure={genreMovers} />
          <Chart figure={producerMovers} />
        </CardRow>
      )}
      <Notes notes={overview.notes} />
    </PageFrame>
  );
}

function FormatsChart() {
  const { t } = useWords();
  const { scope } = useAnswers(overviewFormats);
  const [{ trend }, setState] = usePageState(formatsParams);
  return (
    <Chart
      figure={overviewFormats}
      controls={
        formatsWindow(scope).widened && (
          <Segments
            label={t('trend')}
            value={trend}
            onChange={(value) => setState({ trend: value })}
            options={[
              { value: 'year', label: t('trend_year') },
              { value: 'range', label: t('trend_range') },
            ]}
          />
        )
      }
    />
  );
}
