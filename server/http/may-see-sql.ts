import type { Request } from 'express';

/**
 * Whether the asker may see the SQL of an answer: today whoever sits at this machine. Accounts with roles will decide
 * here and nowhere else. A request that a proxy passed on does not come from this machine, whatever its socket says.
 */
export function maySeeSql(
  req: Pick<Request, 'headers'> & { socket: Pick<Request['socket'], 'remoteAddress'> },
): boolean {
  if (req.headers.forwarded !== undefined || req.headers['x-forwarded-for'] !== undefined) return false;
  const address = req.socket.remoteAddress ?? '';
  return address === '::1' || /^(::ffff:)?127\./u.test(address);
}
