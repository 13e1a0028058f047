import { IconFlask } from '@tabler/icons-react';
import { useWords } from '../../data/useWords.ts';
import type { Pressed } from '../opened.tsx';
import styles from './SyntheticBadge.module.css';

export function SyntheticMark(pressed: Pressed) {
  const { t } = useWords();
  return (
    <button {...pressed} type="button" className={styles.badge}>
      <IconFlask size={14} stroke={1.8} aria-hidden />
      {t('synthetic')}
    </button>
  );
}
