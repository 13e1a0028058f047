/** A page of each kind, with members that the demo has. */
export const PAGE_PATHS = [
  '/',
  '/club',
  '/series',
  '/series/MD011912',
  '/genres',
  '/genres/suspense',
  '/producers',
  '/producers/听花岛',
  '/growth',
  '/formats',
  '/overseas',
  '/compare?primary_genre=family,suspense',
  '/data',
  '/data/coverage',
  '/data/names',
];
