import { Popover } from '@mantine/core';
import { useWords } from '../../data/useWords.ts';
import { DemoRemoval } from '../DemoRemoval.tsx';
import { useOpenAtOnce } from '../opened.tsx';
import styles from './SyntheticBadge.module.css';
import { SyntheticMark } from './SyntheticMark.tsx';

export function SyntheticBadge() {
  const { t } = useWords();
  const [open, setOpen] = useOpenAtOnce();
  return (
    <Popover opened={open} onChange={setOpen} position="right-end" width={280} withArrow shadow="md" trapFocus>
      <Popover.Target>
        <SyntheticMark autoFocus onClick={() => setOpen(!open)} />
      </Popover.Target>
      <Popover.Dropdown>
        <p className={styles.text}>{t('synthetic_text')}</p>
        <p className={styles.text}>{t('synthetic_remove_text')}</p>
        <DemoRemoval />
      </Popover.Dropdown>
    </Popover>
  );
}
