/** HTTP that is none: half of a request, two lengths, a body that never comes. The server may refuse or hang up. */
import { connect } from 'node:net';
import type { Dice } from '../dice.ts';
import { leakIn } from '../leaks.ts';

/** Milliseconds until the asker hangs up by itself. */
const PATIENCE = 250;

const post = (headers: string, body = '') =>
  `POST /api/v1/query HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${headers}\r\n${body}`;
const question = '{"measures":["views"]}';

const BROKEN: readonly (readonly [string, string | Buffer])[] = [
  ['no HTTP', 'hello\r\n\r\n'],
  ['TLS', Buffer.from([0x16, 3, 1, 0, 0xa5, 1, 0, 0, 0xa1, 3, 3, 0, 0, 0])],
  ['NULs', Buffer.alloc(2000)],
  ['half a request line', 'GET /api/v1/cat'],
  ['half of the headers', 'GET /api/v1/catalog HTTP/1.1\r\nHost: x\r\nAcc'],
  ['no Host', 'GET /api/v1/catalog HTTP/1.1\r\n\r\n'],
  ['HTTP/0.9', 'GET /api/v1/catalog\r\n\r\n'],
  ['HTTP/9.9', 'GET /api/v1/catalog HTTP/9.9\r\nHost: x\r\n\r\n'],
  ['HTTP/2 preface', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['bare line feeds', 'GET /healthz HTTP/1.1\nHost: x\n\n'],
  ['NUL in the path', 'GET /api/v1/\0catalog HTTP/1.1\r\nHost: x\r\n\r\n'],
  ['spaces in the path', 'GET /api/v1/cata log HTTP/1.1\r\nHost: x\r\n\r\n'],
  ['raw bytes in the path', Buffer.from('GET /api/v1/members/\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n', 'latin1')],
  ['large headers', `GET /healthz HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(40_000)}\r\n\r\n`],
  ['many headers', `GET /healthz HTTP/1.1\r\nHost: x\r\n${'X: 1\r\n'.repeat(3000)}\r\n`],
  ['a folded header', 'GET /healthz HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n'],
  ['two lengths', post('Content-Length: 5\r\nContent-Length: 22\r\n', question)],
  ['length and chunks', post('Content-Length: 5\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n')],
  ['a negative length', post('Content-Length: -1\r\n', question)],
  ['a length of no number', post('Content-Length: 0x16\r\n', question)],
  ['a body too short', post('Content-Length: 1000\r\n', question)],
  ['a body too long', post('Content-Length: 5\r\n', question)],
  ['a huge length', post('Content-Length: 99999999999999\r\n', question)],
  ['bad chunks', post('Transfer-Encoding: chunked\r\n', `zz\r\n${question}\r\n0\r\n\r\n`)],
  ['chunks that end early', post('Transfer-Encoding: chunked\r\n', `ff\r\n${question}`)],
  ['a chunk extension', post('Transfer-Encoding: chunked\r\n', `16;x=${'a'.repeat(9000)}\r\n${question}\r\n0\r\n\r\n`)],
  ['another transfer encoding', post('Transfer-Encoding: gzip\r\n', question)],
  ['an expectation', post(`Content-Length: ${question.length}\r\nExpect: 100-continue\r\n`, question)],
  ['an upgrade', 'GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'],
  ['CONNECT', 'CONNECT example.org:80 HTTP/1.1\r\nHost: x\r\n\r\n'],
  [
    'an upload cut off',
    'POST /api/v1/uploads?filename=a.csv HTTP/1.1\r\nHost: x\r\nContent-Length: 500000\r\n\r\ndate,title,views\n',
  ],
  ['pipelined', 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(40)],
  ['pipelined queries', post(`Content-Length: ${question.length}\r\n`, question).repeat(20)],
];

export interface BrokenVerdict {
  readonly name: string;
  readonly outcome: string;
  readonly faults: readonly string[];
  /** What was sent, as `printf` takes it. */
  readonly again: string;
}

export async function sendBroken(base: string, dice: Dice): Promise<BrokenVerdict> {
  const [name, sent] = dice.pick(BROKEN);
  const whole = Buffer.from(sent);
  const bytes = dice.chance(0.15) ? whole.subarray(0, dice.int(whole.length)) : whole;
  const said = await talk(base, bytes, dice.chance(0.3));
  const statuses = [...said.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status));
  const faults = statuses.filter((status) => status >= 500 && status !== 503).map((status) => `it answers ${status}`);
  const leak = statuses.some((status) => status >= 400) ? leakIn(said) : null;
  if (leak) faults.push(`it tells ${leak}`);
  if (/content-type: text\/html/i.test(said)) faults.push('it answers HTML');
  const { hostname, port } = new URL(base);
  const octal = [...bytes.subarray(0, 3000)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
  return {
    name,
    outcome: String(statuses[0] ?? 'hung up'),
    faults,
    again: `printf '${octal}' | nc -q1 ${hostname} ${port}`,
  };
}

/** Everything that comes back until one of the two hangs up. */
function talk(base: string, bytes: Buffer, endOfBody: boolean): Promise<string> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname, () => {
      socket.write(bytes);
      if (endOfBody) socket.end();
    });
    const done = () => {
      clearTimeout(late);
      socket.destroy();
      resolve(Buffer.concat(chunks).toString('latin1'));
    };
    const late = setTimeout(done, PATIENCE);
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('error', done);
    socket.on('close', done);
  });
}
