/** Request fuzz: thousands of requests of chance to one server, several at once, and what of it breaks the rules. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diceOf } from '../dice.ts';
import { type Entry, ServerProcess } from '../server.ts';
import { sendBroken } from './broken.ts';
import { type RequestCase, requestCase } from './case.ts';
import { type Facts, factsOf } from './facts.ts';
import { runFlow } from './flows.ts';
import { type Beat, type Health, PROMPT, watchHealth } from './health.ts';
import { faultsOf } from './judge.ts';
import { holdLaw } from './laws.ts';
import { curlLine, isPlain, jsonRequest, type Request, send } from './request.ts';
import { importSmall } from './small-data.ts';

export interface RequestsOptions {
  readonly seed: number;
  /** Numbers of the requests. */
  readonly numbers: readonly number[];
  readonly entry: Entry;
  readonly data: 'demo' | 'small';
  /** Requests that run at once. */
  readonly jobs: number;
  /** Whether `/healthz` is watched from a second process. */
  readonly watched: boolean;
  /** Where bodies of requests with faults are kept; null keeps none. */
  readonly keep: string | null;
  readonly say: (line: string) => void;
}

export interface RequestFault {
  readonly seed: number;
  readonly number: number;
  readonly made: readonly string[];
  readonly faults: readonly string[];
  /** A shell line that sends it again; what has several steps is made again by its number. */
  readonly again: string;
}

export interface RequestsSummary {
  readonly requests: number;
  /** How many of each kind ended how. */
  readonly outcomes: ReadonlyMap<string, number>;
  readonly faults: readonly RequestFault[];
  /** Times that the server ended by itself, or had to be ended. */
  readonly crashes: number;
  readonly milliseconds: readonly number[];
  readonly health: Health | null;
  /** Bytes of memory: before the first request, after the last, and at most. */
  readonly memory: { readonly before: number; readonly after: number; readonly peak: number };
}

/** Seconds that a query may take. */
const QUERY_SECONDS = '5';
/** Requests between two looks at the control questions. */
const STRETCH = 250;
/** The engine's share (1 GB), the runtime's and room. */
export const MOST_MEMORY = 3e9;

export async function runRequests(options: RequestsOptions): Promise<RequestsSummary> {
  const run = new Run(options);
  try {
    return await run.all();
  } finally {
    await run.close();
  }
}

interface Sent {
  readonly number: number;
  readonly made: readonly string[];
  readonly request: Request | null;
  readonly from: number;
  to: number;
}

class Run implements RequestsSummary {
  requests = 0;
  readonly outcomes = new Map<string, number>();
  readonly faults: RequestFault[] = [];
  crashes = 0;
  readonly milliseconds: number[] = [];
  health: Health | null = null;
  memory = { before: 0, after: 0, peak: 0 };

  private folder = '';
  private url = '';
  private server: ServerProcess | null = null;
  /** Fulfils once another server stands in the place of one that was ended. */
  private restarting: Promise<void> | null = null;
  private watch: ReturnType<typeof watchHealth> | null = null;
  private facts: Facts | null = null;
  private control = '';
  private readonly sent: Sent[] = [];
  /** Requests since the last look that may have changed the data. */
  private written: string[] = [];

  constructor(private readonly options: RequestsOptions) {}

  async all(): Promise<RequestsSummary> {
    await this.start();
    const left = [...this.options.numbers];
    while (left.length > 0) {
      const stretch = left.splice(0, STRETCH);
      const last = stretch.at(-1) ?? 0;
      const work = async () => {
        for (let next = stretch.shift(); next !== undefined; next = stretch.shift()) await this.one(next);
      };
      await Promise.all(Array.from({ length: this.options.jobs }, work));
      await this.look(last);
      if (left.length > 0)
        this.options.say(`${this.requests} requests, ${this.faults.length} with faults, ${this.memoryNow()} MB`);
    }
    await this.end(this.options.numbers.at(-1) ?? 0);
    return this;
  }

  async close(): Promise<void> {
    await this.watch?.stop();
    await this.server?.kill();
    if (this.folder) rmSync(this.folder, { recursive: true, force: true });
  }

