import { ActionIcon, Popover } from '@mantine/core';
import { IconChevronLeft } from '@tabler/icons-react';
import { useState } from 'react';
import { useCatalog } from '../../data/hooks.ts';
import { useFilters } from '../../data/useFilters.ts';
import { useDimensionLabel } from '../../data/useMemberLabels.ts';
import { FILTER_DIMENSIONS, type FilterDimension } from '../../filters/grammar.ts';
import { useOpenAtOnce } from '../opened.tsx';
import { AddButton } from './AddButton.tsx';
import styles from './MemberEditor.module.css';
import { MemberEditor } from './MemberEditor.tsx';
import { useWords } from './words.ts';

export function AddFilter() {
  const { t, language } = useWords();
  const { state, setMembers } = useFilters();
  const [open, setOpen] = useOpenAtOnce();
  const [dimension, setDimension] = useState<FilterDimension | null>(null);
  const label = useDimensionLabel(language);
  const filter = state.members.find((one) => one.dimension === dimension);
  const toggle = (next: boolean) => {
    setDimension(null);
    setOpen(next);
  };
  return (
    <Popover opened={open} onChange={toggle} position="bottom-start" trapFocus>
      <Popover.Target>
        <AddButton autoFocus onClick={() => toggle(!open)} />
      </Popover.Target>
      <Popover.Dropdown p={8} aria-label={t('choose')}>
        {dimension === null ? (
          <Dimensions onChoose={setDimension} />
        ) : (
          <>
            <div className={styles.heading}>
              <ActionIcon
                size="sm"
                variant="subtle"
                color="gray"
                aria-label={t('back')}
                onClick={() => setDimension(null)}
              >
                <IconChevronLeft size={16} stroke={1.8} aria-hidden />
              </ActionIcon>
              {label(dimension)}
            </div>
            <MemberEditor dimension={dimension} {...(filter === undefined ? {} : { filter })} onChange={setMembers} />
          </>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

function Dimensions({ onChoose }: { onChoose: (dimension: FilterDimension) => void }) {
  const { t, language } = useWords();
  const catalog = useCatalog();
  const { state } = useFilters();
  const label = useDimensionLabel(language);
  const offered = FILTER_DIMENSIONS.filter((dimension) => {
    const info = catalog.data?.dimensions.find((one) => one.id === dimension);
    return info?.available === true && info.members > 0 && !state.members.some((one) => one.dimension === dimension);
  });
  if (offered.length === 0) return <p className={styles.note}>{t('no_dimensions')}</p>;
  return (
    <div className={styles.dimensions}>
      {offered.map((dimension) => (
        <button key={dimension} type="button" className={styles.dimension} onClick={() => onChoose(dimension)}>
          {label(dimension)}
        </button>
      ))}
    </div>
  );
}
