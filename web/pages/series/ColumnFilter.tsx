import { ActionIcon, Popover } from '@mantine/core';
import { IconFilter, IconFilterFilled } from '@tabler/icons-react';
import { useState } from 'react';
import type { MeasureInfo } from '../../../server/contract/catalog.ts';
import type { Condition } from '../../filters/conditions.ts';
import { useMeasureTerm } from '../../ui/Definition.tsx';
import { ConditionForm } from '../../ui/filters/ConditionForm.tsx';
import styles from './ColumnFilter.module.css';
import { useWords } from './words.ts';

interface ColumnFilterProps {
  measure: MeasureInfo;
  condition: Condition | undefined;
  onChange: (condition: Condition | null) => void;
}

/** At a column's head: which values its measure must have. */
export function ColumnFilter({ measure, condition, onChange }: ColumnFilterProps) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const name = useMeasureTerm()(measure.id).label;
  const Icon = condition === undefined ? IconFilter : IconFilterFilled;
  const change = (next: Condition | null) => {
    setOpen(false);
    onChange(next);
  };
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color={condition === undefined ? 'gray' : 'indigo'}
          size={24}
          className={styles.open}
          aria-label={t('filter_by', { name })}
          onClick={() => setOpen(!open)}
        >
          <Icon size={13} stroke={1.8} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p={12} aria-label={t('filter_by', { name })}>
        <ConditionForm measure={measure} name={name} condition={condition} onChange={change} />
      </Popover.Dropdown>
    </Popover>
  );
}
