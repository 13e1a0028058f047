import { useQueries } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { Catalog } from '../../server/contract/catalog.ts';
import { byText, type FilterState, type MemberFilter } from '../filters/grammar.ts';
import { type MemberNames, resolveScope, type Scope } from '../filters/scope.ts';
import type { Language } from '../i18n/i18n.ts';
import { namedMembersQuery } from './api/namedMembers.ts';
import { useSame } from './useSame.ts';

const ScopeContext = createContext<Scope | null>(null);

export function ScopeProvider({ scope, children }: { scope: Scope; children: ReactNode }) {
  return <ScopeContext value={scope}>{children}</ScopeContext>;
}

/** The scope of the page. Pages render only once the catalog is there and has data, so there always is one. */
export function useScope(): Scope {
  const scope = useContext(ScopeContext);
  if (scope === null) throw new Error('useScope outside ScopeProvider');
  return scope;
}

/** The same scope object as long as nothing in it changed. */
export function useResolvedScope(
  state: FilterState,
  catalog: Catalog | undefined,
  language: Language,
  release: string | null = null,
): Scope | null {
  const same = useSame(state);
  const names = useSame(useNames(same.members, language));
  return useMemo(
    () => (catalog === undefined ? null : resolveScope(same, catalog, language, names, release)),
    [same, catalog, language, names, release],
  );
}

/** Names of the filtered members; the bar's chips ask for the same. */
function useNames(members: readonly MemberFilter[], language: Language): MemberNames {
  const named = members.filter((one) => !byText(one));
  const answers = useQueries({ queries: named.map(({ dimension, values }) => namedMembersQuery(dimension, values)) });
  return Object.fromEntries(
    named.map(({ dimension }, at) => [
      dimension,
      Object.fromEntries((answers[at]?.data?.rows ?? []).map((row) => [row.id, row.label[language]])),
    ]),
  );
}
