import type { ReactNode } from 'react';
import type { FilterState, Params } from '../filters/grammar.ts';
import { PageLink, type PageName, SeriesLink } from './PageLink.tsx';

/** A page of the navigation, or that of a series. */
export type Target =
  | { readonly page: PageName; readonly params?: Params; readonly state?: FilterState }
  | { readonly series: string };

export function TargetLink({
  target,
  className,
  children,
}: {
  target: Target;
  className?: string | undefined;
  children: ReactNode;
}) {
  return 'series' in target ? (
    <SeriesLink id={target.series} className={className}>
      {children}
    </SeriesLink>
  ) : (
    <PageLink {...target} className={className}>
      {children}
    </PageLink>
  );
}
