/** Small writes that undo themselves: the data change while others read, and are as before in the end. */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Dice } from '../dice.ts';
import type { Facts } from './facts.ts';
import { faultsOf } from './judge.ts';
import { encoded, jsonRequest, LONGEST, type Reply, type Request, send } from './request.ts';
import { hostileText, LONE_SURROGATE } from './values.ts';

export interface FlowVerdict {
  readonly name: string;
  readonly outcome: string;
  readonly faults: readonly string[];
}

export async function runFlow(url: string, number: number, dice: Dice, facts: Facts): Promise<FlowVerdict> {
  const steps = new Steps(url);
  const [name, flow] = dice.pick(FLOWS);
  const outcome = await flow(steps, { number, dice, facts });
  return { name, outcome, faults: steps.faults };
}

interface FlowContext {
  readonly number: number;
  readonly dice: Dice;
  readonly facts: Facts;
}

class Steps {
  readonly faults: string[] = [];
  constructor(private readonly url: string) {}

  /** @throws Error if there is no answer */
  async send(request: Request): Promise<Reply> {
    const reply = await send(this.url, request);
    if (!reply) throw new Error('nobody left');
    for (const fault of faultsOf(request, reply, null)) this.faults.push(`${request.method} ${request.path}: ${fault}`);
    return reply;
  }

  json(method: string, path: string, body?: unknown): Promise<Reply> {
    return this.send(jsonRequest(method, `/api/v1${path}`, body));
  }

  expect(reply: Reply, status: number, step: string): boolean {
    if (reply.status === status) return true;
    this.faults.push(`${step} answers ${reply.status}: ${reply.body.toString().slice(0, 200)}`);
    return false;
  }
}

const parse = <T>(schema: z.ZodType<T>, { body }: Reply): T => schema.parse(JSON.parse(body.toString()));
const record = z.object({ import_id: z.string(), status: z.string() });

const FLOWS: readonly (readonly [string, (steps: Steps, context: FlowContext) => Promise<string>])[] = [
  ['import and undo', importAndUndo],
  ['import and undo', importAndUndo],
  ['merge and undo', mergeAndUndo],
  ['dry run', dryRun],
  ['profile', profile],
  ['dismissal', dismissal],
];

/** Days within the log, so that sums of known periods move; ids of their own, so that no series of the data is touched. */
function logOf({ number, dice, facts }: FlowContext): string {
  const day = Date.parse(`${facts.to}T00:00:00Z`) - 86_400_000 * dice.int(20);
  const text = dice.pick(['剧', 'A "quoted" one', '<b>x</b>', '=1+1', '__proto__', '../x', 'ß']);
  const lines = Array.from({ length: 1 + dice.int(30) }, (_, i) => {
    const on = new Date(day - 86_400_000 * (i % 5)).toISOString().slice(0, 10);
    return `${on},"${text.replaceAll('"', '""')} ${number}-${i % 3}",fuzz${number % 7},${dice.int(10_000)},${dice.int(50)}`;
  });
  return `date,title,platform,views,likes\n${lines.join('\n')}\n`;
}

async function upload(steps: Steps, context: FlowContext): Promise<string | null> {
  const filename = `${context.dice.pick(['log', '日志', 'a b', '..'])}-${context.number}.csv`;
  const request = {
    method: 'POST',
    path: `/api/v1/uploads?filename=${encoded(filename)}&profile=`,
    headers: {},
    body: Buffer.from(logOf(context)),
  };
  const reply = await steps.send(request);
  return steps.expect(reply, 201, 'upload') ? parse(z.object({ upload_id: z.string() }), reply).upload_id : null;
}

