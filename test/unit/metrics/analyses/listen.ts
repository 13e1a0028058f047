import type { Express } from 'express';

/** An app on a port of its own. */
export function listen(app: Express): { readonly base: string; readonly stop: () => void } {
  const server = app.listen(0);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  return { base: `http://127.0.0.1:${address.port}`, stop: () => server.close() };
}
