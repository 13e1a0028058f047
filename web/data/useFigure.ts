import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { z } from 'zod';
import { asked } from '../figures/answers.ts';
import type { Answers, Figure, FigureScope } from '../figures/figure.ts';
import type { Params } from '../filters/grammar.ts';
import { callQuery } from './hooks.ts';
import { useScope } from './scope.tsx';
import { useAddressParams } from './useFilters.ts';
import { useSame } from './useSame.ts';

export interface Giving {
  /** Parameters that stand elsewhere in the address than behind its question mark. */
  given?: Params;
  /** Members in the order in which the page hands out its colours. */
  owners?: readonly string[] | undefined;
}

export interface Asked<P, A> {
  scope: FigureScope<P>;
  /** Of the scope before, while those of this one are fetched. */
  answers: A | undefined;
  isPending: boolean;
  isStale: boolean;
  error: unknown;
  retry: () => void;
}

export function useAnswers<P extends z.ZodObject, A extends Answers, D>(
  figure: Figure<P, A, D>,
  { given = {}, owners }: Giving = {},
): Asked<z.output<P>, A> {
  const page = useScope();
  const address = useAddressParams();
  const params = useSame(figure.params.parse({ ...address, ...given }));
  const colours = useSame(owners);
  const scope = useMemo(() => ({ ...page, params, owners: colours }), [page, params, colours]);
  const client = useQueryClient();
  const { calls, answers } = asked(figure, scope, (call) => client.getQueryData(callQuery(call).queryKey));
  const results = useQueries({
    // Answers are read from the cache, so it is said here what must draw the figure again.
    queries: Object.values(calls).map((call) => ({ ...callQuery(call), notifyOnChangeProps: ['data', 'error'] })),
  });
  const kept = useKept(answers);
  const error = results.find((result) => result.error !== null)?.error ?? null;
  return {
    scope,
    answers: kept,
    isPending: kept === undefined && error === null,
    isStale: answers === undefined,
    error,
    retry: () => {
      for (const result of results) if (result.isError) void result.refetch();
    },
  };
}

/** The last whole answers, the same object as long as none of them changed. */
function useKept<A extends Answers>(answers: A | undefined): A | undefined {
  const [kept, keep] = useState(answers);
  if (answers === undefined || (kept !== undefined && areSame(kept, answers))) return kept;
  keep(answers);
  return answers;
}

const areSame = (a: Answers, b: Answers): boolean =>
  Object.keys({ ...a, ...b }).every((name) => Object.is(a[name], b[name]));
