import type { ErrorComponentProps } from '@tanstack/react-router';
import { useWords } from '../../data/useWords.ts';
import { EmptyState } from '../EmptyState.tsx';
import { ErrorState } from '../ErrorState.tsx';
import { PageLink } from '../PageLink.tsx';

export function MissingPage() {
  const { t } = useWords();
  return (
    <EmptyState
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
  return <ErrorState error={error} onRetry={reset} />;
}
