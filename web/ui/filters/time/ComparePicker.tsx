import { Popover } from '@mantine/core';
import { STILL, useHanging } from '../still.ts';
import { useWords } from '../words.ts';
import { CompareButton } from './CompareButton.tsx';
import { ComparePanel } from './ComparePanel.tsx';

export function ComparePicker() {
  const { t } = useWords();
  const { open, toggle, button } = useHanging();
  return (
    <Popover opened={open} onChange={toggle} {...STILL}>
      <Popover.Target>
        <CompareButton ref={button} autoFocus onClick={() => toggle(!open)} />
      </Popover.Target>
      <Popover.Dropdown p={8} aria-label={t('compare')}>
        <ComparePanel onDone={() => toggle(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}
