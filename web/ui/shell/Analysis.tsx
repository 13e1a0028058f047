import { IconDatabase } from '@tabler/icons-react';
import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { part } from '../../data/api/code.ts';
import { useCatalog } from '../../data/hooks.ts';
import { useRelease } from '../../data/release.ts';
import { ScopeProvider, useResolvedScope } from '../../data/scope.tsx';
import { useFilters } from '../../data/useFilters.ts';
import { useWords } from '../../data/useWords.ts';
import { EmptyState } from '../EmptyState.tsx';
import { ErrorState } from '../ErrorState.tsx';
import { FilterBar } from '../filters/FilterBar.tsx';
import { PageLink } from '../PageLink.tsx';
import { PageSkeleton } from '../Skeletons.tsx';
import styles from './Shell.module.css';

const words = () => part(() => import('./InWords.tsx'));
const ScopeInWords = lazy(async () => ({ default: (await words()).ScopeInWords }));
const PaperFoot = lazy(async () => ({ default: (await words()).PaperFoot }));

export function Analysis() {
  const { language } = useWords();
  const catalog = useCatalog();
  const { state } = useFilters();
  const sinceRelease = state.time?.kind === 'preset' && state.time.preset === 'release';
  const release = useRelease(catalog.data, sinceRelease);
  const scope = useResolvedScope(state, catalog.data, language, release);
  if (catalog.isPending || release === undefined) return <PageSkeleton />;
  if (catalog.isError && catalog.data === undefined) {
    return <ErrorState error={catalog.error} onRetry={() => void catalog.refetch()} />;
  }
  if (scope === null) return <EmptyDataset />;
  return (
    <ScopeProvider scope={scope}>
      <FilterBar />
      <Suspense>
        <ScopeInWords />
      </Suspense>
      <Outlet />
      <Suspense>
        <PaperFoot />
      </Suspense>
    </ScopeProvider>
  );
}

function EmptyDataset() {
  const { t } = useWords();
  return (
    <div className={styles.middle}>
      <EmptyState
        page
        icon={<IconDatabase size={32} stroke={1.4} aria-hidden />}
        title={t('empty_dataset')}
        text={t('empty_dataset_text')}
        action={
          <PageLink page="data" asButton>
            {t('go_import')}
          </PageLink>
        }
      />
    </div>
  );
}
