import { CloseButton, Popover } from '@mantine/core';
import type { ReactNode } from 'react';
import { useScope } from '../../data/scope.tsx';
import { useFilters } from '../../data/useFilters.ts';
import { conditionText } from '../../figures/conditionText.ts';
import { withoutMeasure } from '../../filters/conditionChanges.ts';
import type { Condition } from '../../filters/conditions.ts';
import styles from './FilterChip.module.css';
import { MeasureCondition } from './MeasureCondition.tsx';
import { STILL, useHanging } from './still.ts';
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
      form={(done) => <MeasureCondition measure={condition.measure} onDone={done} />}
    />
  ));
}

interface ConditionChipProps {
  condition: Condition;
  onRemove: () => void;
  /** What changes it, if it is changed here. */
  form?: (done: () => void) => ReactNode;
}

/** A condition on a measure, told, to be changed and to be taken away. */
export function ConditionChip({ condition, onRemove, form }: ConditionChipProps) {
  const { t } = useWords();
  const { open, toggle, button } = useHanging(false);
  const text = conditionText(condition, useScope());
  return (
    <span className={styles.chip}>
      {form === undefined ? (
        <span className={styles.told}>{text}</span>
      ) : (
        <Popover opened={open} onChange={toggle} {...STILL}>
          <Popover.Target>
            <button
              ref={button}
              type="button"
              className={styles.open}
              aria-label={t('edit', { name: text })}
              onClick={() => toggle(!open)}
            >
              <span className={styles.values}>{text}</span>
            </button>
          </Popover.Target>
          <Popover.Dropdown p={8} aria-label={text}>
            {form(() => toggle(false))}
          </Popover.Dropdown>
        </Popover>
      )}
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
