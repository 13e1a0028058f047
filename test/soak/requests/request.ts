/** A request as it goes over the wire, how it is sent, and the line that sends it again. */
import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';

export interface Request {
  readonly method: string;
  /** With its query string, percent-encoded. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
  /** Milliseconds after which the asker goes away. */
  readonly leaveAfter?: number;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly milliseconds: number;
}

/** Milliseconds that any answer may take: far above the time limit of a query. */
export const LONGEST = 30_000;

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** Null if the asker went away by its own will. @throws Error if there is no whole answer */
export function send(base: string, request: Request): Promise<Reply | null> {
  const { hostname, port } = new URL(base);
  const from = performance.now();
  return new Promise((resolve, reject) => {
    const { method, path, body, leaveAfter } = request;
    // Said in any case: of a GET with a body Node would send the bytes alone, and they would pass for another request.
    const headers = { ...(body ? { 'Content-Length': body.length } : {}), ...request.headers };
    const asked = httpRequest({ hostname, port, method, path, headers, agent, timeout: LONGEST });
    let left = false;
    const leaving =
      leaveAfter === undefined
        ? null
        : setTimeout(() => {
            left = true;
            asked.destroy();
            resolve(null);
          }, leaveAfter);
    const fail = (error: Error) => {
      if (leaving) clearTimeout(leaving);
      if (!left) reject(error);
    };
    const late = setTimeout(() => asked.destroy(new Error(`no answer within ${LONGEST / 1000} s`)), LONGEST);
    asked.on('close', () => clearTimeout(late));
    asked.on('error', (error: NodeJS.ErrnoException) => {
      // The server may close an idle connection just as it is taken again: that is no answer, and asked once more.
      if (asked.reusedSocket && error.code === 'ECONNRESET' && !left) resolve(send(base, request));
      else fail(error);
    });
    asked.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', fail);
      response.on('end', () => {
        if (leaving) clearTimeout(leaving);
        if (!response.complete) fail(new Error('the answer was cut off'));
        else
          resolve({
            status: response.statusCode ?? 0,
            headers: flat(response),
            body: Buffer.concat(chunks),
            milliseconds: performance.now() - from,
          });
      });
    });
    if (body) asked.write(body);
    asked.end();
  });
}

const flat = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));

/** A JSON request. */
export const jsonRequest = (method: string, path: string, body?: unknown): Request => ({
  method,
  path,
  headers: { Accept: 'application/json', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
  body: body === undefined ? null : Buffer.from(JSON.stringify(body)),
});

const inQuotes = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** A shell line that sends it again. @param bodyFile where a body lies that no shell line can carry */
export function curlLine(base: string, { method, path, headers, body }: Request, bodyFile: string | null): string {
  const said = Object.entries(headers).map(([name, value]) => ` -H ${inQuotes(`${name}: ${value}`)}`);
  const data = body === null ? '' : ` --data-binary ${bodyFile ? `@${bodyFile}` : inQuotes(body.toString())}`;
  const head = method === 'HEAD' ? ' -I' : ` -X ${method}`;
  return `curl -sS -i --path-as-is -g${head}${said.join('')}${data} ${inQuotes(base + path)}`;
}

/** Whether a shell line can carry the body as it is. */
export const isPlain = (body: Buffer | null): boolean =>
  body === null || (body.length < 4000 && !body.includes(0) && Buffer.from(body.toString()).equals(body));

/** Percent-encoded, lone surrogates as the bytes that a careless encoder makes of them. */
export function encoded(text: string): string {
  const encode = (part: string) => {
    try {
      return encodeURIComponent(part);
    } catch {
      return '%ED%A0%80';
    }
  };
  return [...text].map(encode).join('');
}