  private async start(): Promise<void> {
    const { data, entry, say } = this.options;
    this.folder = mkdtempSync(join(tmpdir(), 'dramascope-requests-'));
    this.server = await ServerProcess.start(this.folder, entry, {
      DRAMASCOPE_DEMO: data === 'demo' ? 'on' : 'off',
      DRAMASCOPE_QUERY_SECONDS: QUERY_SECONDS,
      DRAMASCOPE_MEMORY: '1GB',
      DRAMASCOPE_MAX_UPLOAD: '16MB',
      DRAMASCOPE_MAX_UNPACKED: '32MB',
    });
    const { url, pid } = this.server;
    this.url = url;
    if (data === 'small') await importSmall(url);
    // Of the first server: a later one must have the same data, or requests would not be made again.
    this.facts ??= await factsOf(url);
    this.control ||= await this.ask();
    this.memory.before ||= this.server.memory().now;
    if (this.options.watched) this.watch = watchHealth(url, pid);
    say(`the server listens on ${url}`);
  }

  private async one(number: number): Promise<void> {
    await this.restarting;
    const { server, facts } = this;
    if (!server || !facts) return;
    const made = requestCase(this.options.seed, number, facts);
    const record: Sent = {
      number,
      made: made.made,
      request: made.kind === 'call' ? made.request : null,
      from: Date.now(),
      to: Number.POSITIVE_INFINITY,
    };
    this.sent.push(record);
    const from = performance.now();
    const verdict = await this.verdict(server, facts, number, made).catch((error: unknown) => ({
      outcome: 'no answer',
      faults: [`${error instanceof Error ? error.message : String(error)}`],
      again: made.kind === 'call' ? this.curl(server.url, made.request, number) : '',
      made: made.made,
    }));
    record.to = Date.now();
    this.milliseconds.push(performance.now() - from);
    this.requests++;
    this.outcomes.set(verdict.outcome, (this.outcomes.get(verdict.outcome) ?? 0) + 1);
    // Others that were under way as it was ended are no faults of their own.
    if (server !== this.server) return;
    if (verdict.faults.length > 0) this.fault(number, verdict.made, verdict.faults, verdict.again);
    if (server.ended || verdict.outcome === 'no answer') await this.startAgain(server, number);
  }

  private async verdict(server: ServerProcess, facts: Facts, number: number, made: RequestCase) {
    const dice = diceOf('request', this.options.seed, number, made.kind);
    const { url } = server;
    if (made.kind === 'flow') {
      const { name, outcome, faults } = await runFlow(url, number, dice, facts);
      this.written.push(`${number} ${name}: ${outcome}`);
      return { outcome: `flow: ${name}: ${outcome}`, faults, again: '', made: [name] };
    }
    if (made.kind === 'broken') {
      const { name, outcome, faults, again } = await sendBroken(url, dice);
      return { outcome: `broken HTTP: ${outcome}`, faults, again, made: [name] };
    }
    if (made.kind === 'law') {
      const { name, outcome, faults, question } = await holdLaw(url, dice, facts);
      const again = faults.length > 0 ? this.curl(url, jsonRequest('POST', '/api/v1/query', question), number) : '';
      return { outcome: `law: ${name}: ${outcome}`, faults, again, made: [name] };
    }
    const reply = await send(url, made.request);
    if (made.request.method !== 'GET' && (!reply || reply.status < 300) && !isQuestion(made.request))
      this.written.push(
        `${number} ${made.request.method} ${made.request.path.slice(0, 200)} ${reply?.status ?? 'left'}`,
      );
    if (!reply) return { outcome: 'left', faults: [], again: '', made: made.made };
    const faults = faultsOf(made.request, reply, made.call);
    if (reply.status >= 500 && faults.length > 0) faults.push(`its log: ${lastError(server.log)}`);
    const again = faults.length > 0 ? this.curl(url, made.request, number) : '';
    return { outcome: String(reply.status), faults, again, made: made.made };
  }

  /** Merges of chance that were taken, also those whose sender left before the answer, are undone. */
  private async undoMerges(): Promise<void> {
    const url = this.server?.url ?? '';
    const reply = await send(url, jsonRequest('GET', '/api/v1/aliases'));
    for (const [, id] of reply?.body.toString().matchAll(/"alias_id":"([^"]+)"/gu) ?? [])
      await send(url, jsonRequest('DELETE', `/api/v1/aliases/${id}`));
  }

  private async startAgain(server: ServerProcess, number: number): Promise<void> {
    if (this.server !== server) return;
    const healthy = await fetch(`${server.url}/healthz`, { signal: AbortSignal.timeout(5000) }).then(
      ({ ok }) => ok,
      () => false,
    );
    if ((healthy && !server.ended) || this.server !== server) return;
    this.server = null;
    this.crashes++;
    this.fault(
      number,
      ['the server'],
      [server.ended ? `it ended: ${JSON.stringify(server.ended)}` : '/healthz does not answer'],
      '',
    );
    this.restarting = this.replace(server);
    await this.restarting;
  }

