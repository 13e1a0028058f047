import type { Endpoint } from '../contract/endpoint.ts';

/** The path of an endpoint as the routers of `/api/v1` take it: `/imports/:id`. */
export const routeOf = (path: Endpoint['path']): string =>
  path.replace(/^\/api\/v1/u, '').replaceAll(/\{(\w+)\}/gu, ':$1');
