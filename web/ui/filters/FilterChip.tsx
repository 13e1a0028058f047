import { CloseButton } from '@mantine/core';
import { useFilters } from '../../data/useFilters.ts';
import { useDimensionLabel } from '../../data/useMemberLabels.ts';
import type { MemberFilter } from '../../filters/grammar.ts';
import { opened } from '../opened.tsx';
import { ChipButton } from './ChipButton.tsx';
import styles from './FilterChip.module.css';
import { useWords } from './words.ts';

const Chip = opened(ChipButton, async () => (await import('./ChipEditor.tsx')).ChipEditor);

export function FilterChip({ filter }: { filter: MemberFilter }) {
  const { t, language } = useWords();
  const { setMembers } = useFilters();
  const name = useDimensionLabel(language)(filter.dimension);
  return (
    <span className={styles.chip}>
      <Chip filter={filter} />
      <CloseButton
        size={24}
        iconSize={14}
        className={styles.remove}
        aria-label={t('remove', { name })}
        onClick={() => setMembers({ ...filter, values: [] })}
      />
    </span>
  );
}
