import { useWords } from '../words.ts';
import styles from './CheckList.module.css';
import type { Check } from './checks.ts';

/** A check in words. */
export function CheckText({ check }: { check: Check }) {
  const { t } = useWords();
  return <>{t(check.key, { column: check.column ?? '', sample: check.sample ?? '' })}</>;
}

/** What keeps the file from being imported, then what is suspicious; or that nothing is. */
export function CheckList({ checks }: { checks: readonly Check[] }) {
  const { t } = useWords();
  return (
    <ul className={styles.list} aria-live="polite" aria-label={t('checks')}>
      {checks.length === 0 && <li data-level="fine">{t('checks_fine')}</li>}
      {checks.map((check) => (
        <li key={`${check.key} ${check.column}`} data-level={check.level}>
          <CheckText check={check} />
        </li>
      ))}
    </ul>
  );
}
