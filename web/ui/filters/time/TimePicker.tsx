import { Popover } from '@mantine/core';
import { STILL, useHanging } from '../still.ts';
import { useWords } from '../words.ts';
import { TimeButton } from './TimeButton.tsx';
import { TimePanel } from './TimePanel.tsx';

export function TimePicker() {
  const { t } = useWords();
  const { open, toggle, button } = useHanging();
  return (
    <Popover opened={open} onChange={toggle} {...STILL}>
      <Popover.Target>
        <TimeButton ref={button} autoFocus onClick={() => toggle(!open)} />
      </Popover.Target>
      <Popover.Dropdown p={8} aria-label={t('time')}>
        <TimePanel onDone={() => toggle(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}
