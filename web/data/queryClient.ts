import { QueryClient } from '@tanstack/react-query';
import { isAway } from './api/reach.ts';
import { ApiError } from './api/request.ts';

/** What the page asked and was answered. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      refetchOnWindowFocus: false,
      // A problem the server names will not go away by asking again. While the server is away questions wait (reach.ts).
      retry: (failures, error) =>
        error instanceof ApiError && error.code === 'unreachable' && (failures < 2 || isAway()),
      retryDelay: 400,
    },
    // What was pressed is done now or fails now.
    mutations: { networkMode: 'always' },
  },
});
