import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../../server/config.ts';
import { type Dataset, openDataset } from '../../../server/dataset.ts';
import { createAliases } from '../../../server/ledger/names/merging.ts';
import { loadVocabulary } from '../../../server/vocabulary/vocabulary.ts';

let place: string;
let opened: Dataset[] = [];
beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'dramascope-lost-'));
});
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
  await rm(place, { recursive: true, force: true });
});

const folder = (name: string) => join(place, name);
const wal = (name: string) => join(folder(name), 'dramascope.duckdb.wal');

async function open(name: string): Promise<Dataset> {
  const dataset = await openDataset(readConfig({ DRAMASCOPE_DATA: folder(name), DRAMASCOPE_THREADS: '1' }));
  opened.push(dataset);
  return dataset;
}

async function close(dataset: Dataset): Promise<void> {
  opened = opened.filter((one) => one !== dataset);
  await dataset.close();
}

async function importFile({ imports }: Dataset, name: string, title: string) {
  const path = join(place, name);
  await writeFile(path, `date,title,producer,views\n2025-10-01,${title},P,1\n2025-10-02,${title}2,Q,2\n`);
  return imports.importFile(path, { options: { views_are: 'increment' } });
}

/** What a kill at this moment would leave. */
async function killed(from: string, name: string): Promise<void> {
  await cp(folder(from), folder(name), { recursive: true });
}

const statusesOf = async ({ imports }: Dataset) =>
  (await imports.list()).map(({ filename, status, error }) => `${filename} ${status} ${error?.code ?? ''}`.trim());
const said = ({ findings }: Dataset) => findings.map(({ en }) => en).join('\n');

/** A folder with one import in the database file and one that only the log of changes has. */
async function twoImports(): Promise<Dataset> {
  const first = await open('live');
  await importFile(first, 'first.csv', 'A');
  await close(first);
  const second = await open('live');
  expect(second.findings).toEqual([]);
  await importFile(second, 'second.csv', 'B');
  return second;
}

describe('an acknowledged import that the database no longer has', () => {
  it.each([
    ['missing', (name: string) => rm(wal(name))],
    ['cut', async (name: string) => truncate(wal(name), Math.floor((await stat(wal(name))).size * 0.9))],
    ['another file', (name: string) => writeFile(wal(name), 'hello')],
  ])(
    'is told with name and rows if the log of changes is %s, is listed as failed, and can be imported again',
    async (_how, spoil) => {
      await twoImports();
      await killed('live', 'after');
      await spoil('after');
      const found = await open('after');
      expect(said(found)).toContain('second.csv: 2 rows');
      expect(said(found)).not.toContain('first.csv');
      expect(await statusesOf(found)).toEqual(['second.csv failed lost', 'first.csv committed']);
      const version = Number(found.warehouse.state().version);
      // A version that named the lost data names no other.
      expect(version).toBeGreaterThan(2);
      await close(found);

      const later = await open('after');
      expect(later.findings).toEqual([]);
      expect(await statusesOf(later)).toEqual(['second.csv failed lost', 'first.csv committed']);
      await importFile(later, 'second.csv', 'B');
      expect(later.warehouse.state().rows).toBe(4);
      await close(later);
      expect((await open('after')).findings).toEqual([]);
    },
  );

  it('is told if its server was killed and the log of changes removed', async () => {
    const path = join(place, 'first.csv');
    await writeFile(path, 'date,title,views\n2025-10-01,A,1\n');
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', 'test/api/faults/dataset-child.ts', folder('child'), path],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    await killed('child', 'tampered');
    await rm(wal('tampered'));
    const whole = await open('child');
    expect([whole.findings, await statusesOf(whole)]).toEqual([[], ['first.csv committed']]);
    const found = await open('tampered');
    expect(said(found)).toMatch(/first\.csv: 1 rows?/u);
    expect(await statusesOf(found)).toEqual(['first.csv failed lost']);
  });

  it('is told if the whole database is missing', async () => {
    const live = await twoImports();
    await close(live);
    await rm(join(folder('live'), 'dramascope.duckdb'));
    const found = await open('live');
    expect(said(found)).toMatch(/dramascope\.duckdb was not there/);
    expect(await statusesOf(found)).toEqual(['second.csv failed lost', 'first.csv failed lost']);
  });
});

describe('other changes that the database no longer has', () => {
  it('are told: a merge, its undo and the undo of an import', async () => {
    const live = await open('live');
    const { import_id } = await importFile(live, 'first.csv', 'A');
    await close(live);
    const again = await open('live');
    const names = createAliases({ warehouse: again.warehouse, vocabulary: loadVocabulary() });
    await names.merge({ dimension: 'producer', from: ['P'], into: 'Q' });
    await killed('live', 'merged');
    await again.imports.remove(import_id);
    await killed('live', 'undone');
    for (const name of ['merged', 'undone']) await rm(wal(name));
    const merged = await open('merged');
    expect(said(merged)).toContain('The merge of “P” → “Q” is lost');
    const undone = await open('undone');
    expect(said(undone)).toContain('The undo of “first.csv” is lost');
    expect((await undone.imports.get(import_id)).warnings.map(({ code }) => code)).toContain('undo_lost');
    for (const one of [merged, undone]) await close(one);
    for (const name of ['merged', 'undone']) expect((await open(name)).findings).toEqual([]);
  });
});

describe('nothing is said', () => {
  it('of a database that is ahead, as a crash between commit and state leaves it', async () => {
    const live = await open('live');
    await importFile(live, 'first.csv', 'A');
    await killed('live', 'before');
    await importFile(live, 'second.csv', 'B');
    await killed('live', 'after');
    for (const name of ['state.sqlite', 'state.sqlite-wal', 'state.sqlite-shm']) {
      await rm(join(folder('after'), name), { force: true });
      await cp(join(folder('before'), name), join(folder('after'), name)).catch(() => undefined);
    }
    const found = await open('after');
    expect(found.findings).toEqual([]);
    expect(await statusesOf(found)).toEqual(['second.csv committed', 'first.csv committed']);
    await close(found);
    // From here on it is remembered.
    await rm(join(folder('after'), 'dramascope.duckdb'));
    expect(said(await open('after'))).toContain('second.csv');
  });

  it('of a new folder, but that the state is missing is', async () => {
    const live = await open('live');
    expect(live.findings).toEqual([]);
    await importFile(live, 'first.csv', 'A');
    await close(live);
    await rm(join(folder('live'), 'state.sqlite'));
    const found = await open('live');
    expect(said(found)).toMatch(/state\.sqlite was not there/);
    expect(await statusesOf(found)).toEqual(['first.csv committed']);
    await close(found);
    expect((await open('live')).findings).toEqual([]);
  });
});
