import { Popover } from '@mantine/core';
import { STILL, useHanging } from '../still.ts';
import { useWords } from '../words.ts';
import { GrainButton } from './GrainButton.tsx';
import { GrainPanel } from './GrainPanel.tsx';

export function GrainPicker() {
  const { t } = useWords();
  const { open, toggle, button } = useHanging();
  return (
    <Popover opened={open} onChange={toggle} {...STILL}>
      <Popover.Target>
        <GrainButton ref={button} autoFocus onClick={() => toggle(!open)} />
      </Popover.Target>
      <Popover.Dropdown p={8} aria-label={t('grain')}>
        <GrainPanel onDone={() => toggle(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}
