import { Popover } from '@mantine/core';
import { useFilters } from '../../data/useFilters.ts';
import { useDimensionLabel } from '../../data/useMemberLabels.ts';
import type { MemberFilter } from '../../filters/grammar.ts';
import { useOpenAtOnce } from '../opened.tsx';
import { ChipButton } from './ChipButton.tsx';
import { MemberEditor } from './MemberEditor.tsx';
import { useWords } from './words.ts';

export function ChipEditor({ filter }: { filter: MemberFilter }) {
  const { language } = useWords();
  const { setMembers } = useFilters();
  const [open, setOpen] = useOpenAtOnce();
  const name = useDimensionLabel(language)(filter.dimension);
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" trapFocus>
      <Popover.Target>
        <ChipButton filter={filter} autoFocus onClick={() => setOpen(!open)} />
      </Popover.Target>
      <Popover.Dropdown p={8} aria-label={name}>
        <MemberEditor dimension={filter.dimension} filter={filter} onChange={setMembers} />
      </Popover.Dropdown>
    </Popover>
  );
}
