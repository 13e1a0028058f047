import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import type { DimensionId } from '../server/contract/query.ts';
import { idOfSegment, segmentOf } from '../server/contract/segments.ts';
import { part } from './data/api/code.ts';
import { namedMembersQuery } from './data/api/namedMembers.ts';
import { queryClient } from './data/queryClient.ts';
import { formatSearch, type Params, parseSearch } from './filters/grammar.ts';
import { Analysis } from './ui/shell/Analysis.tsx';
import { CrashedPage, MissingPage, PendingPage } from './ui/shell/Fallbacks.tsx';
import { Shell } from './ui/shell/Shell.tsx';

/** The address's parameters stay text; the filter bar and each page read their own out of them. */
function textParams(raw: Record<string, unknown>): Params {
  return Object.fromEntries(
    Object.entries(raw).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

const root = createRootRoute({ component: Shell, validateSearch: textParams, notFoundComponent: MissingPage });

/** Pages that ask the data; the page that brings data in works without any. */
const analysis = createRoute({ getParentRoute: () => root, id: 'analysis', component: Analysis });

const overview = createRoute({
  getParentRoute: () => analysis,
  path: '/',
  component: lazyRouteComponent(() => part(() => import('./pages/overview/OverviewPage.tsx')), 'OverviewPage'),
});
const club = createRoute({
  getParentRoute: () => analysis,
  path: '/club',
  component: lazyRouteComponent(() => part(() => import('./pages/club/ClubPage.tsx')), 'ClubPage'),
});
/** The name is asked while the page's code and the catalog come: nothing of the page is asked before it is known. */
const named =
  (dimension: DimensionId) =>
  ({ params: { id } }: { params: { id: string } }): void =>
    void queryClient.prefetchQuery(namedMembersQuery(dimension, [id]));
/** An id as the path holds it. */
const idInPath = {
  parse: ({ id }: { id: string }) => ({ id: idOfSegment(id) }),
  stringify: ({ id }: { id: string }) => ({ id: segmentOf(id) }),
};
const series = createRoute({
  getParentRoute: () => analysis,
  path: '/series',
  component: lazyRouteComponent(() => part(() => import('./pages/series/SeriesListPage.tsx')), 'SeriesListPage'),
});
const oneSeries = createRoute({
  getParentRoute: () => analysis,
  path: '/series/$id',
  params: idInPath,
  component: lazyRouteComponent(() => part(() => import('./pages/series/SeriesPage.tsx')), 'SeriesPage'),
});
const genres = createRoute({
  getParentRoute: () => analysis,
  path: '/genres',
  component: lazyRouteComponent(() => part(() => import('./pages/genres/GenresPage.tsx')), 'GenresPage'),
});
const producers = createRoute({
  getParentRoute: () => analysis,
  path: '/producers',
  component: lazyRouteComponent(() => part(() => import('./pages/producers/ProducersPage.tsx')), 'ProducersPage'),
});
const oneProducer = createRoute({
  getParentRoute: () => analysis,
  path: '/producers/$id',
  params: idInPath,
  loader: named('producer'),
  component: lazyRouteComponent(() => part(() => import('./pages/producer/ProducerPage.tsx')), 'ProducerPage'),
});
const oneGenre = createRoute({
  getParentRoute: () => analysis,
  path: '/genres/$id',
  params: idInPath,
  loader: named('primary_genre'),
  component: lazyRouteComponent(() => part(() => import('./pages/genre/GenrePage.tsx')), 'GenrePage'),
});
const compare = createRoute({
  getParentRoute: () => analysis,
  path: '/compare',
  component: lazyRouteComponent(() => part(() => import('./pages/compare/ComparePage.tsx')), 'ComparePage'),
});
const growth = createRoute({
  getParentRoute: () => analysis,
  path: '/growth',
  component: lazyRouteComponent(() => part(() => import('./pages/growth/GrowthPage.tsx')), 'GrowthPage'),
});
const formats = createRoute({
  getParentRoute: () => analysis,
  path: '/formats',
  component: lazyRouteComponent(() => part(() => import('./pages/formats/FormatsPage.tsx')), 'FormatsPage'),
});
const overseas = createRoute({
  getParentRoute: () => analysis,
  path: '/overseas',
  component: lazyRouteComponent(() => part(() => import('./pages/overseas/OverseasPage.tsx')), 'OverseasPage'),
});
const data = createRoute({
  getParentRoute: () => root,
  path: '/data',
  component: lazyRouteComponent(() => part(() => import('./pages/data/DataFrame.tsx')), 'DataFrame'),
});
const files = createRoute({
  getParentRoute: () => data,
  path: '/',
  beforeLoad: ({ location, search }) => {
    // Names were a part of this page.
    if (location.hash === 'names') throw redirect({ to: '/data/names', search, replace: true });
  },
  component: lazyRouteComponent(() => part(() => import('./pages/data/DataPage.tsx')), 'DataPage'),
});
const names = createRoute({
  getParentRoute: () => data,
  path: '/names',
  component: lazyRouteComponent(() => part(() => import('./pages/data/names/NamesPage.tsx')), 'NamesPage'),
});

const coverage = createRoute({
  getParentRoute: () => data,
  path: '/coverage',
  component: lazyRouteComponent(() => part(() => import('./pages/data/coverage/CoveragePage.tsx')), 'CoveragePage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    analysis.addChildren([
      overview,
      club,
      series,
      oneSeries,
      genres,
      oneGenre,
      producers,
      oneProducer,
      compare,
      growth,
      formats,
      overseas,
    ]),
    data.addChildren([files, names, coverage]),
  ]),
  parseSearch,
  stringifySearch: formatSearch,
  defaultPreload: 'intent',
  defaultErrorComponent: CrashedPage,
  defaultPendingComponent: PendingPage,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
