import type { Request } from 'express';
import { isLoopback, isLoopbackAddress, parseHost } from '../access/hosts.ts';

/** What proxies add to a request that they pass on. */
const PASSED_ON = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'];

/**
 * Whether the asker may see the SQL of an answer: today whoever sits at this machine. Accounts with roles will decide
 * here and nowhere else. A request that a proxy passed on does not come from this machine, whatever its socket says,
 * nor does one that asks for a name by which other machines know it.
 */
export function maySeeSql({
  headers,
  socket,
}: Pick<Request, 'headers'> & { socket: Pick<Request['socket'], 'remoteAddress'> }): boolean {
  if (PASSED_ON.some((name) => headers[name] !== undefined)) return false;
  return isLoopback(parseHost(headers.host ?? '')?.name ?? '') && isLoopbackAddress(socket.remoteAddress ?? '');
}
