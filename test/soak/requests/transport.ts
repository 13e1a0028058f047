/** What can be wrong around a request, whatever it asks: its method, headers, path and query string. */
import { gzipSync } from 'node:zlib';
import type { Dice } from '../dice.ts';
import type { Call } from './operations.ts';
import { hostileText } from './values.ts';

/** A request before it is encoded. */
export interface Draft {
  readonly call: Call;
  readonly method: string;
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
  /** Stands behind the query string as it is. */
  readonly tail?: string;
  readonly leaveAfter?: number;
}

type Spoil = (draft: Draft, dice: Dice) => Partial<Draft>;

const header =
  (name: string, values: readonly string[]): Spoil =>
  ({ headers }, dice) => ({ headers: { ...headers, [name]: dice.pick(values) } });

const packed =
  (make: (body: Buffer) => Buffer): Spoil =>
  ({ headers, body }) =>
    body ? { headers: { ...headers, 'Content-Encoding': 'gzip' }, body: make(body) } : {};

const more =
  (make: (draft: Draft, dice: Dice) => readonly (readonly [string, string])[]): Spoil =>
  (draft, dice) => ({ query: [...draft.query, ...make(draft, dice)] });

const TYPES = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'multipart/form-data; boundary=x',
  'application/xml',
  'application/problem+json',
  '*/*',
  ';',
  'json',
  'application/json;;',
  'a'.repeat(4000),
];
const CHARSETS = [
  'utf-8',
  'UTF8',
  'utf-7',
  'gbk',
  'gb18030',
  'utf-16',
  'utf-32',
  'latin1',
  'x',
  '',
  '"',
  'utf-8; charset=gbk',
];
const ACCEPTS = [
  '*/*',
  'text/html',
  'image/*',
  '',
  ';',
  'application/json;q=0',
  'text/csv;q=0.5, application/json',
  'application/*',
  'x'.repeat(5000),
  'application/vnd.apache.parquet',
  'text/csv',
  'application/vnd.apache.arrow.stream',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  '*/*;q=abc',
];
const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND', 'SEARCH', 'M-SEARCH'];

export const TRANSPORT: readonly (readonly [string, Spoil])[] = [
  ['another method', (_, dice) => ({ method: dice.pick(METHODS) })],
  ['HEAD', ({ method }) => ({ method: method === 'GET' ? 'HEAD' : method })],
  [
    'charset',
    header(
      'Content-Type',
      CHARSETS.map((name) => `application/json; charset=${name}`),
    ),
  ],
  ['content type', header('Content-Type', TYPES)],
  [
    'content encoding',
    header('Content-Encoding', ['gzip', 'br', 'deflate', 'zstd', 'compress', 'identity', 'bogus', 'gzip, gzip', '']),
  ],
  ['gzip', packed((body) => gzipSync(body))],
  ['gzip bomb', packed(() => bomb())],
  ['Accept', header('Accept', ACCEPTS)],
  ['Accept-Encoding', header('Accept-Encoding', ['br', 'gzip', 'deflate', 'zstd', '*;q=0', 'identity;q=0'])],
  ['Accept-Language', header('Accept-Language', ['en', 'zh-CN,zh;q=0.9', '*', ';;;', 'x'.repeat(3000)])],
  ['If-None-Match', header('If-None-Match', ['*', '"x"', 'W/"', ',,,'])],
  ['Range', header('Range', ['bytes=0-1,5-', 'x'])],
  ['Host', header('Host', ['evil.example', '[::1', 'a:b:c'])],
  ['forwarded', header('X-Forwarded-For', ["127.0.0.1, ' OR 1=1"])],
  ['method override', header('X-HTTP-Method-Override', ['DELETE'])],
  ['cookies', header('Cookie', [`a=${'b'.repeat(7000)}`])],
  ['unknown parameter', more((_, dice) => [[hostileText(dice).slice(0, 100) || 'x', 'y']])],
  ['parameter twice', more(({ query }) => query)],
  ['many parameters', more(() => Array.from({ length: 1200 }, (_, i) => [`p${i}`, '1'] as const))],
  ['lang', more((_, dice) => [['lang', dice.pick(['en', 'zh', 'fr', ''])]])],
  ['brackets', ({ query }) => ({ query: query.map(([name, value]) => [`${name}[a][]`, value] as const) })],
  ['odd path', ({ path }, dice) => ({ path: dice.pick(PATHS)(path) })],
  [
    'odd query',
    (_, dice) => ({ tail: dice.pick(['?', '&&&', '&=', '&%', '&%zz=1', '&a=%E0%A4%A', '&a=%ff%fe', '#x']) }),
  ],
  ['leaves', (_, dice) => ({ leaveAfter: dice.int(60) })],
];

let bombed: Buffer | null = null;
/** 200 MB of blanks in 200 kB. */
const bomb = (): Buffer => {
  bombed ??= gzipSync(Buffer.alloc(200_000_000, 0x20));
  return bombed;
};

const PATHS: readonly ((path: string) => string)[] = [
  (path) => `${path}/`,
  (path) => `/${path}`,
  (path) => path.replaceAll('/', '//'),
  (path) => path.toUpperCase(),
  (path) => `${path}%00`,
  (path) => `${path}/%2e%2e/%2e%2e`,
  (path) => `${path}/../../../etc/passwd`,
  (path) => `${path}%zz`,
  (path) => `${path}%E0%A4%A`,
  (path) => path.replace('/api/v1', '/api/v2'),
  (path) => path.replace('/api/v1', ''),
  (path) => `${path};a=b`,
  (path) => `${path}.json`,
  (path) => `/assets/..%2f..%2fpackage.json${path}`,
  () => '/',
  () => '/nope',
  () => '/api',
  () => '/api/docs',
  () => '/api/v1/openapi.json',
  () => '*',
  () => `/${'a'.repeat(9000)}`,
  (path) => `http://evil.example${path}`,
];
