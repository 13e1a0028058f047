/** Kill −9: one data folder, killed at a random point round after round, and looked through after every restart. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diceOf } from '../dice.ts';
import { type Entry, ServerProcess } from '../server.ts';
import { AIMS, importWhole, mergeOrPart, type Scene, undoOne } from './aims.ts';
import { Client, Refused } from './client.ts';
import { FIRST_FILES } from './files.ts';
import { World } from './world.ts';

export interface KillOptions {
  readonly seed: number;
  readonly rounds: number;
  readonly entry: Entry;
  /** 1 for days enough that an import takes a second; less for quicker ones. */
  readonly scale: number;
  /** What the rounds aim at, in turn; left out, by chance. */
  readonly aims?: readonly string[];
  readonly say: (line: string) => void;
}

export interface KillSummary {
  readonly rounds: number;
  /** Aim, and what the kill met → how often. */
  readonly hits: ReadonlyMap<string, number>;
  /** Status of the imports at the end → how many. */
  readonly imports: ReadonlyMap<string, number>;
  readonly rows: number;
  /** Milliseconds from the start of the process to its first answer. */
  readonly restarts: readonly number[];
  readonly faults: readonly { readonly round: number; readonly hit: string; readonly fault: string }[];
}

export async function runKills(options: KillOptions): Promise<KillSummary> {
  const folder = mkdtempSync(join(tmpdir(), 'dramascope-soak-'));
  const run = new KillRun(options, folder);
  try {
    return await run.all();
  } finally {
    await run.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

class KillRun {
  private readonly world: World;
  private server: ServerProcess | null = null;
  private readonly hits = new Map<string, number>();
  private readonly restarts: number[] = [];
  private readonly faults: { round: number; hit: string; fault: string }[] = [];
  /** How long such work took when nothing cut it off. */
  private usual = 800;

  constructor(
    private readonly options: KillOptions,
    private readonly folder: string,
  ) {
    this.world = new World(folder, options.seed, options.scale);
  }

  async all(): Promise<KillSummary> {
    const server = await this.start();
    const scene = this.scene(server, 'setup', () => {});
    for (let n = 0; n < FIRST_FILES.length; n++) await importWhole(scene, this.world.newFile());
    await this.look(0, 'the first imports', new Client(server.url));
    for (let round = 1; round <= this.options.rounds; round++) await this.round(round);
    return this.summary();
  }

  async end(): Promise<void> {
    await this.server?.kill();
  }

  private async start(): Promise<ServerProcess> {
    const { entry } = this.options;
    this.server = await ServerProcess.start(this.folder, entry, {
      DRAMASCOPE_INBOX: this.world.inbox,
      DRAMASCOPE_MEMORY: '512MB',
    });
    return this.server;
  }

  private scene(server: ServerProcess, name: string, kill: Scene['kill'], at: Scene['at'] = () => {}): Scene {
    const { seed, entry } = this.options;
    return {
      world: this.world,
      client: new Client(server.url),
      server,
      dice: diceOf('round', seed, name),
      entry,
      at,
      kill,
    };
  }

  private async round(round: number): Promise<void> {
    const server = this.server ?? (await this.start());
    this.world.undoing = null;
    this.world.unmerging = null;
    const choice = diceOf('aim', this.options.seed, round);
    const aim =
      this.options.aims?.[(round - 1) % this.options.aims.length] ?? choice.pick(['phase', ...Object.keys(AIMS)]);
    let where = 'nothing yet';
    let hit = '';
    let killing: NodeJS.Timeout | undefined;
    const kill = (after = this.usual * 1.3 * choice.next()) => {
      killing ??= setTimeout(() => {
        hit = where;
        void server.kill();
      }, after);
    };
    const scene = this.scene(server, String(round), kill, (now) => {
      where = now;
    });
    await this.inPeace(scene);
    await this.aimed(aim, scene, round);
    clearTimeout(killing);
    if (!server.ended) await server.kill();
    const met = `${aim}: ${hit || `${where}, before the kill`}`;
    this.hits.set(met, (this.hits.get(met) ?? 0) + 1);
    const again = await this.start();
    this.restarts.push(again.startedIn);
    await this.look(round, met, new Client(again.url));
    this.options.say(
      `round ${round}: ${met}; up again in ${again.startedIn.toFixed(0)} ms; ${this.faults.length} faults so far`,
    );
  }

  /** Something that is done before the kill, and must outlive it. */
  private async inPeace(scene: Scene): Promise<void> {
    const work = scene.dice.pick([importWhole, importWhole, undoOne, mergeOrPart, null]);
    const from = performance.now();
    if (work === importWhole) {
      await importWhole(scene, this.world.newFile());
      this.usual = 0.7 * this.usual + 0.3 * (performance.now() - from);
    } else if (work) await work(scene, this.world.newFile());
    this.world.undoing = null;
    this.world.unmerging = null;
  }

  private async aimed(name: string, scene: Scene, round: number): Promise<void> {
    try {
      await AIMS[name]?.(scene);
    } catch (error) {
      // A connection that the kill cut off is as it should be; an answer that refuses is not.
      if (error instanceof Refused) this.faults.push({ round, hit: name, fault: error.message });
      else if (!scene.server.ended) await scene.server.exit;
    }
  }

  private async look(round: number, hit: string, client: Client): Promise<void> {
    try {
      await this.world.settle(client);
      for (const fault of await this.world.faults(client)) this.tell(round, hit, fault);
    } catch (error) {
      this.tell(round, hit, String(error));
    }
  }

  private tell(round: number, hit: string, fault: string): void {
    this.faults.push({ round, hit, fault });
    this.options.say(`round ${round} (${hit}): ${fault}`);
  }

  private async summary(): Promise<KillSummary> {
    const client = new Client(this.server?.url ?? '');
    const imports = new Map<string, number>();
    for (const { status } of await client.list()) imports.set(status, (imports.get(status) ?? 0) + 1);
    const { rows } = await client.storage();
    const { rounds } = this.options;
    return { rounds, hits: this.hits, imports, rows: rows.view_log ?? 0, restarts: this.restarts, faults: this.faults };
  }
}
