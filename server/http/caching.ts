import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';

/** Sets the ETag from data version and request; sends 304 before any query runs. @returns true if 304 was sent */
export function notModified(req: Request, res: Response, version: string): boolean {
  const shape = [version, req.originalUrl, req.get('accept') ?? '', req.get('accept-language') ?? ''];
  const hash = createHash('sha256').update(JSON.stringify(shape)).digest('base64url').slice(0, 22);
  // Weak: `elapsed_ms` differs, and a proxy may compress.
  res.set({ ETag: `W/"${hash}"`, 'Cache-Control': 'private, no-cache', Vary: 'Accept, Accept-Language' });
  if (!isKnown(req.get('if-none-match'), `"${hash}"`)) return false;
  res.status(304).end();
  return true;
}

/** Weak comparison (RFC 9110 §13.1.2). `req.fresh` never answers 304 to the `no-cache` that Node's fetch adds. */
function isKnown(ifNoneMatch: string | undefined, tag: string): boolean {
  const named = (ifNoneMatch ?? '').split(',').map((text) => text.trim().replace(/^W\//, ''));
  return named.includes(tag) || named.includes('*');
}
