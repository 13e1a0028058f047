import { type QueryKey, useIsFetching, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

/**
 * True once everything else that the page asks has come: for a question that costs much and may wait.
 * @param own whether a key is of the question that waits
 * @param of what the page's questions are about: while it changes, the question waits again
 */
export function useAfterOthers(own: (key: QueryKey) => boolean, of: unknown): boolean {
  const client = useQueryClient();
  const filter = { predicate: ({ queryKey }: { queryKey: QueryKey }) => !own(queryKey) };
  const others = useIsFetching(filter);
  const [answered, setAnswered] = useState<{ of: unknown } | null>(null);
  // The rest of the page begins to ask when it is mounted, as this does: so look once all of it has.
  useEffect(() => {
    if (others > 0) return;
    const timer = setTimeout(() => {
      // The same state again, or each look would be followed by the next, for ever.
      if (client.isFetching(filter) === 0) setAnswered((last) => (last?.of === of ? last : { of }));
    });
    return () => clearTimeout(timer);
  });
  return answered !== null && answered.of === of;
}
