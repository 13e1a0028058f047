import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { PROBLEM_STATUS, type Problem, type ProblemCode } from '../contract/problem.ts';
import { title } from './problem.ts';

export interface Patience {
  /** For the head of a request, from the connection on. */
  readonly head: number;
  /** For a client that still sends a body after its answer; then the connection is cut. */
  readonly unread: number;
  /** For running answers, once asked to stop. */
  readonly stop: number;
}

export const PATIENCE: Patience = { head: 30_000, unread: 2000, stop: 8000 };

export interface HttpServer {
  readonly server: Server;
  /** Ends event streams, lets answers finish, and cuts what takes too long. */
  stop(): Promise<void>;
}

export function httpServer(app: RequestListener, patience: Patience = PATIENCE): HttpServer {
  const server = createServer({
    // An upload may take hours; stalled-bodies.ts watches it.
    requestTimeout: 0,
    headersTimeout: patience.head,
    connectionsCheckingInterval: Math.min(5000, patience.head),
    // The app refuses a missing host as a problem.
    requireHostHeader: false,
  });
  const sockets = new Set<Socket>();
  const running = new Map<ServerResponse, Socket>();
  let stopping = false;

  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const take: RequestListener = (req, res) => {
    const { socket } = req;
    running.set(res, socket);
    if (stopping) res.setHeader('Connection', 'close');
    res.once('finish', () => {
      // A refused upload is not read to its end, but its sender must get the answer before the cut.
      if (!req.complete) setTimeout(() => req.complete || req.destroy(), patience.unread).unref();
    });
    res.once('close', () => {
      running.delete(res);
      if (stopping && ![...running.values()].includes(socket)) socket.destroySoon();
    });
    app(req, res);
  };
  server.on('request', take);
  // The app says “100 Continue” after it let a request in (continueBody).
  server.on('checkContinue', take);
  server.on('checkExpectation', take);
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const answers = [...running].filter(([, of]) => of === socket).map(([res]) => res);
    if (answers.some((res) => res.headersSent && !res.writableEnded)) socket.destroy();
    else if (answers.some((res) => res.headersSent)) socket.end();
    else refuseRaw(error, socket);
  });

  return {
    server,
    async stop() {
      stopping = true;
      // Not the HTTP server's own `close`: it cuts answers that are not sent yet (nodejs closeIdleConnections).
      const closed = new Promise<void>((resolve) => NetServer.prototype.close.call(server, () => resolve()));
      const busy = new Set(running.values());
      for (const socket of sockets) if (!busy.has(socket)) socket.destroySoon();
      for (const res of running.keys()) {
        if (!res.headersSent) res.setHeader('Connection', 'close');
        else if (/^text\/event-stream/u.test(String(res.getHeader('Content-Type')))) res.end();
      }
      const cut = setTimeout(() => server.closeAllConnections(), patience.stop);
      await closed;
      clearTimeout(cut);
    },
  };
}

/** Node's own errors: the request's language is unknown, so both are given. */
const RAW: Readonly<Record<string, { code: ProblemCode; line: string; detail: string }>> = {
  HPE_HEADER_OVERFLOW: {
    code: 'headers_too_large',
    line: '431 Request Header Fields Too Large',
    detail:
      'Address and headers are longer than 16 kB; ask by POST /api/v1/query instead of a link. 地址和请求头超过 16 kB，请改用 POST /api/v1/query。',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    code: 'request_timeout',
    line: '408 Request Timeout',
    detail: 'The request did not arrive in time; send it again. 请求未能及时送达，请重新发送。',
  },
};
const MALFORMED = {
  code: 'invalid_request',
  line: '400 Bad Request',
  detail: 'This is no HTTP request that can be read. 无法识别的 HTTP 请求。',
} as const;

function refuseRaw(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { code, line, detail } = RAW[error.code ?? ''] ?? MALFORMED;
  const problem: Problem = {
    type: `/api/docs#${code}`,
    title: title(code),
    status: PROBLEM_STATUS[code],
    detail,
    code,
  };
  const body = JSON.stringify(problem);
  socket.end(
    `HTTP/1.1 ${line}\r\nContent-Type: application/problem+json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${isHead(error) ? '' : body}`,
  );
}

/** The answer to HEAD has no body. */
const isHead = (error: Error) =>
  'rawPacket' in error && Buffer.isBuffer(error.rawPacket) && error.rawPacket.subarray(0, 5).toString() === 'HEAD ';
