/** Where a kill is aimed at: each does something that takes a while, and tells how far it has come. */
import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Dice } from '../dice.ts';
import { type Entry, programOf, type ServerProcess } from '../server.ts';
import type { Client } from './client.ts';
import { FIRST_FILES, MERGED_FROM, numberOf, SERIES, type SoakFile, titleOf } from './files.ts';
import type { World } from './world.ts';

export interface Scene {
  readonly world: World;
  readonly client: Client;
  readonly server: ServerProcess;
  readonly dice: Dice;
  readonly entry: Entry;
  /** Tells how far the work has come: what the kill hits. */
  readonly at: (where: string) => void;
  /** Kills after so many milliseconds; without, at a random moment of what such work takes. */
  readonly kill: (after?: number) => void;
}

export type Aim = (scene: Scene) => Promise<void>;
const PHASES = ['reading', 'keys', 'writing', 'settling', 'rollups', 'committing'];

/** Imports a file to its end, writing down each promise as it is made. */
export async function importWhole(
  { world, client, at }: Scene,
  file: SoakFile,
  onPhase: (phase: string) => void = () => {},
): Promise<void> {
  at('upload');
  const upload = await client.upload(file);
  const { import_id: id } = await client.start(file, upload);
  world.promises.imports.set(id, 'accepted');
  at('accepted');
  const record = await client.follow(id, (phase) => {
    at(phase);
    onPhase(phase);
  });
  if (record.status === 'committed') world.promises.imports.set(id, 'committed');
  at('committed');
}

export async function undoOne(scene: Scene): Promise<void> {
  const { world, client, dice, at } = scene;
  const undoable = (await client.list()).filter(
    (r) => r.status === 'committed' && numberOf(r.filename) >= FIRST_FILES.length,
  );
  if (undoable.length === 0) return importWhole(scene, world.newFile());
  const { import_id: id } = dice.pick(undoable);
  world.undoing = id;
  at('undo');
  await client.remove(id);
  world.promises.imports.set(id, 'undone');
  at('undone');
}

export async function mergeOrPart(scene: Scene): Promise<void> {
  const { world, client, dice, at } = scene;
  const held = await client.aliases();
  if (held.length > 0 && dice.chance(0.4)) {
    const { id } = dice.pick(held);
    world.unmerging = id;
    at('unmerge');
    await client.unmerge(id);
    world.promises.merged.delete(id);
    world.promises.unmerged.add(id);
    return;
  }
  const from = titleOf(MERGED_FROM + dice.int(SERIES - MERGED_FROM));
  if (held.some((alias) => alias.from === from)) return importWhole(scene, world.newFile());
  at('merge');
  world.promises.merged.add(await client.merge(from, titleOf(dice.int(MERGED_FROM))));
}

const hugeEnough = (file: SoakFile) => file.kind === 'daily' || file.kind === 'counter';
const forInbox = (file: SoakFile) => file.kind === 'daily' && file.mode === 'upsert' && !file.name.endsWith('.zst');

export const AIMS: Readonly<Record<string, Aim>> = {
  import: async (scene) => {
    scene.kill();
    await importWhole(scene, scene.world.newFile());
  },
  phase: async (scene) => {
    const aimed = scene.dice.pick(PHASES);
    await importWhole(scene, scene.world.newFile(hugeEnough), (phase) => {
      if (phase === aimed) scene.kill(scene.dice.int(60));
    });
    scene.kill(0);
  },
  queue: async (scene) => {
    scene.kill(scene.dice.int(3000));
    const files = [0, 1, 2].map(() => scene.world.newFile());
    await Promise.all(files.map((file) => importWhole(scene, file)));
  },
  /** The server is asked to stop while imports wait: what it had accepted goes on at the next start. */
  stop: async (scene) => {
    const { world, client, server, at, dice } = scene;
    for (const file of [0, 1, 2].map(() => world.newFile())) {
      const { import_id: id } = await client.start(file, await client.upload(file));
      world.promises.imports.set(id, 'accepted');
    }
    at('stop with imports in line');
    await sleep(dice.int(300));
    server.askToStop();
    await server.exit;
  },
  upload: async (scene) => {
    const file = scene.world.newFile(hugeEnough);
    scene.kill(scene.dice.int(300));
    scene.at('upload');
    await scene.client.uploadSlowly(file, 10);
    scene.at('uploaded');
    await sleep(400);
  },
  dry_run: async (scene) => {
    const file = scene.world.newFile();
    const upload = await scene.client.upload(file);
    scene.kill();
    scene.at('dry run');
    await scene.client.dryRun(file, upload);
  },
  undo: async (scene) => {
    scene.kill();
    await undoOne(scene);
  },
  merge: async (scene) => {
    scene.kill();
    await mergeOrPart(scene);
  },
  inbox: async (scene) => {
    const { world, at, kill, dice } = scene;
    const files = [world.newFile(forInbox), world.newFile(forInbox)];
    for (const file of files) world.putIntoInbox(file);
    at('inbox');
    const folder = dice.pick(['processing', 'done'] as const);
    for (let waited = 0; waited < 20_000 && world.inFolder(folder).length === 0; waited += 5) await sleep(5);
    at(`inbox ${folder}`);
    kill(dice.pick([0, dice.int(30), dice.int(1500)]));
    await sleep(2000);
  },
  /** The server closes with a checkpoint. */
  checkpoint: async (scene) => {
    await importWhole(scene, scene.world.newFile(hugeEnough));
    scene.at('stop');
    scene.server.askToStop();
    scene.kill(scene.dice.int(250));
    await scene.server.exit;
  },
  command_line: async (scene) => {
    const { world, server, dice, at, entry } = scene;
    const file = world.newFile();
    const path = world.write(file);
    await server.stop();
    at('command line');
    const child = await spawnImport(world.folder, path, file, entry);
    const ended = new Promise<NodeJS.Signals | null>((resolve) =>
      child.once('exit', (_code, signal) => resolve(signal)),
    );
    setTimeout(() => child.kill('SIGKILL'), 300 + dice.int(5000));
    at((await ended) === 'SIGKILL' ? 'command line, itself killed' : 'command line');
  },
};

async function spawnImport(folder: string, path: string, file: SoakFile, entry: Entry): Promise<ChildProcess> {
  const kind = file.kind === 'rates' ? 'rates' : file.kind === 'catalogue' ? 'catalog' : 'log';
  const flags = Object.entries(file.options).flatMap(([name, value]) => [`--${name.replaceAll('_', '-')}`, value]);
  const program = await programOf(entry, 'import');
  return spawn(process.execPath, [...program, path, '--kind', kind, ...flags], {
    stdio: 'ignore',
    env: { ...process.env, DRAMASCOPE_DATA: folder, UV_THREADPOOL_SIZE: '16' },
  });
}
