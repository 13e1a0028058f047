import { spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { createClient } from '@libsql/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../server/config.ts';
import { openDataset } from '../../server/dataset.ts';
import { refuseInbox } from '../../server/inbox-folder.ts';
import { StartError } from '../../server/start-error.ts';
import { programOf, ServerProcess } from '../soak/server.ts';

let place: string;
let data: string;
beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'dramascope-start-'));
  data = join(place, 'data');
});
afterEach(() => rm(place, { recursive: true, force: true }));

const open = (env: Record<string, string> = {}) =>
  openDataset(readConfig({ DRAMASCOPE_DATA: data, DRAMASCOPE_THREADS: '1', ...env }));
const database = () => join(data, 'dramascope.duckdb');

async function importInto(env: Record<string, string> = {}, name = 'a.csv'): Promise<void> {
  const { imports, close } = await open(env);
  await writeFile(join(place, name), 'date,title,views\n2025-10-01,A,1\n');
  await imports.importFile(join(place, name), { options: { views_are: 'increment' } });
  await close();
}

/** Words of the engine, of SQLite and of Node. */
const RAW =
  /IO Error|Catalog|Binder|FATAL|duckdb\.org|checksum|SQLITE|EACCES|ENOSPC|EFBIG|ENOTDIR|EEXIST|ENAMETOOLONG|transaction|\bat .*\.ts/;

async function refusal(work: () => unknown): Promise<StartError> {
  try {
    await work();
  } catch (error) {
    if (error instanceof StartError) return error;
    throw error;
  }
  throw new Error('it started');
}

function program(env: Record<string, string>, entry: 'server' | 'import', args: string[] = [], kilobytes?: number) {
  return programOf('sources', entry).then(
    (run) =>
      new Promise<{ code: number | null; said: string }>((resolve) => {
        const limit = kilobytes === undefined ? '' : `trap '' XFSZ; ulimit -f ${kilobytes}; `;
        const child = spawn('bash', ['-c', `${limit}exec "$@"`, 'bash', process.execPath, ...run, ...args], {
          env: { ...process.env, LC_ALL: 'C', PORT: '0', DRAMASCOPE_DATA: data, DRAMASCOPE_DEMO: 'off', ...env },
        });
        let said = '';
        const hear = (chunk: Buffer) => {
          said += chunk.toString();
          if (said.includes('Ready:')) child.kill('SIGTERM');
        };
        child.stdout.on('data', hear);
        child.stderr.on('data', hear);
        child.on('close', (code) => resolve({ code, said }));
      }),
  );
}

