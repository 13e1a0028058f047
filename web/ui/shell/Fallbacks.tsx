import type { ErrorComponentProps } from '@tanstack/react-router';
import { MissingCode } from '../../data/api/code.ts';
import { useAway } from '../../data/api/reach.ts';
import { useWords } from '../../data/useWords.ts';
import { EmptyState } from '../EmptyState.tsx';
import { ErrorState } from '../ErrorState.tsx';
import { PageLink } from '../PageLink.tsx';
import { PageSkeleton } from '../Skeletons.tsx';

export function MissingPage() {
  const { t } = useWords();
  return (
    <EmptyState
      page
      title={t('page_missing')}
      text={t('page_missing_text')}
      action={
        <PageLink page="overview" asButton>
          {t('go_overview')}
        </PageLink>
      }
    />
  );
}

/** Shown where a page's own code fell over; the rest of the frame stays. */
export function CrashedPage({ error, reset }: ErrorComponentProps) {
  const { t } = useWords();
  if (!(error instanceof MissingCode)) return <ErrorState error={error} onRetry={reset} />;
  return <ErrorState error={error} title={t('no_code')} onRetry={() => location.reload()} />;
}

/** In place of a page whose code has not come yet. */
export function PendingPage() {
  const { t } = useWords();
  return useAway() ? <EmptyState page title={t('page_waits')} text={t('page_waits_text')} /> : <PageSkeleton />;
}
