import { ActionIcon, Popover } from '@mantine/core';
import { IconChevronLeft } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useFilters } from '../../data/useFilters.ts';
import { useDimensionLabel } from '../../data/useMemberLabels.ts';
import { useMeasureTerm } from '../Definition.tsx';
import { AddButton } from './AddButton.tsx';
import styles from './Finder.module.css';
import { FindFilter, type Opened } from './FindFilter.tsx';
import { MeasureCondition } from './MeasureCondition.tsx';
import { MemberEditor } from './MemberEditor.tsx';
import { usePanelWords } from './panelWords.ts';
import { STILL, useHanging } from './still.ts';

export function AddFilter() {
  const { t } = usePanelWords();
  const { open, toggle, button } = useHanging();
  return (
    <Popover opened={open} onChange={toggle} {...STILL}>
      <Popover.Target>
        <AddButton ref={button} autoFocus onClick={() => toggle(!open)} />
      </Popover.Target>
      <Popover.Dropdown p={8} aria-label={t('choose')}>
        <AddPanel onDone={() => toggle(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

export function AddPanel({ onDone }: { onDone: () => void }) {
  const { state, setMembers } = useFilters();
  const [opened, setOpened] = useState<Opened | null>(null);
  const { language } = usePanelWords();
  const label = useDimensionLabel(language);
  const term = useMeasureTerm();
  const back = () => setOpened(null);
  if (opened === null) return <FindFilter onOpen={setOpened} onDone={onDone} />;
  if ('measure' in opened)
    return (
      <Under name={term(opened.measure).label} onBack={back}>
        <MeasureCondition measure={opened.measure} onDone={onDone} />
      </Under>
    );
  const { dimension } = opened;
  const filter = state.members.find((one) => one.dimension === dimension);
  return (
    <Under name={label(dimension)} onBack={back}>
      <MemberEditor
        dimension={dimension}
        {...(filter === undefined ? {} : { filter })}
        onChange={setMembers}
        onDone={onDone}
      />
    </Under>
  );
}

function Under({ name, onBack, children }: { name: string; onBack: () => void; children: ReactNode }) {
  const { t } = usePanelWords();
  return (
    <>
      <div className={styles.heading}>
        <ActionIcon size="sm" variant="subtle" color="gray" aria-label={t('back')} onClick={onBack}>
          <IconChevronLeft size={16} stroke={1.8} aria-hidden />
        </ActionIcon>
        {name}
      </div>
      {children}
    </>
  );
}
