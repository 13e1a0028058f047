import { Navigate } from '@tanstack/react-router';
import { type ReactNode, useMemo } from 'react';
import { useNamedMembers } from '../data/api/namedMembers.ts';
import { ScopeProvider, useScope } from '../data/scope.tsx';
import { useWords } from '../data/useWords.ts';
import { within } from '../figures/member/member.ts';
import { EmptyState } from './EmptyState.tsx';
import { ErrorState } from './ErrorState.tsx';
import { MEMBER_PAGES } from './MemberLink.tsx';
import { PageSkeleton } from './Skeletons.tsx';

interface FixedMemberProps {
  dimension: keyof typeof MEMBER_PAGES;
  id: string;
  /** Said if nobody has the id, with the way out. */
  missing: { title: string; text: string; action: ReactNode };
  children: (name: string) => ReactNode;
}

/** A page of one member: what it asks is within that member, whatever the filter bar says of its dimension. */
export function FixedMember({ dimension, id, missing, children }: FixedMemberProps) {
  const { language } = useWords();
  const page = useScope();
  const named = useNamedMembers(dimension, [id]);
  const row = named.data?.rows[0];
  const name = row?.label[language] ?? id;
  const scope = useMemo(
    () => ({ ...within(page, dimension, [id]), names: { ...page.names, [dimension]: { [id]: name } } }),
    [page, dimension, id, name],
  );
  if (named.isPending || named.isPlaceholderData) return <PageSkeleton />;
  if (named.isError) return <ErrorState error={named.error} onRetry={() => void named.refetch()} />;
  if (row === undefined) return <EmptyState page {...missing} />;
  if (row.id !== id) return <Navigate to={MEMBER_PAGES[dimension]} params={{ id: row.id }} search replace />;
  return <ScopeProvider scope={scope}>{children(name)}</ScopeProvider>;
}
