import type { Request } from 'express';
import { isLoopback, isLoopbackAddress, parseHost } from '../access/hosts.ts';

const PASSED_ON = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'];

/** Whether the asker sits at this machine; never true of a proxied request, or one for a public name. */
export function maySeeSql({
  headers,
  socket,
}: Pick<Request, 'headers'> & { socket: Pick<Request['socket'], 'remoteAddress'> }): boolean {
  if (PASSED_ON.some((name) => headers[name] !== undefined)) return false;
  return isLoopback(parseHost(headers.host ?? '')?.name ?? '') && isLoopbackAddress(socket.remoteAddress ?? '');
}
