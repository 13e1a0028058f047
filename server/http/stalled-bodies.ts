/** An upload may take hours, but not stand still. */
import type { RequestHandler } from 'express';
import { ProblemError } from '../problem.ts';
import { sendProblem } from './problem.ts';

/** Milliseconds. */
export const LONGEST_STALL = 60_000;

/** Answers 408 after so long without a byte, and ends the connection. */
export function stalledBodies(longest = LONGEST_STALL): RequestHandler {
  return (req, res, next) => {
    const { socket } = req;
    let seen = socket.bytesRead;
    let timer: NodeJS.Timeout | undefined;
    const look = () => {
      // Bytes that came but are not read yet wait for the server, not for the client.
      const moved = socket.bytesRead !== seen || req.readableLength > 0;
      if (req.complete || res.headersSent) return;
      if (moved) {
        seen = socket.bytesRead;
        timer = setTimeout(look, longest);
        return;
      }
      res.set('Connection', 'close');
      // Node forgets an answered request: whoever reads its body would wait forever.
      res.once('finish', () => req.destroy());
      sendProblem(
        req,
        res,
        new ProblemError('request_timeout', {
          en: `Nothing of the request body came for ${Math.round(longest / 1000)} seconds. Check the connection and send it again.`,
          zh: `${Math.round(longest / 1000)} 秒内没有收到请求正文的任何数据。请检查网络连接后重新发送。`,
        }),
      );
    };
    if (!req.complete) timer = setTimeout(look, longest);
    res.once('close', () => clearTimeout(timer));
    next();
  };
}

/** Answers `Expect: 100-continue` once the request was let in. */
export function continueBody(): RequestHandler {
  return (req, res, next) => {
    if (req.headers.expect?.toLowerCase() === '100-continue') res.writeContinue();
    next();
  };
}
