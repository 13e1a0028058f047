import { UnstyledButton } from '@mantine/core';
import { IconAdjustmentsHorizontal, IconCalendar } from '@tabler/icons-react';
import { useScope } from '../../data/scope.tsx';
import { useFilters } from '../../data/useFilters.ts';
import { ends } from '../../filters/ranges.ts';
import { range as rangeText } from '../../i18n/numbers.ts';
import type { Pressed } from '../opened.tsx';
import styles from './FilterBar.module.css';
import { useCompared } from './time/CompareButton.tsx';
import { useWords } from './words.ts';

/** The whole bar in one line, where there is no room for more. */
export function SheetLine(pressed: Pressed) {
  const { t, language } = useWords();
  const { range } = useScope();
  const { members, where = [], complete, grain } = useFilters().state;
  const { muted, dates } = useCompared();
  const count = members.length + where.length + (complete ? 1 : 0) + (grain === undefined ? 0 : 1);
  const time = rangeText(...ends(range), language);
  const compared = muted === '' ? dates : `${muted} ${dates}`;
  const counted = count === 0 ? '' : t('and_filters', { count });
  return (
    <UnstyledButton {...pressed} className={styles.line} aria-label={`${t('sheet')}: ${time}, ${compared}${counted}`}>
      <IconCalendar size={16} stroke={1.6} aria-hidden />
      <span className={styles.lineTime}>{time}</span>
      <span className={styles.lineCompared}>{compared}</span>
      {count > 0 && <span className={styles.count}>{count}</span>}
      <IconAdjustmentsHorizontal size={18} stroke={1.6} aria-hidden />
    </UnstyledButton>
  );
}