describe('a data folder that cannot be opened is refused in words that say what to do:', () => {
  const foreignTables = async () => {
    const instance = await DuckDBInstance.create(database());
    const connection = await instance.connect();
    await connection.run('CREATE TABLE schema_version (v VARCHAR); CREATE TABLE import (i INTEGER)');
    connection.closeSync();
    instance.closeSync();
  };
  const newerTables = async () => {
    await importInto();
    const instance = await DuckDBInstance.create(database());
    const connection = await instance.connect();
    await connection.run('INSERT INTO schema_version VALUES (999)');
    connection.closeSync();
    instance.closeSync();
  };
  const newerState = async () => {
    await importInto();
    const client = createClient({ url: `file:${join(data, 'state.sqlite')}` });
    await client.execute('PRAGMA user_version = 999');
    client.close();
  };
  const spoiltState = async () => {
    await importInto();
    // Once the last hand has let go of the file: it writes its log into it as it does.
    await expect
      .poll(async () => (await readdir(data)).filter((name) => name.startsWith('state.sqlite-')), { timeout: 5000 })
      .toEqual([])
      .catch(() => undefined);
    for (const name of await readdir(data)) if (name.startsWith('state.sqlite-')) await rm(join(data, name));
    await writeFile(join(data, 'state.sqlite'), 'no'.repeat(9000));
  };
  const spoilt = async () => {
    await importInto();
    const bytes = await readFile(database());
    await writeFile(
      database(),
      Buffer.concat([bytes.subarray(0, 4096), Buffer.alloc(8192, 7), bytes.subarray(12_288)]),
    );
  };
  const spoiltLog = async () => {
    await importInto();
    const { imports, close } = await open();
    await writeFile(join(place, 'b.csv'), 'date,title,views\n2025-10-02,B,1\n');
    await imports.importFile(join(place, 'b.csv'), { options: { views_are: 'increment' } });
    const [kept, log] = await Promise.all([readFile(database()), readFile(`${database()}.wal`)]);
    await close();
    log.fill(7, Math.floor(log.length / 2), Math.floor(log.length / 2) + 50);
    await writeFile(database(), kept);
    await writeFile(`${database()}.wal`, log);
  };

  it.each<[string, StartError['code'], () => Promise<unknown>]>([
    ['a database that is text', 'database_foreign', () => writeFile(database(), 'hello '.repeat(5000))],
    ['a database that is empty', 'database_foreign', () => writeFile(database(), '')],
    ['a database of another program', 'database_foreign', foreignTables],
    ['a database that is a folder', 'folder_unusable', () => mkdir(database())],
    ['a database that is spoilt', 'database_damaged', spoilt],
    ['a database that is cut', 'database_damaged', () => importInto().then(() => truncate(database(), 9000))],
    ['a log of changes that is spoilt', 'database_damaged', spoiltLog],
    ['a database of a newer version', 'database_newer', newerTables],
    ['a state that is text', 'state_damaged', spoiltState],
    ['a state of a newer version', 'state_newer', newerState],
    ['uploads that are a file', 'folder_unusable', () => writeFile(join(data, 'uploads'), '')],
  ])('%s is %s', async (_what, code, make) => {
    await mkdir(data, { recursive: true });
    await make();
    const error = await refusal(open);
    expect([error.code, error.exitCode]).toEqual([code, 1]);
    for (const said of [error.detail.en, error.detail.zh]) {
      expect(said).not.toMatch(RAW);
      expect(said).toContain(data);
    }
    expect(error.detail.zh).toMatch(/请/);
  });

  it('a data folder that is a file, lies in one, or has a name that is too long', async () => {
    await writeFile(data, '');
    for (const folder of [data, join(data, 'deeper'), 'x'.repeat(300)]) {
      const { code, detail } = await refusal(() => open({ DRAMASCOPE_DATA: folder }));
      expect(code).toBe('folder_unusable');
      expect(detail.en).not.toMatch(RAW);
    }
  });

  it('a folder that another process has open: which one, and where its server listens', async () => {
    const server = await ServerProcess.start(data, 'sources');
    try {
      const { code, said } = await program({}, 'server');
      expect(code).toBe(1);
      expect(said).toContain(`process ${server.pid}`);
      expect(said).toContain(server.url);
      expect(said).not.toMatch(RAW);
      await rm(join(data, 'server.json'));
      await writeFile(join(place, 'a.csv'), 'date,title,views\n2025-10-01,A,1\n');
      const offline = await program({ LC_ALL: 'zh_CN.UTF-8' }, 'import', [join(place, 'a.csv')]);
      expect(offline.code).toBe(1);
      expect(offline.said).toContain(`进程 ${server.pid}`);
      expect(offline.said).not.toMatch(RAW);
    } finally {
      await server.stop();
    }
  });

  it.each([4, 300])('a disk on which no file may grow beyond %i kB is said to be full', async (kilobytes) => {
    const { code, said } = await program({}, 'server', [], kilobytes);
    expect([code, said]).toEqual([1, expect.stringContaining('The disk has no room')]);
    expect(said).not.toMatch(RAW);
    expect(said.trim().split('\n')).toHaveLength(1);
  });

  it.runIf(process.getuid?.() !== 0)('a folder without permission', async () => {
    await mkdir(data, { mode: 0o500 });
    expect((await refusal(open)).code).toBe('folder_unusable');
  });
});

describe('the watched folder', () => {
  it('is refused if files of the server would be imported from it', async () => {
    const config = readConfig({ DRAMASCOPE_DATA: data });
    for (const inbox of [data, place, join(data, 'uploads'), join(data, 'spill', 'x')])
      expect((await refusal(() => refuseInbox(inbox, config))).code).toBe('inbox_unusable');
    refuseInbox(join(data, 'inbox'), config);
    refuseInbox(place, readConfig({ DRAMASCOPE_DATA: join(place, '.data') }));
    await writeFile(join(place, 'file'), '');
    expect((await refusal(() => refuseInbox(join(place, 'file'), config))).detail.en).not.toMatch(RAW);
  });
});

