import { cp, mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ImportRecord, ImportRequest } from '../../../../server/contract/imports.ts';
import { createImports, type Imports } from '../../../../server/ingest/queue/imports.ts';
import { openState, type State } from '../../../../server/state/state.ts';
import { loadVocabulary } from '../../../../server/vocabulary/vocabulary.ts';
import { openDuckDB } from '../../../../server/warehouse/duckdb/warehouse.ts';
import type { Warehouse } from '../../../../server/warehouse/warehouse.ts';
import { refusal } from '../desk.ts';

/** One process on a data folder. */
interface Process {
  readonly folder: string;
  readonly warehouse: Warehouse;
  readonly state: State;
  readonly imports: Imports;
}

let processes: Process[];
let folders: string[];
let letGo: (() => void)[];
beforeEach(() => {
  processes = [];
  folders = [];
  letGo = [];
});
afterEach(async () => {
  for (const go of letGo) go();
  for (const { imports, state, warehouse } of processes) {
    await imports.close();
    state.close();
    await warehouse.close();
  }
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dramascope-resume-'));
  folders.push(folder);
  return folder;
}

async function start(folder: string, resume = true): Promise<Process> {
  // The name of a database is its identity within one real process.
  const warehouse = await openDuckDB({ path: join(folder, `${processes.length}.duckdb`), threads: 1 });
  const state = await openState(join(folder, 'state.sqlite'));
  const uploads = { uploads: join(folder, 'uploads') };
  const imports = await createImports({ warehouse, state, folders: uploads, vocabulary: loadVocabulary(), resume });
  const process = { folder, warehouse, state, imports };
  processes.push(process);
  return process;
}

/** Keeps the writer busy: the first import runs without an end, the others wait behind it. */
async function busy(folder: string): Promise<Process> {
  const process = await start(folder);
  const held = new Promise<void>((resolve) => letGo.push(resolve));
  void process.warehouse.write(() => held, { quiet: true });
  return process;
}

/** What another process finds after a kill: uploads and state as they lie on the disk now. */
async function killed({ folder, state }: Process): Promise<string> {
  const after = await newFolder();
  await cp(join(folder, 'uploads'), join(after, 'uploads'), { recursive: true });
  const left = await state.journal.list();
  const copy = await openState(join(after, 'state.sqlite'));
  for (const entry of left) await copy.journal.put(JSON.parse(entry).record.import_id, entry);
  copy.close();
  return after;
}

/** Stops as Ctrl+C does. */
async function stopped({ imports }: Process): Promise<void> {
  const closing = imports.close();
  for (const go of letGo) go();
  await closing;
}

type Chosen = Omit<ImportRequest, 'upload_id'>;
const file = (n: number) => `date,title,views\n2025-10-0${n},A,${n}\n`;

async function accepted({ imports }: Process, name: string, body: string | Buffer, chosen: Chosen = {}, said = {}) {
  const { upload_id } = await imports.upload(Readable.from([Buffer.from(body)]), name, { options: said });
  // What the views are, a file of one day leaves open.
  return imports.start({ upload_id, ...chosen, options: { views_are: 'increment', ...chosen.options } });
}

/** The history, once nothing is left to do. */
async function ended({ imports, state }: Process): Promise<readonly ImportRecord[]> {
  for (;;) {
    if ((await state.journal.list()).length === 0) return imports.list();
    await new Promise((wake) => setTimeout(wake, 10));
  }
}

async function views({ warehouse }: Process): Promise<string[]> {
  const rows = await warehouse.read((session) =>
    session.all({
      text: `SELECT k.series_id || ' ' || v.day || ' ' || v.views AS line FROM view_log v JOIN series_key k USING (series_key) ORDER BY line`,
      values: [],
    }),
  );
  return rows.map((row) => String(row.line));
}

const told = ({ filename, status, error }: ImportRecord) => [filename, status, error?.code ?? null];
const begunOf = async ({ state }: Process) => (await state.journal.list()).map((entry) => JSON.parse(entry).held.begun);

describe('imports of uploads that a kill finds in line', () => {
  it('go on after the restart, the one that ran once more, in their order and under their ids', async () => {
    const first = await busy(await newFolder());
    const ids: string[] = [];
    for (const n of [1, 2, 3]) ids.push((await accepted(first, `views_${n}.csv`, file(n))).import_id);
    const again = await start(await killed(first));
    expect((await again.imports.list()).map(({ import_id }) => import_id)).toEqual([...ids].reverse());
    const records = await ended(again);
    expect(records.map(told)).toEqual([3, 2, 1].map((n) => [`views_${n}.csv`, 'committed', null]));
    expect(records.map(({ import_id }) => import_id)).toEqual([...ids].reverse());
    expect(await views(again)).toEqual([1, 2, 3].map((n) => `A 2025-10-0${n} ${n}`));
    expect(await again.state.journal.list()).toEqual([]);
    expect(await readdir(join(again.folder, 'uploads'))).toEqual([]);
  });

  it('are read and mapped as they were accepted, and save their profile', async () => {
    const first = await busy(await newFolder());
    await accepted(first, 'views_1.csv', file(1));
    // 日期;剧名;甲;乙 in GB18030, whose views nobody would guess, taken for counters of their own source.
    // Its first line is as wide as the others.
    const cells = Buffer.from(
      '613b623b633b640ac8d5c6da3bbee7c3fb3bbcd73bd2d20a323032352d31302d30313bd0c7383b353b370a323032352d31302d30323bd0c7383b363b390a',
      'hex',
    );
    const options = { views_are: 'cumulative', mode: 'append', source: 'mine' } as const;
    const mapping = { time: '日期', title: '剧名', views: '乙' };
    const before = await accepted(
      first,
      'counters.csv',
      cells,
      { mapping, options, save_profile: 'counters' },
      { encoding: 'gb18030', delimiter: ';', header_row: 2 },
    );
    const again = await start(await killed(first));
    await ended(again);
    const record = await again.imports.get(before.import_id);
    expect(record).toMatchObject({ status: 'committed', source: 'mine', mapping, options: before.options });
    expect(await views(again)).toEqual(['A 2025-10-01 1', '星8 2025-10-01 7', '星8 2025-10-02 2']);
    const [row] = await again.warehouse.read((session) =>
      session.all({ text: "SELECT mode, views_are FROM import WHERE filename = 'counters.csv'", values: [] }),
    );
    expect(row).toEqual({ mode: 'append', views_are: 'cumulative' });
    expect(await again.state.profiles.find('counters')).toMatchObject({
      mapping,
      header: ['日期', '剧名', '甲', '乙'],
    });
  });

  it('have the layout that was said, or that none was', async () => {
    const first = await busy(await newFolder());
    await accepted(first, 'views_1.csv', file(1));
    const wide = Buffer.from('title,2025-10-02,2025-10-03\nW,5,6\n');
    await accepted(first, 'views_2.csv', wide, { options: { across: 'time', views_are: 'increment' } });
    const list = 'title,genre,2025-10-02,2025-10-03\nV,都市,5,6\n';
    await accepted(first, 'list.csv', list, { kind: 'catalog', options: { across: 'none' } });
    const again = await start(await killed(first));
    expect((await ended(again)).map(told).sort()).toEqual([
      ['list.csv', 'committed', null],
      ['views_1.csv', 'committed', null],
      ['views_2.csv', 'committed', null],
    ]);
    expect(await views(again)).toEqual(['A 2025-10-01 1', 'W 2025-10-02 5', 'W 2025-10-03 6']);
  });

  it('are given up once two kills found them running; those behind go on', async () => {
    const first = await busy(await newFolder());
    for (const n of [1, 2]) await accepted(first, `views_${n}.csv`, file(n));
    expect(await begunOf(first)).toEqual([1, 0]);
    const second = await busy(await killed(first));
    while ((await begunOf(second))[0] !== 2) await new Promise((wake) => setTimeout(wake, 5));
    const third = await start(await killed(second));
    expect((await ended(third)).map(told).sort()).toEqual([
      ['views_1.csv', 'failed', 'interrupted'],
      ['views_2.csv', 'committed', null],
    ]);
    expect(await views(third)).toEqual(['A 2025-10-02 2']);
    expect(await readdir(join(third.folder, 'uploads'))).toEqual([]);
  });

  it('do not come back where they were cancelled before, or committed in the moment before', async () => {
    const first = await busy(await newFolder());
    await accepted(first, 'views_1.csv', file(1));
    const unwanted = await accepted(first, 'views_2.csv', file(2));
    await first.imports.remove(unwanted.import_id);
    const again = await start(await killed(first));
    const [committed] = (await ended(again)).filter(({ status }) => status === 'committed');
    expect(await views(again)).toEqual(['A 2025-10-01 1']);
    // The entry stands in the journal although its import is in the history.
    const [left = ''] = await first.state.journal.list();
    await again.state.journal.put(committed?.import_id ?? '', left);
    await again.imports.close();
    const { warehouse, state, folder } = again;
    const imports = await createImports({
      warehouse,
      state,
      folders: { uploads: join(folder, 'uploads') },
      vocabulary: loadVocabulary(),
      resume: true,
    });
    expect((await imports.list()).map(told)).toContainEqual(['views_1.csv', 'committed', null]);
    expect(await state.journal.list()).toEqual([]);
    expect(await views(again)).toEqual(['A 2025-10-01 1']);
  });

  it('are told as interrupted where their file is gone or cut short', async () => {
    const first = await busy(await newFolder());
    for (const n of [1, 2, 3]) await accepted(first, `views_${n}.csv`, file(n));
    const folder = await killed(first);
    const ids = (await first.state.journal.list()).map((entry) => JSON.parse(entry).held.upload.id);
    await rm(join(folder, 'uploads', ids[1]));
    await truncate(join(folder, 'uploads', ids[2]), 20);
    const again = await start(folder);
    expect((await ended(again)).map(told).sort()).toEqual([
      ['views_1.csv', 'committed', null],
      ['views_2.csv', 'failed', 'interrupted'],
      ['views_3.csv', 'failed', 'interrupted'],
    ]);
    expect(await readdir(join(folder, 'uploads'))).toEqual([]);
  });

  it('wait on while a command has the folder, and a file of this machine is told as interrupted', async () => {
    const first = await busy(await newFolder());
    await accepted(first, 'views_1.csv', file(1));
    const [left = ''] = await first.state.journal.list();
    const { held: _held, ...local } = JSON.parse(left);
    const folder = await killed(first);
    const copy = await openState(join(folder, 'state.sqlite'));
    const record = { ...local.record, import_id: 'local', filename: 'local.csv' };
    await copy.journal.put('local', JSON.stringify({ ...local, record }));
    copy.close();
    const command = await start(folder, false);
    expect((await command.imports.list()).map(told)).toEqual([['local.csv', 'failed', 'interrupted']]);
    await command.imports.close();
    const again = await start(folder);
    expect((await ended(again)).map(told)).toEqual([['views_1.csv', 'committed', null]]);
  });
});

describe('a server that is asked to stop', () => {
  it('leaves its imports of uploads to the next start, and does not hold it against them', async () => {
    const folder = await newFolder();
    for (let stops = 0; stops < 3; stops++) {
      const process = await busy(folder);
      if (stops === 0) for (const n of [1, 2]) await accepted(process, `views_${n}.csv`, file(n));
      await stopped(process);
      expect(await begunOf(process)).toEqual([0, 0]);
    }
    const last = await start(folder);
    expect((await ended(last)).map(told)).toEqual([
      ['views_2.csv', 'committed', null],
      ['views_1.csv', 'committed', null],
    ]);
    expect(await views(last)).toEqual(['A 2025-10-01 1', 'A 2025-10-02 2']);
  });

  it('tells a file of this machine as interrupted', async () => {
    const process = await busy(await newFolder());
    const path = join(process.folder, 'views_1.csv');
    await writeFile(path, file(1));
    const importing = refusal(process.imports.importFile(path, { options: { views_are: 'increment' } }));
    while ((await process.imports.list()).length === 0) await new Promise((wake) => setTimeout(wake, 5));
    await stopped(process);
    expect((await importing).code).toBe('interrupted');
    expect((await process.imports.list()).map(told)).toEqual([['views_1.csv', 'failed', 'interrupted']]);
  });
});
