import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode, startTransition } from 'react';
import { createRoot } from 'react-dom/client';
import { isAway, watchInsteadOfBrowser } from './data/api/reach.ts';
import { ApiError } from './data/api/request.ts';
import { catalogQuery } from './data/hooks.ts';
import { stage } from './data/kept.ts';
import { router } from './routes.tsx';
import { theme } from './theme/theme.ts';

watchInsteadOfBrowser();

const queryClient = new QueryClient({
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
void queryClient.prefetchQuery(catalogQuery);

const colorScheme = localStorageColorSchemeManager({ key: 'dramascope.theme' });
const host = document.getElementById('root');
if (host === null) throw new Error('index.html has no #root');

function App() {
  const dark = stage.use() ? { forceColorScheme: 'dark' as const } : {};
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" colorSchemeManager={colorScheme} {...dark}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  );
}

// As a transition React gives the page a turn now and then, also in its first drawing.
startTransition(() =>
  createRoot(host).render(
    <StrictMode>
      <App />
    </StrictMode>,
  ),
);
