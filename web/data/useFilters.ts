import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Condition } from '../filters/conditions.ts';
import {
  DEFAULT_FILTERS,
  FILTER_PARAMS,
  type FilterState,
  formatFilters,
  type MemberFilter,
  type Params,
  parseFilters,
  type TimeChoice,
} from '../filters/grammar.ts';
import type { ChosenGrain, CompareChoice } from '../filters/ranges.ts';

/** The address's parameters that are not the filter bar's. */
function pageParams(params: Params): Params {
  return Object.fromEntries(Object.entries(params).filter(([name]) => !FILTER_PARAMS.includes(name)));
}

export function useAddressParams(): Params {
  return useSearch({ strict: false });
}

/** The filter bar's state, read from the address, and its changes, written there as a step of the history. */
export function useFilters() {
  const params = useAddressParams();
  const navigate = useNavigate();
  const state = useMemo(() => parseFilters(params), [params]);
  const set = (next: FilterState) =>
    void navigate({
      to: '.',
      search: (before: Params) => ({ ...formatFilters(next), ...pageParams(before) }),
      resetScroll: false,
    });
  return {
    state,
    setTime: (time: TimeChoice | null) => set({ ...state, time }),
    setCompare: (compare: CompareChoice) => set({ ...state, compare }),
    /** Null: by the range's length. */
    setGrain: (grain: ChosenGrain | null) => {
      const { grain: _, ...rest } = state;
      set(grain === null ? rest : { ...rest, grain });
    },
    setComplete: (complete: boolean) => {
      const { complete: _, ...rest } = state;
      set(complete ? { ...rest, complete: true } : rest);
    },
    /** Adds, replaces (same dimension) or, without values, removes a filter. */
    setMembers: (filter: MemberFilter) =>
      set({
        ...state,
        members: [...state.members.filter((one) => one.dimension !== filter.dimension), filter].filter(
          (one) => one.values.length > 0,
        ),
      }),
    /** Series by a total; without any, none is left out. */
    setWhere: (where: Condition[]) => set({ ...state, where }),
    clear: () => set({ ...state, members: [], where: [] }),
    reset: () => set(DEFAULT_FILTERS),
  };
}
