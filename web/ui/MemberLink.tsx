import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useCarried } from '../data/useLeads.ts';
import { Named } from './Name.tsx';
import styles from './PageLink.module.css';
import { SeriesLink } from './PageLink.tsx';

export const MEMBER_PAGES = { producer: '/producers/$id', primary_genre: '/genres/$id' } as const;

interface MemberLinkProps {
  dimension: keyof typeof MEMBER_PAGES;
  id: string;
  className?: string | undefined;
  children: ReactNode;
}

/** A link to the page of a producer or a genre, within the filters on everything else; of what is no member, its words alone. */
export function MemberLink({ dimension, id, className, children }: MemberLinkProps) {
  const search = { ...useCarried(), [dimension]: undefined };
  if (id === '' || id.startsWith('(')) return <Named>{children}</Named>;
  return (
    <Link to={MEMBER_PAGES[dimension]} params={{ id }} search={search} className={className ?? styles.link}>
      <Named>{children}</Named>
    </Link>
  );
}

/** A member of any dimension: a link if it has a page of its own, else its words alone. */
export function NamedMember({ dimension, id, children }: { dimension: string; id: string; children: ReactNode }) {
  if (dimension === 'series') return <SeriesLink id={id}>{children}</SeriesLink>;
  if (dimension !== 'producer' && dimension !== 'primary_genre') return <Named>{children}</Named>;
  return (
    <MemberLink dimension={dimension} id={id}>
      {children}
    </MemberLink>
  );
}
