import type { MouseEvent, ReactNode } from 'react';
import { useFollow, usePresent } from '../../data/useLeads.ts';
import { leadOf } from '../../filters/leads.ts';
import type { Mark } from '../../filters/marks.ts';
import linkStyles from '../PageLink.module.css';

/** Whether a click asks for another tab, or another browser's doing. */
export const elsewhere = ({
  ctrlKey,
  metaKey,
  shiftKey,
}: Pick<MouseEvent, 'ctrlKey' | 'metaKey' | 'shiftKey'>): boolean => ctrlKey || metaKey || shiftKey;

interface MarkLinkProps {
  mark: Mark | undefined;
  className?: string | undefined;
  children: ReactNode;
}

/** A link to what the mark stands for; its text alone if that leads nowhere. */
export function MarkLink({ mark, className, children }: MarkLinkProps) {
  const present = usePresent();
  const follow = useFollow();
  const address = mark === undefined ? null : leadOf(mark, present);
  if (address === null) return children;
  return (
    <a
      href={address}
      className={className ?? linkStyles.link}
      onClick={(event) => {
        if (elsewhere(event)) return;
        event.preventDefault();
        follow(address);
      }}
    >
      {children}
    </a>
  );
}
