import { Popover } from '@mantine/core';
import { IconFlask } from '@tabler/icons-react';
import { useWords } from '../../data/useWords.ts';
import { DemoRemoval } from '../DemoRemoval.tsx';
import styles from './SyntheticBadge.module.css';

/** Says that demo data are loaded and what removing them means, and removes them. */
export function SyntheticBadge() {
  const { t } = useWords();
  return (
    <Popover position="right-end" width={280} withArrow shadow="md" trapFocus>
      <Popover.Target>
        <button type="button" className={styles.badge}>
          <IconFlask size={14} stroke={1.8} aria-hidden />
          {t('synthetic')}
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <p className={styles.text}>{t('synthetic_text')}</p>
        <p className={styles.text}>{t('synthetic_remove_text')}</p>
        <DemoRemoval />
      </Popover.Dropdown>
    </Popover>
  );
}