  private async replace(server: ServerProcess): Promise<void> {
    await this.watch?.stop();
    await server.kill();
    rmSync(this.folder, { recursive: true, force: true });
    await this.start();
  }

  /** Nothing is under way: the control questions answer as before, and the memory is what it may be. */
  private async look(number: number): Promise<void> {
    const now = await this.undoMerges()
      .then(() => this.ask())
      .catch((error: unknown) => `no answer: ${String(error)}`);
    if (now !== this.control)
      this.fault(
        number,
        ['control questions'],
        [firstDifference(this.control, now), `written since the last look: ${this.written.join(', ') || 'nothing'}`],
        '',
      );
    this.written = [];
    const held = this.server?.memory();
    if (!held) return;
    this.memory = { ...this.memory, after: held.now, peak: Math.max(this.memory.peak, held.peak) };
    if (held.now > MOST_MEMORY) this.fault(number, ['memory'], [`the server holds ${this.memoryNow()} MB`], '');
  }

  private async end(number: number): Promise<void> {
    this.health = (await this.watch?.stop()) ?? null;
    this.watch = null;
    for (const late of this.health?.late ?? []) this.lateFault(late);
    const ended = await this.server?.stop();
    if (ended && ended.code !== 0)
      this.fault(number, ['the end'], [`the server stopped with ${JSON.stringify(ended)}`], '');
    this.server = null;
  }

  private lateFault({ at, milliseconds, waited, ok }: Beat): void {
    const beside = this.sent.filter(({ from, to }) => from <= at + milliseconds && to >= at);
    const own = `${Math.round(milliseconds)} ms (${Math.round(waited)} of them in line for a core)`;
    this.fault(
      beside.at(-1)?.number ?? 0,
      ['/healthz'],
      [
        ok ? `it took ${own}, more than ${PROMPT}` : `it did not answer (${own})`,
        `beside requests ${beside.map((one) => `${one.number} (${one.made.join(', ')})`).join('; ')}`,
      ],
      beside.flatMap(({ number, request }) => (request ? [this.curl(this.url, request, number)] : [])).join('\n    '),
    );
  }

  /** Some numbers of several tables, without the version and the time it took. */
  private async ask(): Promise<string> {
    const answers = await Promise.all(
      CONTROL.map(async (question) => {
        const reply = await send(this.server?.url ?? '', jsonRequest('POST', '/api/v1/query', question));
        const { rows, totals, code } = JSON.parse(reply?.body.toString() ?? '{}');
        return JSON.stringify([rows, totals, code]);
      }),
    );
    return answers.join('\n');
  }

  private fault(number: number, made: readonly string[], faults: readonly string[], again: string): void {
    const { seed, say } = this.options;
    this.faults.push({ seed, number, made, faults, again });
    const shown = again.length > 2000 ? `${again.slice(0, 2000)} …` : again;
    say(
      `seed ${seed}, request ${number} (${made.join(', ')}): ${faults.join('; ').slice(0, 1000)}${shown ? `\n  ${shown}` : ''}`,
    );
  }

  private curl(url: string, request: Request, number: number): string {
    const { keep, seed } = this.options;
    if (isPlain(request.body) || keep === null) return curlLine(url, request, isPlain(request.body) ? null : 'BODY');
    const folder = join(keep, `request-${seed}-${number}`);
    mkdirSync(folder, { recursive: true });
    const file = join(folder, 'body');
    writeFileSync(file, request.body ?? '');
    return curlLine(url, request, file);
  }

  private memoryNow(): number {
    return Math.round((this.server?.memory().now ?? 0) / 1e6);
  }
}

/** Where two answers begin to differ, with what stands around it. */
function firstDifference(before: string, now: string): string {
  const at = [...before].findIndex((letter, i) => letter !== now[i]);
  const around = (text: string) => text.slice(Math.max(0, at - 200), at + 200);
  return `they answered … ${around(before)} …, and now … ${around(now)} …`;
}

/** A read with a body. */
const isQuestion = ({ path }: Request) => /\/(query|batch|preview)\/*(\?|$)/iu.test(path);

/** The last error that a server logged, without its statement. */
const lastError = (log: string): string => [...log.matchAll(/"message":"([^"]{0,200})/gu)].at(-1)?.[1] ?? 'nothing';

const CONTROL = [
  { measures: ['views', 'active_series', 'cumulative_views'], dimensions: ['platform'], totals: true },
  { measures: ['views', 'new_series'], dimensions: ['primary_genre'], time: { grain: 'month' }, limit: 5 },
  { measures: ['likes', 'median_views_per_series'], dimensions: ['producer'], limit: 10, totals: true },
];
