import { Button } from '@mantine/core';
import { useFilters } from '../data/useFilters.ts';
import { useWords } from '../data/useWords.ts';
import { EmptyState } from './EmptyState.tsx';

export function ClearFilters() {
  const { t } = useWords();
  const { clear } = useFilters();
  return (
    <Button variant="default" size="sm" onClick={clear}>
      {t('clear_filters')}
    </Button>
  );
}

export function NoRows() {
  const { t } = useWords();
  const { state } = useFilters();
  return (
    <EmptyState
      title={t('no_rows')}
      text={t('no_rows_text')}
      action={state.members.length > 0 || state.where !== undefined ? <ClearFilters /> : undefined}
    />
  );
}
