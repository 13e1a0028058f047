import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { lazy, Suspense } from 'react';
import { useFilters } from '../../data/useFilters.ts';
import { useWords as useCommon } from '../../data/useWords.ts';
import { opened } from '../opened.tsx';
import { AddButton } from './AddButton.tsx';
import styles from './FilterBar.module.css';
import { FilterChip } from './FilterChip.tsx';
import { SheetLine } from './SheetLine.tsx';
import { CompareButton } from './time/CompareButton.tsx';
import { CompleteChip } from './time/CompleteChip.tsx';
import { GrainButton } from './time/GrainButton.tsx';
import { TimeButton } from './time/TimeButton.tsx';
import { useWords } from './words.ts';

/** Few addresses have a condition. */
const ConditionChips = lazy(async () => ({ default: (await import('./ConditionChip.tsx')).ConditionChips }));
const Sheet = opened(SheetLine, async () => (await import('./Sheet.tsx')).Sheet);
const TimePicker = opened(TimeButton, async () => (await import('./time/TimePicker.tsx')).TimePicker);
const ComparePicker = opened(CompareButton, async () => (await import('./time/ComparePicker.tsx')).ComparePicker);
const GrainPicker = opened(GrainButton, async () => (await import('./time/GrainPicker.tsx')).GrainPicker);
const AddFilter = opened(AddButton, async () => (await import('./AddFilter.tsx')).AddFilter);

/** The one filter bar: time, comparison, and a chip per filter. Its whole state is the address. */
export function FilterBar() {
  const { t } = useWords();
  const narrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false }) ?? false;
  return (
    <section className={styles.bar} data-control aria-label={t('bar')}>
      {narrow ? <Sheet /> : <Controls />}
    </section>
  );
}

function Controls() {
  const { t } = useWords();
  const common = useCommon();
  const { state, clear } = useFilters();
  const where = state.where ?? [];
  return (
    <>
      <TimePicker />
      <ComparePicker />
      <GrainPicker />
      <span className={styles.rule} aria-hidden />
      {/* It stands before the chips: a new chip must not move it while it is open. */}
      <AddFilter />
      {state.complete && <CompleteChip />}
      {state.members.map((filter) => (
        <FilterChip key={filter.dimension} filter={filter} />
      ))}
      {where.length > 0 && (
        <Suspense fallback={null}>
          <ConditionChips />
        </Suspense>
      )}
      {state.members.length + where.length > 1 && (
        <Button variant="subtle" size="xs" color="gray" onClick={clear} title={common.t('clear_filters')}>
          {t('clear')}
        </Button>
      )}
    </>
  );
}