describe('the business time zone', () => {
  it('is the one that was said last before the first import, and is fixed by it', async () => {
    const zoneOf = async (env: Record<string, string>) => {
      const { warehouse, findings, close } = await open(env);
      const { timeZone } = warehouse.state();
      await close();
      return [timeZone, findings.map(({ en }) => en.split(',')[0])];
    };
    expect(await zoneOf({})).toEqual(['Asia/Shanghai', []]);
    expect(await zoneOf({ DRAMASCOPE_TIME_ZONE: 'asia/tokyo' })).toEqual(['Asia/Tokyo', []]);
    expect(await zoneOf({ DRAMASCOPE_TIME_ZONE: 'America/New_York' })).toEqual(['America/New_York', []]);
    expect(await zoneOf({})).toEqual(['America/New_York', []]);
    await importInto();
    expect(await zoneOf({})).toEqual(['America/New_York', []]);
    expect(await zoneOf({ DRAMASCOPE_TIME_ZONE: 'US/Eastern' })).toEqual(['America/New_York', []]);
    expect(await zoneOf({ DRAMASCOPE_TIME_ZONE: 'Asia/Shanghai' })).toEqual([
      'America/New_York',
      ['DRAMASCOPE_TIME_ZONE is Asia/Shanghai'],
    ]);
  });

  it('that an earlier version took though nobody knows it is replaced', async () => {
    const { warehouse, close } = await open();
    await warehouse.write((s) =>
      s.run({ text: `UPDATE dataset SET value = 'UTC+8' WHERE name = 'time_zone'`, values: [] }),
    );
    await close();
    await importInto();
    const healed = await open();
    expect(healed.warehouse.state()).toMatchObject({ timeZone: 'Asia/Shanghai', rows: 1 });
    await healed.close();
  });
});

describe('what the server makes', () => {
  const modes = async (folder: string): Promise<Record<string, string>> =>
    Object.fromEntries(
      await Promise.all(
        ['', ...(await readdir(folder, { recursive: true }))].map(async (name) => [
          name,
          ((await stat(join(folder, name))).mode & 0o777).toString(8),
        ]),
      ),
    );

  it('is its user’s alone, also if an earlier version let others read it; the watched folder is as open as it was', async () => {
    const umask = process.umask(0o022);
    try {
      await mkdir(join(data, 'inbox'), { recursive: true });
      await importInto();
      await chmod(data, 0o755);
      for (const name of ['dramascope.duckdb', 'state.sqlite', 'uploads', 'spill'])
        await chmod(join(data, name), name.includes('.') ? 0o644 : 0o755);
      // Of the source of `a.csv`, whose views are known to be increments.
      await writeFile(join(data, 'inbox', 'a_2.csv'), 'date,title,views\n2025-10-02,B,1\n');
      const server = await ServerProcess.start(data, 'sources', {
        DRAMASCOPE_INBOX: join(data, 'inbox'),
        DRAMASCOPE_INBOX_SETTLE: '0',
      });
      const upload = await fetch(`${server.url}/api/v1/uploads?filename=c.csv`, {
        method: 'POST',
        body: 'date,title,views\n2025-10-03,C,1\n',
      });
      expect(upload.status).toBe(201);
      const done = join(data, 'inbox', 'done', 'a_2.csv');
      while (!(await stat(done).catch(() => null))) await new Promise((wake) => setTimeout(wake, 50));
      const found = await modes(data);
      await server.stop();
      for (const [name, mode] of Object.entries(found)) {
        const folder = ['uploads', 'spill'].includes(name);
        if (name === '') expect([name, mode]).toEqual([name, '755']);
        else if (name.startsWith('inbox'))
          expect([name, mode]).toEqual([name, name.endsWith('.csv') || name.endsWith('.json') ? '644' : '755']);
        else expect([name, mode]).toEqual([name, folder ? '700' : '600']);
      }
      expect(Object.keys(found)).toEqual(
        expect.arrayContaining([
          'dramascope.duckdb',
          'dramascope.duckdb.wal',
          'state.sqlite',
          'state.sqlite-wal',
          'server.json',
        ]),
      );
      expect(Object.keys(found).some((name) => name.startsWith('uploads/'))).toBe(true);
    } finally {
      process.umask(umask);
    }
  });
});
