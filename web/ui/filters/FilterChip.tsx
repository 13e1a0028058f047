import { CloseButton, Popover } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useFilters } from '../../data/useFilters.ts';
import { useDimensionLabel, useMemberLabels } from '../../data/useMemberLabels.ts';
import type { MemberFilter } from '../../filters/grammar.ts';
import type { Language } from '../../i18n/i18n.ts';
import styles from './FilterChip.module.css';
import { MemberEditor } from './MemberEditor.tsx';
import { useWords } from './words.ts';

/** One filter: its name and members; opens to be changed, and can be removed. */
export function FilterChip({ filter }: { filter: MemberFilter }) {
  const { t, language } = useWords();
  const { setMembers } = useFilters();
  const [open, panel] = useDisclosure(false);
  const label = useMemberLabels(filter.dimension, filter.values, language);
  const name = useDimensionLabel(language)(filter.dimension);
  return (
    <Popover opened={open} onChange={(next) => (next ? panel.open() : panel.close())} position="bottom-start" trapFocus>
      <span className={styles.chip}>
        <Popover.Target>
          <button type="button" className={styles.open} onClick={panel.toggle} aria-label={t('edit', { name })}>
            <span className={styles.name}>{name}</span>
            {filter.op === 'not_in' && <span className={styles.not}>{t('not')}</span>}
            <span className={styles.values}>{summary(filter.values.map(label), language, t)}</span>
          </button>
        </Popover.Target>
        <CloseButton
          size={24}
          iconSize={14}
          className={styles.remove}
          aria-label={t('remove', { name })}
          onClick={() => setMembers({ ...filter, values: [] })}
        />
      </span>
      <Popover.Dropdown p={8} aria-label={name}>
        <MemberEditor dimension={filter.dimension} filter={filter} onChange={setMembers} />
      </Popover.Dropdown>
    </Popover>
  );
}

function summary(labels: string[], language: Language, t: ReturnType<typeof useWords>['t']): string {
  const [first = ''] = labels;
  if (labels.length <= 2) return labels.join(language === 'zh' ? '、' : ', ');
  // 等 N 项 counts all of them, +N those that are not named.
  return t('and_more', { first, count: language === 'zh' ? labels.length : labels.length - 1 });
}
