import { IconArrowDownRight, IconArrowRight, IconArrowUpRight } from '@tabler/icons-react';
import type { GrowthReason } from '../../server/contract/analyses.ts';
import { useWords } from '../data/useWords.ts';
import type { DateRange } from '../filters/ranges.ts';
import { grown, points, range, signed } from '../i18n/numbers.ts';
import styles from './Change.module.css';

export interface ChangeProps {
  /** A fraction; with `points` the difference of two fractions, with `count` of two numbers. */
  value: number | null | undefined;
  /** Why there is no value: said in its place, never ∞. */
  reason?: GrowthReason | undefined;
  unit?: 'percent' | 'points' | 'count';
  /** Named after the change. */
  compared?: DateRange | null | undefined;
}

/** A like-for-like change: direction by arrow, sign and colour, the compared range named. */
export function Change({ value, reason, unit = 'percent', compared }: ChangeProps) {
  const { t, language } = useWords();
  const against =
    compared === null || compared === undefined ? null : (
      <span className={styles.against}>{t('versus', { range: range(compared.from, compared.to, language) })}</span>
    );
  if (value === null || value === undefined) {
    return (
      <span className={styles.change}>
        <span className={styles.reason}>{reason == null ? '–' : t(`reason_${reason}`)}</span>
        {against}
      </span>
    );
  }
  const text =
    unit === 'percent'
      ? grown(value, language)
      : unit === 'points'
        ? points(value * 100, language)
        : signed(value, language);
  const flat = !/[1-9]/.test(text);
  const Arrow = flat ? IconArrowRight : value > 0 ? IconArrowUpRight : IconArrowDownRight;
  const tone = flat ? styles.flat : value > 0 ? styles.rise : styles.fall;
  return (
    <span className={styles.change}>
      <span className={`${styles.value} ${tone}`}>
        <Arrow size={14} stroke={2} aria-hidden />
        {text}
      </span>
      {against}
    </span>
  );
}
