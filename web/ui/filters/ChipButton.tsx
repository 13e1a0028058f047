import { useDimensionLabel, useMemberLabels } from '../../data/useMemberLabels.ts';
import { byText, type MemberFilter } from '../../filters/grammar.ts';
import type { Language } from '../../i18n/i18n.ts';
import type { Pressed } from '../opened.tsx';
import styles from './FilterChip.module.css';
import { useWords } from './words.ts';

export function ChipButton({ filter, ...pressed }: { filter: MemberFilter } & Pressed) {
  const { t, language } = useWords();
  const text = byText(filter);
  const label = useMemberLabels(filter.dimension, text ? [] : filter.values, language);
  const name = useDimensionLabel(language)(filter.dimension);
  return (
    <button {...pressed} type="button" className={styles.open} aria-label={t('edit', { name })}>
      <span className={styles.name}>{name}</span>
      {filter.op !== 'in' && (
        <span className={filter.op === 'contains' ? styles.name : styles.not}>
          {filter.op === 'not_in' ? t('not') : t(`has_${filter.op}`)}
        </span>
      )}
      <span className={styles.values}>
        {text ? `“${filter.values[0]}”` : summary(filter.values.map(label), language, t)}
      </span>
    </button>
  );
}

function summary(labels: string[], language: Language, t: ReturnType<typeof useWords>['t']): string {
  const [first = ''] = labels;
  if (labels.length <= 2) return labels.join(language === 'zh' ? '、' : ', ');
  // 等 N 项 counts all of them, +N those that are not named.
  return t('and_more', { first, count: language === 'zh' ? labels.length : labels.length - 1 });
}
