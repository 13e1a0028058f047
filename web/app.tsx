import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode, startTransition } from 'react';
import { createRoot } from 'react-dom/client';
import { watchInsteadOfBrowser } from './data/api/reach.ts';
import { catalogQuery } from './data/hooks.ts';
import { stage } from './data/kept.ts';
import { queryClient } from './data/queryClient.ts';
import { router } from './routes.tsx';
import { theme } from './theme/theme.ts';

watchInsteadOfBrowser();

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
