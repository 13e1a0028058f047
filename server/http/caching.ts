import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';

/**
 * Marks an answer by the data version and everything of the request that shapes it, and answers 304 where the client
 * has it already: before any query runs.
 * @returns true where the 304 is sent and nothing is left to do
 */
export function notModified(req: Request, res: Response, version: string): boolean {
  const shape = [version, req.originalUrl, req.get('accept') ?? '', req.get('accept-language') ?? ''];
  const hash = createHash('sha256').update(JSON.stringify(shape)).digest('base64url').slice(0, 22);
  // Weak: the same numbers, but `elapsed_ms` differs and a proxy may compress.
  res.set({ ETag: `W/"${hash}"`, 'Cache-Control': 'private, no-cache', Vary: 'Accept, Accept-Language' });
  if (!isKnown(req.get('if-none-match'), `"${hash}"`)) return false;
  res.status(304).end();
  return true;
}

/**
 * Whether the client names the tag, compared weakly (RFC 9110 §13.1.2). Not `req.fresh`, which never answers 304 to a
 * `Cache-Control: no-cache` that clients such as Node's fetch add by themselves.
 */
function isKnown(ifNoneMatch: string | undefined, tag: string): boolean {
  const named = (ifNoneMatch ?? '').split(',').map((text) => text.trim().replace(/^W\//, ''));
  return named.includes(tag) || named.includes('*');
}
