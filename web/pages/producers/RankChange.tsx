import { IconCaretDownFilled, IconCaretUpFilled } from '@tabler/icons-react';
import styles from './RankChange.module.css';
import { useProducersWords } from './words.ts';

/** Places won or lost since the compared period: direction by sign and shape, never by colour alone. */
export function RankChange({ change, isNew }: { change: number | null; isNew: boolean }) {
  const { t } = useProducersWords();
  if (isNew) return <span className={styles.fresh}>{t('rank_new')}</span>;
  if (change === null) return <span className={styles.same}>–</span>;
  if (change === 0) {
    return (
      <span className={styles.same} title={t('same')}>
        =
      </span>
    );
  }
  const rose = change > 0;
  const Caret = rose ? IconCaretUpFilled : IconCaretDownFilled;
  const text = t(rose ? 'rose' : 'fell', { count: Math.abs(change) });
  return (
    <span className={rose ? styles.rise : styles.fall} title={text}>
      <Caret size={12} aria-label={text} />
      {Math.abs(change)}
    </span>
  );
}
