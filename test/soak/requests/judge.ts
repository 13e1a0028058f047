/** What of an answer breaks the rules; empty if all is well. */
import { z } from 'zod';
import { PROBLEM_STATUS, problemSchema } from '../../../server/contract/problem.ts';
import { leakIn } from '../leaks.ts';
import type { Call } from './operations.ts';
import type { Reply, Request } from './request.ts';

/** The only faults of its own that a server may admit to: too busy, too long, not ready. */
const ADMITTED: ReadonlySet<number> = new Set([503, 504]);

/** How Node's own parser refuses. */
const UNPARSED: ReadonlySet<number> = new Set([400, 408, 413, 417, 431]);

/** First bytes of what is no text. */
const MAGIC: Readonly<Record<string, Buffer>> = {
  'text/csv': Buffer.from([0xef, 0xbb, 0xbf]),
  'application/vnd.apache.arrow.stream': Buffer.from([0xff, 0xff, 0xff, 0xff]),
  'application/vnd.apache.parquet': Buffer.from('PAR1'),
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': Buffer.from('PK'),
};

/** Answers larger than this are not held against the schema. */
const CHECKED = 1_500_000;

export function faultsOf(request: Request, reply: Reply, call: Call | null): string[] {
  const { status, headers, body } = reply;
  const type = (headers['content-type'] ?? '').split(';')[0] ?? '';
  if (status >= 400) {
    return type === 'text/html' && call?.types.includes(type) === true
      ? pageFaults(reply)
      : refusalFaults(request, reply, type);
  }
  if (request.method === 'HEAD' || status === 304 || status === 204)
    return body.length === 0 ? [] : [`${status} to ${request.method} has a body`];
  if (status < 200 || status > 399) return [`it answers ${status}`];
  const encoded = headers['content-encoding'] !== undefined;
  const magic = MAGIC[type];
  if (magic) return encoded || body.subarray(0, magic.length).equals(magic) ? [] : [`its body is no ${type}`];
  if (type !== 'application/json' || encoded) return [];
  const answer = jsonOf(body);
  if (answer === undefined) return ['its body is no JSON'];
  const schema = request.method === call?.method ? call.answer : null;
  if (!schema || body.length > CHECKED || !plainlyOf(call, request)) return [];
  const held = schema.safeParse(answer);
  return held.success ? [] : [`the answer is not as documented: ${z.prettifyError(held.error).slice(0, 300)}`];
}

/** Whether the path is still that of the call. */
const plainlyOf = (call: Call | null, { path }: Request): boolean =>
  call !== null && new RegExp(`^${call.path.replaceAll(/\{\w+\}/g, '[^/?]+')}(\\?|$)`).test(path);

/** What cannot be shown to a reader is a page, too. */
function pageFaults({ status, body }: Reply): string[] {
  const leak = leakIn(body.toString());
  return [
    ...(status >= 500 && !ADMITTED.has(status) ? [`it answers ${status}`] : []),
    ...(leak ? [`its page tells ${leak}`] : []),
  ];
}

function refusalFaults(request: Request, { status, body, headers }: Reply, type: string): string[] {
  // What Node refuses before it is a request: no handler sees it.
  if (UNPARSED.has(status) && body.length === 0 && type === '' && headers.connection === 'close') return [];
  const faults: string[] = [];
  if (status >= 500 && !ADMITTED.has(status)) faults.push(`it answers ${status}`);
  if (type !== 'application/problem+json') faults.push(`${status} comes as ${type || 'nothing'}`);
  if (request.method === 'HEAD') return body.length === 0 ? faults : [...faults, 'HEAD has a body'];
  if (headers['content-encoding'] !== undefined) return faults;
  const parsed = problemSchema.safeParse(jsonOf(body));
  if (!parsed.success) return [...faults, `${status} without a problem: ${body.toString().slice(0, 200)}`];
  const { code } = parsed.data;
  const stated = Object.entries(PROBLEM_STATUS).find(([name]) => name === code);
  if (!stated) faults.push(`${code} is no known code`);
  else if (stated[1] !== status || parsed.data.status !== status) faults.push(`${code} comes with ${status}`);
  if (status === 503 && headers['retry-after'] === undefined && code === 'busy')
    faults.push('busy without Retry-After');
  // A parameter that is left out: zod's own words for it, and no secret.
  const leak = leakIn(JSON.stringify(parsed.data).replaceAll('received undefined', ''));
  if (leak) faults.push(`it tells ${leak}: ${parsed.data.detail.slice(0, 300)}`);
  return faults;
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
