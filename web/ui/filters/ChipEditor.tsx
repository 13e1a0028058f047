import { Popover } from '@mantine/core';
import { useState } from 'react';
import { useFilters } from '../../data/useFilters.ts';
import { useDimensionLabel } from '../../data/useMemberLabels.ts';
import type { MemberFilter } from '../../filters/grammar.ts';
import { ChipButton } from './ChipButton.tsx';
import { MemberEditor } from './MemberEditor.tsx';
import { STILL, useHanging } from './still.ts';
import { useWords } from './words.ts';

export function ChipEditor({ filter }: { filter: MemberFilter }) {
  const { language } = useWords();
  const { setMembers } = useFilters();
  const { open, toggle, button } = useHanging();
  // As it was when it was opened: a chip that grew, or went with its last value, would move what hangs from it.
  const [before, setBefore] = useState(filter);
  const [emptied, setEmptied] = useState<MemberFilter | null>(null);
  const name = useDimensionLabel(language)(filter.dimension);
  const turn = (next: boolean) => {
    setBefore(filter);
    toggle(next);
    if (!next && emptied !== null) setMembers(emptied);
  };
  const change = (next: MemberFilter) => {
    setEmptied(next.values.length === 0 ? next : null);
    if (next.values.length > 0) setMembers(next);
  };
  return (
    <Popover opened={open} onChange={turn} {...STILL}>
      <Popover.Target>
        <ChipButton ref={button} filter={open ? before : filter} autoFocus onClick={() => turn(!open)} />
      </Popover.Target>
      <Popover.Dropdown p={8} aria-label={name}>
        <MemberEditor
          dimension={filter.dimension}
          filter={emptied ?? filter}
          onChange={change}
          onDone={() => turn(false)}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
