import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useCarried } from '../data/useLeads.ts';
import { type FilterState, formatFilters, type Params } from '../filters/grammar.ts';
import { Named } from './Name.tsx';
import styles from './PageLink.module.css';

/** Paths of the pages, by the names that the navigation uses. */
export const PAGES = {
  overview: '/',
  club: '/club',
  series: '/series',
  genres: '/genres',
  producers: '/producers',
  growth: '/growth',
  formats: '/formats',
  overseas: '/overseas',
  data: '/data',
  names: '/data/names',
  coverage: '/data/coverage',
} as const;
export type PageName = keyof typeof PAGES;

interface PageLinkProps {
  page: PageName;
  state?: FilterState;
  params?: Params;
  className?: string | undefined;
  asButton?: boolean;
  children: ReactNode;
}

/** A link to a page that takes the filters along (or sets them), so that what it opens speaks of the same thing. */
export function PageLink({ page, state, params = {}, className, asButton = false, children }: PageLinkProps) {
  const along = useCarried();
  const search = { ...(state === undefined ? along : formatFilters(state)), ...params };
  return (
    <Link to={PAGES[page]} search={search} className={className ?? (asButton ? styles.button : styles.link)}>
      {children}
    </Link>
  );
}

export function SeriesLink({
  id,
  className,
  children,
}: {
  id: string;
  className?: string | undefined;
  children: ReactNode;
}) {
  const search = useCarried();
  return (
    <Link to="/series/$id" params={{ id }} search={search} className={className ?? styles.link}>
      <Named>{children}</Named>
    </Link>
  );
}
