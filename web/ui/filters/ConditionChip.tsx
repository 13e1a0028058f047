import { CloseButton } from '@mantine/core';
import { useScope } from '../../data/scope.tsx';
import { useFilters } from '../../data/useFilters.ts';
import { conditionText } from '../../figures/conditionText.ts';
import { withoutMeasure } from '../../filters/conditionChanges.ts';
import type { Condition } from '../../filters/conditions.ts';
import styles from './FilterChip.module.css';
import { useWords } from './words.ts';

/** Those that hold on every page. */
export function ConditionChips() {
  const { state, setWhere } = useFilters();
  const where = state.where ?? [];
  return where.map((condition) => (
    <ConditionChip
      key={condition.measure}
      condition={condition}
      onRemove={() => setWhere(withoutMeasure(where, condition.measure))}
    />
  ));
}

/** A condition on a measure, told and to be taken away. */
export function ConditionChip({ condition, onRemove }: { condition: Condition; onRemove: () => void }) {
  const { t } = useWords();
  const text = conditionText(condition, useScope());
  return (
    <span className={styles.chip}>
      <span className={styles.told}>{text}</span>
      <CloseButton
        size={24}
        iconSize={14}
        className={styles.remove}
        aria-label={t('remove', { name: text })}
        onClick={onRemove}
      />
    </span>
  );
}
