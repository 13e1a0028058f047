import { useScope } from '../../data/scope.tsx';
import { range as rangeText } from '../../i18n/numbers.ts';
import { Card, CardRow } from '../../ui/Card.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Notes } from '../../ui/Notes.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { FindingsCard } from './FindingsCard.tsx';
import { FormatsCard } from './FormatsCard.tsx';
import { KpiSection } from './KpiSection.tsx';
import { MoversCard } from './MoversCard.tsx';
import styles from './OverviewPage.module.css';
import { useOverview } from './useOverview.ts';
import { useWords } from './words.ts';

/** The industry at a glance: five numbers, formats over time, who moved, and what changed in sentences. */
export function OverviewPage() {
  const { t, language } = useWords();
  const { range, compared, uncomparable } = useScope();
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
        <FormatsCard />
        <FindingsCard overview={overview} />
      </div>
      {compared === null ? (
        <Card>
          <EmptyState
            title={uncomparable === null ? t('off') : t('movers_none')}
            text={uncomparable === null ? t('off_text') : t('movers_none_text')}
          />
        </Card>
      ) : (
        <CardRow>
          <MoversCard title={t('genre_movers')} query={overview.genres} compared={compared} />
          <MoversCard title={t('producer_movers')} query={overview.producers} compared={compared} />
        </CardRow>
      )}
      <Notes notes={overview.notes} />
    </PageFrame>
  );
}
