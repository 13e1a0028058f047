import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { z } from 'zod';
import type { Params } from '../filters/grammar.ts';
import { useAddressParams } from './useFilters.ts';

/**
 * A page's own state, kept in the address beside the filters; defaults are left out of it.
 * @param schema reads it from the texts of the address, whatever they are: `z.object({ by: z.enum(BY).catch('format') })`,
 * defined outside the component
 */
export function usePageState<S extends z.ZodObject>(
  schema: S,
): [z.output<S>, (change: Partial<z.output<S>>, options?: { replace?: boolean }) => void] {
  const params = useAddressParams();
  const navigate = useNavigate();
  const state = useMemo(() => schema.parse(params), [schema, params]);
  const set = (change: Partial<z.output<S>>, { replace = false }: { replace?: boolean } = {}) =>
    void navigate({
      to: '.',
      search: (before: Params) => ({ ...before, ...writtenState(schema, change) }),
      replace,
      resetScroll: false,
    });
  return [state, set];
}

/** A change of the state as parameters; a default is none. */
export function writtenState(schema: z.ZodObject, change: object): Params {
  const initial = new Map(Object.entries(schema.parse({})));
  return Object.fromEntries(
    Object.entries(change).map(([name, value]) => [name, value === initial.get(name) ? undefined : String(value)]),
  );
}
