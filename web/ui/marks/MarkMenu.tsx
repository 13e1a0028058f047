import { Menu } from '@mantine/core';
import { IconArrowRight, IconArrowsDiff, IconFilter, IconFilterOff, IconTable } from '@tabler/icons-react';
import { lazy, type MouseEvent, type ReactNode, Suspense, useState } from 'react';
import { useFollow, usePresent } from '../../data/useLeads.ts';
import type { Call } from '../../figures/calls.ts';
import { comparedWith, filteredTo, pageOf, without } from '../../filters/leads.ts';
import type { Mark } from '../../filters/marks.ts';
import { elsewhere } from './MarkLink.tsx';
import { markName } from './markName.ts';
import { useMarkWords } from './words.ts';

const RowsBehind = lazy(async () => ({ default: (await import('./RowsBehind.tsx')).RowsBehind }));

export interface MarkMenuProps {
  mark: Mark;
  /** Where it was asked for, in the window. */
  at: { x: number; y: number };
  /** What the mark's numbers were asked by; its views, if nobody says. */
  call?: Call<unknown> | undefined;
  onClose: () => void;
}

/** What can be done with what a mark stands for. */
export function MarkMenu({ mark, at, call, onClose }: MarkMenuProps) {
  const { t, language } = useMarkWords();
  const present = usePresent();
  const [opened, setOpened] = useState(true);
  const [rows, setRows] = useState(false);
  const name = markName(mark, language);
  const icon = { size: 16, stroke: 1.5, 'aria-hidden': true } as const;
  const [subject] = mark.members;
  const comparison = subject === undefined ? null : comparedWith(subject, present);
  if (rows) {
    return (
      <Suspense>
        <RowsBehind mark={mark} call={call} onClose={onClose} />
      </Suspense>
    );
  }
  return (
    <Menu
      opened={opened}
      onChange={setOpened}
      onExitTransitionEnd={() => {
        if (!rows) onClose();
      }}
      position="bottom-start"
      offset={2}
      shadow="md"
      withinPortal
      returnFocus
      transitionProps={{ duration: 80 }}
    >
      <Menu.Target>
        <span style={{ position: 'fixed', left: at.x, top: at.y, width: 1, height: 1 }} />
      </Menu.Target>
      <Menu.Dropdown aria-label={t('menu', { name })} maw={360}>
        <Menu.Label>{name}</Menu.Label>
        <Address address={pageOf(mark, present)} icon={<IconArrowRight {...icon} />}>
          {t('open', { name: subject?.label ?? name })}
        </Address>
        <Address address={filteredTo(mark, present)} icon={<IconFilter {...icon} />}>
          {t('filter', { name })}
        </Address>
        {mark.members.map((member) => (
          <Address key={member.dimension} address={without(member, present)} icon={<IconFilterOff {...icon} />}>
            {t('exclude', { name: member.label })}
          </Address>
        ))}
        <Address address={comparison} icon={<IconArrowsDiff {...icon} />}>
          {t('compare', { name: subject?.label ?? name })}
        </Address>
        <Menu.Divider />
        <Menu.Item leftSection={<IconTable {...icon} />} closeMenuOnClick={false} onClick={() => setRows(true)}>
          {t('rows')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function Address({ address, icon, children }: { address: string | null; icon: ReactNode; children: ReactNode }) {
  const follow = useFollow();
  if (address === null) return null;
  const onClick = (event: MouseEvent) => {
    if (elsewhere(event)) return;
    event.preventDefault();
    follow(address);
  };
  return (
    <Menu.Item component="a" href={address} leftSection={icon} onClick={onClick}>
      {children}
    </Menu.Item>
  );
}