async function importAndUndo(steps: Steps, context: FlowContext): Promise<string> {
  const upload_id = await upload(steps, context);
  if (upload_id === null) return 'no upload';
  const options = { views_are: 'increment', source: `fuzz ${context.number}` };
  const started = await steps.json('POST', '/imports?force=true', { upload_id, options });
  if (!steps.expect(started, 202, 'import')) return 'no import';
  const { import_id } = parse(record, started);
  const watched = context.dice.chance(0.3)
    ? steps.send(jsonRequest('GET', `/api/v1/imports/${import_id}/events`)).catch((error: unknown) => {
        steps.faults.push(`events: ${String(error)}`);
      })
    : null;
  if (context.dice.chance(0.15)) {
    // Cancelled or undone, whichever it has come to.
    steps.expect(await steps.json('DELETE', `/imports/${import_id}`), 200, 'cancel');
    await watched;
    return `cancelled: ${await ended(steps, import_id)}`;
  }
  const status = await ended(steps, import_id);
  await watched;
  if (status !== 'committed') {
    steps.faults.push(`the import ended as ${status}`);
    return status;
  }
  await steps.json('POST', '/query', { measures: ['views'], dimensions: ['source'], totals: true });
  steps.expect(await steps.json('DELETE', `/imports/${import_id}`), 200, 'undo');
  return 'undone';
}

async function ended(steps: Steps, id: string): Promise<string> {
  for (let waited = 0; waited < LONGEST; waited += 50) {
    const { status } = parse(record, await steps.json('GET', `/imports/${id}`));
    if (status !== 'queued' && status !== 'running') return status;
    await sleep(50);
  }
  steps.faults.push(`the import runs after ${LONGEST / 1000} s`);
  return 'running';
}

async function dryRun(steps: Steps, context: FlowContext): Promise<string> {
  const upload_id = await upload(steps, context);
  if (upload_id === null) return 'no upload';
  const reply = await steps.json('POST', '/imports', { upload_id, dry_run: true, options: { views_are: 'increment' } });
  return steps.expect(reply, 200, 'dry run') ? 'tried' : 'refused';
}

async function mergeAndUndo(steps: Steps, { dice, facts }: FlowContext): Promise<string> {
  const dimension = dice.pick(['series', 'producer', 'platform'] as const);
  const known = (facts.members[dimension] ?? []).filter((id) => !id.startsWith('('));
  const [from, into] = [dice.pick(known), dice.pick(known)];
  const asked = { dimension, from: [from], into };
  await steps.json('POST', '/aliases/preview', asked);
  const merged = await steps.json('POST', '/aliases', asked);
  if (merged.status !== 201) return `refused: ${merged.status}`;
  for (const { alias_id } of parse(z.object({ rows: z.array(z.object({ alias_id: z.string() })) }), merged).rows)
    steps.expect(await steps.json('DELETE', `/aliases/${alias_id}`), 200, 'undo of a merge');
  return 'undone';
}

async function profile(steps: Steps, { number, dice }: FlowContext): Promise<string> {
  const name = `${hostileText(dice).replaceAll(LONE_SURROGATE, '').slice(0, 60)} ${number}`;
  const path = `/profiles/${encoded(name)}`;
  const body = { header: [`d${number}`, 'v'], kind: 'log', mapping: { time: `d${number}`, views: 'v' } };
  const put = await steps.json('PUT', path, body);
  if (put.status !== 200) return `refused: ${put.status}`;
  steps.expect(await steps.json('GET', path), 200, 'profile');
  await steps.json('GET', '/profiles');
  steps.expect(await steps.json('DELETE', path), 204, 'profile forgotten');
  return 'forgotten';
}

async function dismissal(steps: Steps, { dice, facts }: FlowContext): Promise<string> {
  const known = facts.members.series ?? [];
  const ids = [dice.pick(known), dice.chance(0.3) ? hostileText(dice).slice(0, 900) || 'x' : dice.pick(known)];
  const posted = await steps.json('POST', '/aliases/dismissed', { dimension: 'series', ids });
  if (posted.status !== 204) return `refused: ${posted.status}`;
  await steps.json('GET', '/aliases/dismissed?dimension=series');
  await steps.json('DELETE', `/aliases/dismissed?dimension=series&${ids.map((id) => `ids=${encoded(id)}`).join('&')}`);
  return 'taken back';
}
