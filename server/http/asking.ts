import type { Request, Response } from 'express';
import type { Asking } from '../warehouse/warehouse.ts';
import { type AskedContext, clientGone } from './context.ts';

/** Who asks a request's questions, and what they may take of time and memory. */
export function askingOf(req: Request, res: Response, { limits }: AskedContext): Asking {
  return {
    signal: clientGone(res),
    client: `${req.socket.remoteAddress ?? ''} ${req.get('user-agent') ?? ''}`,
    seconds: limits.querySeconds,
    take: limits.memory.accountOf(res),
  };
}
