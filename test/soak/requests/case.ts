/** What is sent: the K-th request of seed N is always the same, given the same data. */
import { type Dice, diceOf } from '../dice.ts';
import { BODIES, FILES } from './bodies.ts';
import type { Facts } from './facts.ts';
import { CALLS, type Call, callOf } from './operations.ts';
import { someQuestion } from './questions.ts';
import { encoded, type Request } from './request.ts';
import { type Draft, TRANSPORT } from './transport.ts';
import { hostileValue, near, type Schema, valid } from './values.ts';

export type RequestCase =
  | { readonly kind: 'call'; readonly request: Request; readonly call: Call; readonly made: readonly string[] }
  | { readonly kind: 'flow'; readonly made: readonly string[] }
  | { readonly kind: 'broken'; readonly made: readonly string[] }
  | { readonly kind: 'law'; readonly made: readonly string[] };

/** Of a hundred, how many are what; the rest are calls made from the document. */
const SHARES = { flow: 2, broken: 4, law: 3, question: 26 };

/** Never `synthetic=true` itself: the demo would be gone, and all that follows would ask an empty data set. */
export function requestCase(seed: number, number: number, facts: Facts): RequestCase {
  const dice = diceOf('request', seed, number);
  const drawn = dice.int(100);
  if (drawn < SHARES.flow) return { kind: 'flow', made: ['flow'] };
  if (drawn < SHARES.flow + SHARES.broken) return { kind: 'broken', made: ['broken HTTP'] };
  if (drawn < SHARES.flow + SHARES.broken + SHARES.law) return { kind: 'law', made: ['law'] };
  const made: string[] = [];
  const asked =
    drawn < SHARES.flow + SHARES.broken + SHARES.law + SHARES.question
      ? questionCall(dice, facts)
      : documentCall(dice, facts, made);
  made.unshift(`${asked.call.method} ${asked.call.path}`);
  let draft = asked;
  for (let spoils = dice.chance(0.25) ? 1 + dice.int(2) : 0; spoils > 0; spoils--) {
    const [name, spoil] = dice.pick(TRANSPORT);
    made.push(name);
    draft = { ...draft, ...spoil(draft, dice) };
  }
  const { call, method, path, query, headers, body, leaveAfter } = draft;
  const search = query
    .map(([name, text]) => `${encoded(name)}=${encoded(name === 'synthetic' ? text.toUpperCase() : text)}`)
    .join('&');
  const request: Request = {
    method,
    path: path + (search === '' ? '' : `?${search}`) + (draft.tail ?? ''),
    headers,
    body,
    ...(leaveAfter === undefined ? {} : { leaveAfter }),
  };
  return { kind: 'call', request, call, made };
}

/** Valid questions, as a body, as a link and in a batch, in every format. */
function questionCall(dice: Dice, facts: Facts): Draft {
  const headers: Record<string, string> = {};
  const batch = dice.chance(0.1);
  const linked = !batch && dice.chance(0.4);
  const call = batch
    ? callOf('POST', '/api/v1/query/batch')
    : linked
      ? callOf('GET', '/api/v1/query')
      : callOf('POST', '/api/v1/query');
  if (!call) throw new Error('the document has no query');
  if (!batch && dice.chance(0.3)) headers.Accept = dice.pick(call.types);
  const question = () => someQuestion(dice, facts);
  const { method, path } = call;
  if (linked) return { call, method, path, query: [['q', JSON.stringify(question())]], headers, body: null };
  headers['Content-Type'] = 'application/json';
  const body = batch
    ? { queries: Object.fromEntries(Array.from({ length: 1 + dice.int(3) }, (_, i) => [`q${i}`, question()])) }
    : question();
  return { call, method, path, query: [], headers, body: Buffer.from(JSON.stringify(body)) };
}

/** A call of the document, of whose places none, one or many are spoilt. */
function documentCall(dice: Dice, facts: Facts, made: string[]): Draft {
  const call = dice.pick(CALLS);
  const places = call.parameters.length + (call.body ? 1 : 0);
  const spoilt = dice.pick([0, 0, 1, 1, 1, 2, places]) / Math.max(1, places);
  const valueAt = (schema: Schema, name: string) => {
    if (!dice.chance(spoilt)) return valid(schema, name, dice, facts);
    made.push(`${name} spoilt`);
    return dice.chance(0.5) ? near(schema, name, dice, facts) : hostileValue(dice);
  };
  const query: [string, string][] = [];
  let { path } = call;
  for (const { name, place, schema } of call.parameters) {
    if (place === 'path') path = path.replace(`{${name}}`, segment(valueAt(schema, pathName(call, name))));
    else if (dice.chance(0.4)) query.push(...pairs(name, valueAt(schema, name)));
  }
  if (call.path === '/api/v1/uploads' && call.method === 'POST') {
    const body = Buffer.from(dice.pick(FILES));
    return { call, method: call.method, path, query, headers: {}, body };
  }
  if (!call.body) return { call, method: call.method, path, query, headers: {}, body: null };
  const body = bodyOf(valueAt(call.body, ''), dice, made, spoilt > 0);
  return { call, method: call.method, path, query, headers: { 'Content-Type': 'application/json' }, body };
}

/** What a name in a path stands for; all of them are `id` or `name` in the document. */
const pathName = (call: Call, name: string) => (call.path.startsWith('/api/v1/series') ? 'series' : name);

const segment = (value: unknown) => encoded(typeof value === 'string' ? value : (JSON.stringify(value) ?? '')) || '%20';

/** As it stands in a query string: lists by repeating, objects as JSON. */
function pairs(name: string, value: unknown): [string, string][] {
  const text = (one: unknown) => (typeof one === 'string' ? one : (JSON.stringify(one) ?? ''));
  if (Array.isArray(value) && value.every((one) => typeof one === 'string'))
    return value.slice(0, 200).map((one) => [name, text(one)]);
  return [[name, text(value).slice(0, 12_000)]];
}

function bodyOf(value: unknown, dice: Dice, made: string[], spoil: boolean): Buffer {
  if (spoil && dice.chance(0.2)) {
    const [name, make] = dice.pick(BODIES);
    made.push(name);
    return make();
  }
  return Buffer.from(JSON.stringify(value) ?? 'null');
}
