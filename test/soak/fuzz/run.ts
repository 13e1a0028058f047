/** Fuzz: many files, in stretches of one server each, several servers side by side. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Entry, ServerProcess } from '../server.ts';
import { askWith, type Target, type Verdict } from './ask.ts';
import { type FuzzCase, fuzzCase } from './case.ts';

export interface FuzzOptions {
  readonly seed: number;
  /** Numbers of the files. */
  readonly files: readonly number[];
  readonly entry: Entry;
  /** Servers at work at once. */
  readonly jobs: number;
  /** Files that one server is asked before the next one starts on an empty folder. */
  readonly stretch: number;
  /** Where failing files are kept; null keeps none. */
  readonly keep: string | null;
  readonly say: (line: string) => void;
}

export interface FuzzFault {
  readonly file: number;
  readonly made: readonly string[];
  readonly faults: readonly string[];
}

export interface FuzzSummary {
  readonly files: number;
  /** How many files ended how. */
  readonly outcomes: ReadonlyMap<string, number>;
  readonly faults: readonly FuzzFault[];
  /** Times that a server ended by itself. */
  readonly crashes: number;
  readonly milliseconds: readonly number[];
  /** Bytes of memory, the most that a server held. */
  readonly peakMemory: number;
}

/** Small enough that a bomb meets them within a second. */
const LIMITS = {
  DRAMASCOPE_MAX_UPLOAD: '16MB',
  DRAMASCOPE_MAX_UNPACKED: '32MB',
  DRAMASCOPE_MEMORY: '512MB',
  DRAMASCOPE_THREADS: '1',
};
/** The engine's share, the runtime's, and room: more than this is a leak. */
export const MOST_MEMORY = 1.5e9;

export async function runFuzz(options: FuzzOptions): Promise<FuzzSummary> {
  const tally = new Tally(options.say);
  const stretches: number[][] = [];
  for (let at = 0; at < options.files.length; at += options.stretch)
    stretches.push(options.files.slice(at, at + options.stretch));
  const work = async () => {
    for (let next = stretches.shift(); next; next = stretches.shift()) await new Stretch(options, tally).run(next);
  };
  await Promise.all(Array.from({ length: options.jobs }, work));
  return tally;
}

class Tally implements FuzzSummary {
  files = 0;
  readonly outcomes = new Map<string, number>();
  readonly faults: FuzzFault[] = [];
  crashes = 0;
  readonly milliseconds: number[] = [];
  peakMemory = 0;

  constructor(private readonly say: (line: string) => void) {}

  add(file: number, { made }: FuzzCase, { outcome, faults, milliseconds }: Verdict): void {
    this.files++;
    this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1);
    this.milliseconds.push(milliseconds);
    if (faults.length > 0) this.fault({ file, made, faults });
    if (this.files % 100 === 0) this.say(`${this.files} files, ${this.faults.length} with faults`);
  }

  fault(fault: FuzzFault): void {
    this.faults.push(fault);
    this.say(`file ${fault.file} (${fault.made.join(', ')}): ${fault.faults.join('; ')}`);
  }
}

class Stretch {
  private server: ServerProcess | null = null;
  private folder = '';
  private target: Target | null = null;

  constructor(
    private readonly options: FuzzOptions,
    private readonly tally: Tally,
  ) {}

  async run(files: readonly number[]): Promise<void> {
    try {
      for (const file of files) await this.one(file);
      await this.end(files.at(-1) ?? 0);
    } finally {
      await this.server?.kill();
      this.forget();
    }
  }

  private async one(file: number): Promise<void> {
    const fuzz = fuzzCase(this.options.seed, file);
    const server = await this.running();
    this.target ??= { url: server.url, folder: this.folder, waiting: new Set(), data: null };
    const verdict = await askWith(this.target, fuzz);
    const faults = [...verdict.faults];
    const { now, peak } = server.memory();
    this.tally.peakMemory = Math.max(this.tally.peakMemory, peak);
    if (now > MOST_MEMORY) faults.push(`the server holds ${Math.round(now / 1e6)} MB`);
    if (server.ended) {
      this.tally.crashes++;
      faults.push(`the server ended: ${JSON.stringify(server.ended)}`);
    }
    if (faults.length > 0) this.keep(file, fuzz, { ...verdict, faults }, server.log);
    this.tally.add(file, fuzz, { ...verdict, faults });
    // What did not answer is in no state to judge the next file by.
    if (server.ended || verdict.faults.some((fault) => fault.startsWith('no answer'))) {
      await server.kill();
      this.forget();
    }
  }

  private async running(): Promise<ServerProcess> {
    if (this.server) return this.server;
    this.folder = mkdtempSync(join(tmpdir(), 'dramascope-fuzz-'));
    this.server = await ServerProcess.start(this.folder, this.options.entry, LIMITS);
    return this.server;
  }

  /** After all of them it still stops as it should, and leaves no spilled file. */
  private async end(last: number): Promise<void> {
    if (!this.server) return;
    const { code, signal } = await this.server.stop();
    const left = readdirSync(join(this.folder, 'spill'));
    const faults = [
      ...(code === 0 ? [] : [`the server stopped with ${code ?? signal}`]),
      ...(left.length === 0 ? [] : [`spilled files are left: ${left.join(', ')}`]),
    ];
    if (faults.length > 0) this.tally.fault({ file: last, made: ['end of a stretch'], faults });
  }

  private forget(): void {
    if (this.folder) rmSync(this.folder, { recursive: true, force: true });
    this.server = null;
    this.target = null;
  }

  private keep(file: number, fuzz: FuzzCase, verdict: Verdict, log: string): void {
    if (!this.options.keep) return;
    const folder = join(this.options.keep, `fuzz-${this.options.seed}-${file}`);
    mkdirSync(folder, { recursive: true });
    const { bytes, ...said } = fuzz;
    writeFileSync(join(folder, 'file'), bytes);
    writeFileSync(join(folder, 'case.json'), JSON.stringify({ ...said, verdict }, null, 2));
    writeFileSync(join(folder, 'server.log'), log);
  }
}
