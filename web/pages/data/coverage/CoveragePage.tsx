import { useMemo } from 'react';
import { useCatalog, useStorage } from '../../../data/hooks.ts';
import { ScopeProvider, useResolvedScope } from '../../../data/scope.tsx';
import { useAnswers } from '../../../data/useFigure.ts';
import { dataCoverage, longestGaps } from '../../../figures/data/coverage.ts';
import type { FilterState } from '../../../filters/grammar.ts';
import { exact, NO_VALUE } from '../../../i18n/numbers.ts';
import { Card } from '../../../ui/Card.tsx';
import { Chart } from '../../../ui/chart/Chart.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { PageFrame } from '../../../ui/PageFrame.tsx';
import { PageLink } from '../../../ui/PageLink.tsx';
import { TableSkeleton } from '../../../ui/Skeletons.tsx';
import { bytesText } from '../parts/bytesText.ts';
import styles from './CoveragePage.module.css';
import { GapsTable, SourcesTable } from './CoverageTables.tsx';
import { useCoverageWords } from './words.ts';

const WHOLE_LOG: FilterState = { time: { kind: 'preset', preset: 'all' }, compare: 'none', members: [] };

export function CoveragePage() {
  const { t, language } = useCoverageWords();
  const catalog = useCatalog();
  const scope = useResolvedScope(WHOLE_LOG, catalog.data, language);
  return (
    <PageFrame title={t('title')} subtitle={t('subtitle')}>
      {catalog.isPending && <TableSkeleton rows={5} />}
      {catalog.isError && catalog.data === undefined && (
        <ErrorState error={catalog.error} onRetry={() => void catalog.refetch()} />
      )}
      {catalog.data !== undefined && scope === null && (
        <>
          <NoData />
          <StorageCard />
        </>
      )}
      {scope !== null && (
        <ScopeProvider scope={scope}>
          <Sources asOf={scope.asOf} expected={scope.catalog.dataset.sources.length} />
          <Chart figure={dataCoverage} />
          <Below />
        </ScopeProvider>
      )}
    </PageFrame>
  );
}

function NoData() {
  const { t } = useCoverageWords();
  return (
    <EmptyState
      title={t('none')}
      text={t('none_text')}
      action={
        <PageLink page="data" asButton>
          {t('to_files')}
        </PageLink>
      }
    />
  );
}

/** Heights of the table that comes, in pixels. */
const [HEAD, ROW] = [36, 40];

function Sources({ asOf, expected }: { asOf: string; expected: number }) {
  const { t } = useCoverageWords();
  const { answers } = useAnswers(dataCoverage);
  return (
    <Card title={t('sources')} subtitle={t('sources_text')} flush>
      {answers === undefined ? (
        <div style={{ minHeight: HEAD + ROW * expected }}>
          <TableSkeleton rows={expected} />
        </div>
      ) : (
        <SourcesTable sources={answers.coverage.sources} asOf={asOf} />
      )}
    </Card>
  );
}

/** What comes once the chart has its height, so that nothing moves. */
function Below() {
  const { t } = useCoverageWords();
  const { answers } = useAnswers(dataCoverage);
  const gaps = useMemo(() => longestGaps(answers?.coverage.rows ?? []), [answers]);
  if (answers === undefined) return null;
  return (
    <>
      {gaps.length > 0 && (
        <Card title={t('gaps_title')} subtitle={t('gaps_text')} flush>
          <GapsTable gaps={gaps} />
        </Card>
      )}
      <StorageCard />
    </>
  );
}

function StorageCard() {
  const { t } = useCoverageWords();
  const { data } = useStorage();
  const facts = [
    [t('storage_rows'), exact(data?.rows.view_log)],
    [t('storage_hidden'), exact(data?.rows.view_log_hidden)],
    [t('storage_snapshots'), exact(data?.rows.snapshot)],
    [t('storage_series'), exact(data?.rows.series)],
    [t('storage_database'), data === undefined ? NO_VALUE : bytesText(data.database_bytes)],
    [t('storage_free'), data === undefined ? NO_VALUE : bytesText(data.free_bytes)],
  ];
  return (
    <Card title={t('storage')}>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="numbers">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
