import { Button } from '@mantine/core';
import { IconArrowsDiff, IconChevronDown } from '@tabler/icons-react';
import { useScope } from '../../data/scope.tsx';
import { ends } from '../../filters/ranges.ts';
import { range as rangeText } from '../../i18n/numbers.ts';
import type { Pressed } from '../opened.tsx';
import bar from './FilterBar.module.css';
import { useWords } from './words.ts';

export function CompareButton(pressed: Pressed) {
  const { t, language } = useWords();
  const { compared } = useScope();
  return (
    <Button
      {...pressed}
      variant="default"
      size="xs"
      className={bar.control}
      leftSection={<IconArrowsDiff size={16} stroke={1.6} aria-hidden />}
      rightSection={<IconChevronDown size={14} stroke={1.8} aria-hidden />}
    >
      {compared === null ? (
        t('none')
      ) : (
        <>
          <span className={bar.muted}>{t('compare')}</span>
          {rangeText(...ends(compared), language)}
        </>
      )}
    </Button>
  );
}
