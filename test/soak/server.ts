/** The real server as a process of its own, to be asked, stopped and killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import { z } from 'zod';

const announcement = z.object({ url: z.string(), pid: z.number() });

/** How the server is started: built, or from its sources. */
export type Entry = 'dist' | 'sources';
/** Arguments of `node` that run the server, or the command line. */
export async function programOf(entry: Entry, program: 'server' | 'import'): Promise<readonly string[]> {
  if (entry === 'dist') return ['--enable-source-maps', `dist/server/${program}.mjs`];
  bundled ??= bundle();
  return [join(await bundled, `${program}.mjs`)];
}

let bundled: Promise<string> | null = null;

/** Bundled once: reading the sources anew at every start would take longer than what is tested. */
async function bundle(): Promise<string> {
  const outdir = join('.build', `soak-${process.pid}`);
  await build({
    entryPoints: {
      server: 'server/main.ts',
      'file-worker': 'server/http/formats/file-worker.ts',
      'render-thread': 'server/render/render-thread.ts',
      'large-file-worker': 'server/ingest/read/large-file-worker.ts',
      import: 'scripts/import.ts',
      generate: 'scripts/generate.ts',
    },
    outdir,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    outExtension: { '.js': '.mjs' },
    packages: 'external',
    logLevel: 'warning',
  });
  process.once('exit', () => rmSync(outdir, { recursive: true, force: true }));
  return outdir;
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

const KEPT_LOG = 20_000;

/** What is seen of the process. */
interface Seen {
  log: string;
  ended: Ended | null;
}

export class ServerProcess {
  private constructor(
    private readonly child: ChildProcess,
    private readonly seen: Seen,
    /** Fulfils as it ends, however. */
    readonly exit: Promise<Ended>,
    readonly url: string,
    /** Milliseconds from the start to the first answer of `/readyz`. */
    readonly startedIn: number,
  ) {}

  /** @throws Error with the end of its log where it stops, or is not ready within two minutes */
  static async start(folder: string, entry: Entry, environment: Record<string, string> = {}): Promise<ServerProcess> {
    const program = await programOf(entry, 'server');
    const from = performance.now();
    // What a killed server announced is another one's address.
    rmSync(join(folder, 'server.json'), { force: true });
    const child = spawn(process.execPath, [...program], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        ...process.env,
        UV_THREADPOOL_SIZE: '16',
        ...{ HOST: '127.0.0.1', DRAMASCOPE_TOKEN: undefined, DRAMASCOPE_HOSTS: undefined },
        PORT: '0',
        DRAMASCOPE_DATA: folder,
        DRAMASCOPE_DEMO: 'off',
        DRAMASCOPE_WEB: 'off',
        ...environment,
      },
    });
    const orphan = () => child.kill('SIGKILL');
    process.once('exit', orphan);
    child.once('exit', () => process.off('exit', orphan));
    const seen: Seen = { log: '', ended: null };
    child.stderr?.on('data', (chunk: Buffer) => {
      seen.log = (seen.log + chunk.toString()).slice(-KEPT_LOG);
    });
    const exit = new Promise<Ended>((resolve) => {
      child.once('exit', (code, signal) => {
        seen.ended = { code, signal };
        resolve(seen.ended);
      });
    });
    try {
      const url = await ready(folder, seen);
      return new ServerProcess(child, seen, exit, url, performance.now() - from);
    } catch (error) {
      child.kill('SIGKILL');
      throw error;
    }
  }

  /** The end of what it wrote to its log. */
  get log(): string {
    return this.seen.log;
  }

  /** Null while it runs. */
  get ended(): Ended | null {
    return this.seen.ended;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.exit;
  }

  /** Asks it to stop, as Ctrl+C does. */
  askToStop(): void {
    this.child.kill('SIGTERM');
  }

  async stop(): Promise<Ended> {
    this.askToStop();
    return this.exit;
  }

  /** Bytes of memory it holds now, and held at most; 0 where the system does not tell. */
  memory(): { now: number; peak: number } {
    const status = existsSync(`/proc/${this.pid}/status`) ? readFileSync(`/proc/${this.pid}/status`, 'utf8') : '';
    const of = (name: string) => 1024 * Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
    return { now: of('VmRSS'), peak: of('VmHWM') };
  }
}

async function ready(folder: string, state: Seen): Promise<string> {
  const file = join(folder, 'server.json');
  for (let waited = 0; waited < 120_000; waited += 20) {
    if (state.ended) throw new Error(`the server stopped: ${JSON.stringify(state.ended)}\n${state.log}`);
    const announced = existsSync(file) ? parsed(readFileSync(file, 'utf8')) : null;
    if (announced && (await fetch(`${announced}/readyz`).catch(() => null))?.ok) return announced;
    await sleep(20);
  }
  throw new Error(`the server was not ready within two minutes\n${state.log}`);
}

/** Null for a file that is only half written. */
function parsed(text: string): string | null {
  try {
    return announcement.parse(JSON.parse(text)).url;
  } catch {
    return null;
  }
}
