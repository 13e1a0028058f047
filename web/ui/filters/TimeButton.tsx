import { Button } from '@mantine/core';
import { IconCalendar, IconChevronDown } from '@tabler/icons-react';
import { useScope } from '../../data/scope.tsx';
import { ends } from '../../filters/ranges.ts';
import { range as rangeText } from '../../i18n/numbers.ts';
import type { Pressed } from '../opened.tsx';
import bar from './FilterBar.module.css';
import { useWords } from './words.ts';

export function TimeButton(pressed: Pressed) {
  const { t, language } = useWords();
  const { range, preset } = useScope();
  const dates = rangeText(...ends(range), language);
  return (
    <Button
      {...pressed}
      variant="default"
      size="xs"
      className={bar.control}
      leftSection={<IconCalendar size={16} stroke={1.6} aria-hidden />}
      rightSection={<IconChevronDown size={14} stroke={1.8} aria-hidden />}
      aria-label={`${t('time')}: ${dates}`}
    >
      {preset !== null && <span className={bar.muted}>{t(preset)}</span>}
      {dates}
    </Button>
  );
}
