import type { Request, Response } from 'express';
import type { Asking } from '../warehouse/warehouse.ts';
import { type AskedContext, clientGone } from './context.ts';

export function askingOf(req: Request, res: Response, { limits }: AskedContext): Asking {
  return {
    signal: clientGone(res),
    client: `${req.socket.remoteAddress ?? ''} ${req.get('user-agent') ?? ''}`,
    seconds: limits.querySeconds,
    take: limits.memory.accountOf(res),
  };
}
