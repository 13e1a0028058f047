import { useScope } from '../data/scope.tsx';
import { useWords } from '../data/useWords.ts';
import { cutAt } from '../i18n/numbers.ts';
import styles from './PartialMark.module.css';

/** Says that a period is cut, and where: hatched like its bars in the charts. */
export function PartialMark({ at }: { at?: string | null }) {
  const { t, language } = useWords();
  const { asOf } = useScope();
  return (
    <span className={styles.mark} title={t('partial')}>
      <span className={styles.hatch} aria-hidden />
      {cutAt(at ?? asOf, language)}
    </span>
  );
}
