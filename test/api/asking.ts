/** Requests as browsers' and attackers' come: any header, any address, any bytes. */
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';

export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** @param path as it stands; nothing of it is cleaned */
export function ask(
  url: string,
  path: string,
  { method = 'GET', headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const asking = request({ hostname: hostname.replace(/[[\]]/gu, ''), port, path, method, headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
    });
    asking.on('error', reject);
    asking.end(body);
  });
}

/** Sends bytes as they are, and gives all that comes back until the server ends the connection. */
export function sendRaw(url: string, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    let text = '';
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.setEncoding('utf8').on('data', (chunk) => (text += String(chunk)));
    socket.on('error', reject);
    socket.on('close', () => resolve(text));
  });
}

/** Status and code of a refusal; the code is `no problem` for anything that is none. */
export function refusal({ status, headers, text }: Answered): { status: number; code: string } {
  const isProblem = /^application\/problem\+json/u.test(headers['content-type'] ?? '');
  return { status, code: isProblem ? String(JSON.parse(text).code) : `no problem: ${text.slice(0, 100)}` };
}
