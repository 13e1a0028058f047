import { CloseButton } from '@mantine/core';
import { useScope } from '../../../data/scope.tsx';
import { useFilters } from '../../../data/useFilters.ts';
import styles from '../FilterChip.module.css';
import { useWords } from '../words.ts';

/** Complete periods alone; it says so if the range has none, so that it is shown as it is. */
export function CompleteChip() {
  const { t } = useWords();
  const { incomplete } = useScope();
  const { setComplete } = useFilters();
  return (
    <span className={styles.chip}>
      <span className={styles.told}>{t(incomplete ? 'complete_none' : 'complete')}</span>
      <CloseButton
        size={24}
        iconSize={14}
        className={styles.remove}
        aria-label={t('remove', { name: t('complete') })}
        onClick={() => setComplete(false)}
      />
    </span>
  );
}
