import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCommand } from '../../../../scripts/import/flags.ts';
import { problemHandler } from '../../../../server/http/problem.ts';
import { importRoutes } from '../../../../server/http/routes/imports.ts';
import { profileNotFound, takenByValues } from '../../../../server/ingest/propose/messages.ts';
import { createImports } from '../../../../server/ingest/queue/imports.ts';
import { openState } from '../../../../server/state/state.ts';
import { loadVocabulary } from '../../../../server/vocabulary/vocabulary.ts';
import { openDuckDB } from '../../../../server/warehouse/duckdb/warehouse.ts';
import { programOf } from '../../../soak/server.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dramascope-command-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function file(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text);
  return name;
}

/** What views are is said, unless a test is about that. */
const SAID = ['--views-are', 'increment'];

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command as `npm run import` does, called from the test's folder. */
const run = (...args: string[]): Promise<Ended> => runWith({}, ...args);

/** @param input what is piped in @param onOut called whenever it says something on standard output */
async function runWith(
  { input, onOut }: { input?: string; onOut?: (child: ChildProcess) => void },
  ...args: string[]
): Promise<Ended> {
  const program = await programOf('sources', 'import');
  return new Promise((resolve, reject) => {
    const env = {
      ...process.env,
      DRAMASCOPE_DATA: join(folder, 'data'),
      DRAMASCOPE_CALLED_FROM: folder,
      UV_THREADPOOL_SIZE: '8',
    };
    const child = spawn(process.execPath, [...program, ...args], {
      env,
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    child.stdin?.end(input);
    let out = '';
    let err = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      onOut?.(child);
    });
    child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
    child.on('error', reject);
    child.on('exit', (code) => resolve({ code, out, err }));
  });
}

const good = 'date,title,views\n2025-10-01,A,1\n2025-10-02,A,2\n';
const dirty = `date,title,views\n${Array.from({ length: 20 }, (_, i) => `2025-10-01,S${i},1`).join('\n')}\n2025-10-02,A,x\n`;

// Each call is a process of its own, and slow to start on a busy machine.
describe('npm run import', { timeout: 120_000 }, () => {
  it('says in the language that is asked for who holds the folder', async () => {
    const data = join(folder, 'data');
    await mkdir(data, { recursive: true });
    const holder = await openDuckDB({ path: join(data, 'dramascope.duckdb') });
    try {
      const { code, out, err } = await run('--lang', 'zh', await file('views.csv', good));
      expect([code, out]).toEqual([1, '']);
      expect(err).toContain(`已被进程 ${process.pid}打开，可能是正在运行的导入`);
      expect(err).not.toMatch(/IO Error|lock/iu);
    } finally {
      await holder.close();
    }
  });

  it('opens the folder itself where no server runs, and ends with 0', async () => {
    const { code, out } = await run(...SAID, await file('views_2025.csv', good));
    expect(out).toBe('views_2025.csv: 2 rows committed as log of “views”, 2025-10-01 to 2025-10-02\n');
    expect(code).toBe(0);
  });

  it('ends with 3 where rows were rejected, and 1 where a file failed, naming line and column', async () => {
    const rejected = await run(...SAID, await file('dirty.csv', dirty));
    expect(rejected.code).toBe(3);
    expect(rejected.out).toContain('1 of 21 rows rejected');
    const broken = await run(
      ...SAID,
      await file('good.csv', good),
      await file('broken.csv', 'date,title,views\n2025-10-01,"A,1\n'),
    );
    expect(broken.code).toBe(1);
    expect(broken.out).toContain('good.csv: 2 rows committed');
    expect(broken.err).toContain('broken.csv: Line 2, column 12');
    const again = await run('good.csv');
    expect(again).toMatchObject({ code: 0, err: '' });
    expect(again.out).toMatch(/^good\.csv: already imported, as import \S+; nothing was changed, and --force imports/u);
  });

  it('takes folders and patterns, each file once, catalogues first, and sums up at the end', async () => {
    await mkdir(join(folder, 'logs', '2025'), { recursive: true });
    await file('logs/views_10.csv', 'date,title,views\n2025-10-10,A,1\n');
    await file('logs/views_9.csv', 'date,title,views\n2025-10-09,A,1\n');
    await file('logs/2025/more.csv', dirty);
    await file('logs/2025/notes.md', 'no table');
    await file('logs/unfinished.csv.part', good);
    await file('系列.csv', 'title,producer,genres\nA,听花岛,都市\n');
    // Links: one leads nowhere, one leads once more to the same files.
    await symlink(join(folder, 'gone.csv'), join(folder, 'logs', 'dangling.csv'));
    await symlink(join(folder, 'logs', '2025'), join(folder, 'logs', 'same'));
    const { code, out, err } = await run(...SAID, 'logs/*_9.csv', 'logs', '*.csv', 'missing.csv');
    expect(out.split('\n').filter((line) => / committed as /u.test(line))).toEqual([
      '系列.csv: 1 row committed as catalog of “系列”',
      'logs/2025/more.csv: 20 rows committed as log of “more”, 2025-10-01 to 2025-10-01',
      'logs/views_9.csv: 1 row committed as log of “views”, 2025-10-09 to 2025-10-09',
      'logs/views_10.csv: 1 row committed as log of “views”, 2025-10-10 to 2025-10-10',
    ]);
    expect(err).toContain('missing.csv: ');
    expect(err).toContain('dangling.csv: skipped, as the link leads nowhere');
    expect(out.slice(out.indexOf('\n\n') + 2)).toBe(
      [
        'file                as        rows  new  changed  unchanged  replaced  rejected  days',
        '系列.csv            catalog      1    1        0          0         0         0',
        'logs/2025/more.csv  log         21   20        0          0         0         1  2025-10-01 to 2025-10-01',
        'logs/views_9.csv    log          1    1        0          0         0         0  2025-10-09 to 2025-10-09',
        'logs/views_10.csv   log          1    1        0          0         0         0  2025-10-10 to 2025-10-10',
        'missing.csv         failed       0    0        0          0         0         0',
        '5 files             1 failed    24   23        0          0         0         1',
        '',
      ].join('\n'),
    );
    expect(code).toBe(1);
    expect((await run('--data', 'elsewhere', 'nothing/*.csv')).code).toBe(2);
  });

  it('says which rows another file of the same run changed, and leaves alone what is there already', async () => {
    for (const team of ['east', 'west']) await mkdir(join(folder, team));
    await file('east/daily.csv', 'date,title,views\n2025-10-01,A,1\n2025-10-01,B,2\n2025-10-01,C,3\n');
    await file('west/daily.csv', 'date,title,views\n2025-10-01,A,10\n2025-10-01,B,2\n2025-10-02,C,3\n');
    const { code, out } = await run(...SAID, 'east', 'west');
    expect(code).toBe(0);
    expect(out).toMatch(
      / {2}rows_changed \(1\): rows that an earlier import states otherwise \(“daily\.csv”, import \S+\)/u,
    );
    expect(out).toContain('such as A · unknown · unknown · 2025-10-01: Views 1 → Views 10.');
    const east = 'east/daily.csv  log     3    3        0          0         0         0';
    const west = 'west/daily.csv  log     3    1        1          1         0         0';
    expect(out).toContain(east);
    expect(out).toContain(west);
    expect(out).toContain(
      'Watch out: “west/daily.csv” changed 1 row of “east/daily.csv”, as both are of the source “daily”.',
    );
    const again = await run('east', 'west');
    expect(again).toMatchObject({ code: 0, err: '' });
    expect(again.out).toContain('2 files         2 there already  ');
  });

  it('refuses what decides a total and nobody says, takes what is said, and with --strict refuses every doubt', async () => {
    const rising = [1, 2].flatMap((d) => [1, 2, 3, 4, 5, 6].map((s) => `2026-03-0${d},S${s},${s * 5000 + d * 90}`));
    const name = await file('rising.csv', `date,x,views\n${rising.join('\n')}\n`);
    const refused = await run(name);
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('views_are');
    const dry = await run(name, '--dry-run');
    expect(dry).toMatchObject({ code: 0, out: expect.stringContaining('unconfirmed (2): ') });
    const strict = await run(...SAID, name, '--strict');
    expect(strict.err).toContain(takenByValues('x', 'title').en);
    expect(strict.err).toContain('--strict');
    const taken = await run(...SAID, name);
    expect(taken).toMatchObject({
      code: 0,
      out: expect.stringContaining('unconfirmed (1): '),
    });
    // An earlier import of the source answers it.
    const next = await file('next.csv', `date,title,views\n2026-03-03,S1,5000\n`);
    expect((await run(name, '--force', '--map', 'title=x')).out).toContain('rows committed');
    expect((await run(next, '--source', 'rising')).code).toBe(0);
  });

  it('saves a mapping as a profile, and imports by it', async () => {
    const mapped = ['--map', 'time=a', '--map', 'title=b', '--map', 'views=c', '--kind', 'log'];
    const log = await file('1.csv', 'a,b,c\n2025-10-01,X,5\n');
    const first = await run(...SAID, ...mapped, '--save-profile', '日报', log);
    expect(first.out).toBe('1.csv: 1 row committed as log of “日报”, 2025-10-01 to 2025-10-01\n');
    // The rows are there already, and what was asked for besides is done.
    const again = await run(...SAID, ...mapped, '--save-profile', '周报', '1.csv');
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining('the settings are saved as “周报”') });
    expect((await run('--profile', '周报', '--dry-run', '1.csv')).out).toContain('0 rejected');
    const next = await file('2.csv', 'c,b,a\n6,X,2025-10-02\n');
    expect((await run(next)).out).toBe('2.csv: 1 row committed as log of “周报”, 2025-10-02 to 2025-10-02\n');
    expect((await run('--profile', 'other', await file('3.csv', good))).err).toContain(profileNotFound('other').en);
  });

  it('reads standard input, and says what became of it as a line of JSON', async () => {
    const piped = await runWith({ input: dirty }, ...SAID, '-', '--json', '--filename', 'piped_20251001.csv');
    expect(piped).toMatchObject({ code: 3, err: '' });
    expect(JSON.parse(piped.out)).toMatchObject({
      file: 'piped_20251001.csv',
      status: 'committed',
      import: { source: 'piped', rows_committed: 20, rows_rejected: 1 },
    });
    const others = await runWith({ input: dirty }, ...SAID, '-', await file('broken.csv', '"'), '--json');
    expect(
      others.out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toMatchObject([
      { file: 'broken.csv', status: 'failed', error: { code: 'unreadable_file' } },
      { file: 'stdin', status: 'already_imported' },
    ]);
  });

  it('names what was not begun when it is ended', async () => {
    const names = await Promise.all(
      [1, 2, 3, 4, 5, 6].map((n) => file(`${n}.csv`, `date,title,views\n2025-10-0${n},A,${n}\n`)),
    );
    const ended = await runWith({ onOut: (child) => child.killed || child.kill('SIGINT') }, ...SAID, ...names);
    expect(ended.code).toBe(1);
    expect(ended.err).toContain('6.csv: not begun');
    expect(ended.out).toMatch(/6\.csv +not begun/u);
  });

  it('ends with 2 where it is called wrongly', async () => {
    const asked = (...args: string[]) => readCommand(['node', 'import', ...args]);
    expect(asked('a.csv', '--header-row', '3').choice.options).toEqual({ header_row: 3 });
    expect(() => asked('a.csv', '--header-row', 'three')).toThrow('--header-row');
    expect(asked('a.csv', '--views-are', 'event').choice.options).toEqual({ views_are: 'event' });
    expect(asked('a.csv', '--no-profile').choice.profile).toBe('');
    expect(asked('a.csv').choice.profile).toBeUndefined();
    for (const args of [
      ['--kind', 'foo', 'a.csv'],
      ['--map', 'nothing=x', 'a.csv'],
      ['--views-are', 'foo', 'a.csv'],
      ['--coverage', 'foo', 'a.csv'],
      ['--unknown', 'a.csv'],
      ['--time-zone', 'Asia/Beijing', 'a.csv'],
      ['--time-zone', 'CST', 'a.csv'],
      ['--encoding', 'klingon', 'a.csv'],
      ['--currency', 'XYQ', 'a.csv'],
      ['--filename', 'a/b.csv', '-'],
    ])
      expect(() => asked(...args), args.join(' ')).toThrow();
    for (const args of [['--time-zone', 'Mars', 'a.csv'], ['no-such/**/*.csv']]) {
      const { code, err } = await run(...args);
      expect([args, code]).toEqual([args, 2]);
      expect(err).not.toBe('');
    }
    expect(await run('--version')).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/u) });
  });

  it('takes mapping and options as flags, and says in a dry run what would change', async () => {
    const name = await file('odd.csv', 'a,b,c\n2025-10-01,X,5\n');
    const flags = [
      '--kind',
      'log',
      '--map',
      'time=a',
      '--map',
      'series_id=b',
      '--map',
      'views=c',
      '--source',
      's',
      '--platform',
      '抖音',
      ...SAID,
    ];
    const dry = await run('--dry-run', ...flags, name);
    expect(dry).toMatchObject({
      code: 0,
      out: 'odd.csv: 1 new, 0 changed, 0 identical, 0 rejected; nothing was changed\n',
    });
    const chart = await run('--dry-run', '--coverage', 'chart', ...flags, name);
    expect(chart.out).toContain('series that are not on it are unknown');
    expect(await run(...flags, name)).toMatchObject({
      code: 0,
      out: 'odd.csv: 1 row committed as log of “s”, 2025-10-01 to 2025-10-01\n',
    });
  });

  it('imports rates of another base, and takes no kind that there is not', async () => {
    const rates = await file('fx.csv', 'date,currency,close\n2025-10-01,EUR,1.17\n');
    const ended = await run(rates, '--kind', 'rates', '--map', 'rate=close', '--currency', 'USD');
    expect(ended).toMatchObject({ code: 0, out: expect.stringContaining('1 row committed as rates of “fx”') });
    expect((await run(rates, '--kind', 'prices')).code).toBe(2);
  });

  it('goes through the server of the folder where one runs', async () => {
    const data = join(folder, 'data');
    await mkdir(data, { recursive: true });
    const warehouse = await openDuckDB({ path: join(data, 'dramascope.duckdb') });
    const state = await openState(join(data, 'state.sqlite'));
    const imports = await createImports({
      warehouse,
      state,
      folders: { uploads: join(data, 'uploads') },
      vocabulary: loadVocabulary(),
    });
    const logger = pino({ level: 'silent' });
    const app = express()
      .get('/healthz', (_req, res) => void res.json({ status: 'ok' }))
      .use('/api/v1', importRoutes({ imports }))
      .use(problemHandler(logger));
    const server = createServer(app);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await writeFile(join(data, 'server.json'), JSON.stringify({ url: `http://127.0.0.1:${port}`, pid: process.pid }));
    const name = await file('views.csv', good);
    expect(await run(...SAID, '--dry-run', name)).toMatchObject({
      code: 0,
      out: 'views.csv: 2 new, 0 changed, 0 identical, 0 rejected; nothing was changed\n',
    });
    expect((await run(name)).err).toContain('Say views_are');
    expect(await run(...SAID, name)).toMatchObject({
      code: 0,
      out: 'views.csv: 2 rows committed as log of “views”, 2025-10-01 to 2025-10-02\n',
    });
    expect((await imports.list()).map((r) => [r.filename, r.status])).toEqual([['views.csv', 'committed']]);
    const again = await run(name);
    expect(again.code).toBe(0);
    expect(again.out).toContain('already imported, as import');
    // One column that is named confirms no other.
    const unnamed = await file('unnamed.csv', '日期,x,指标一\n2025-10-01,甲,7\n2025-10-02,乙,5\n2025-10-03,丙,9\n');
    const half = await run(...SAID, '--map', 'title=x', unnamed);
    expect(half.code).toBe(1);
    expect(half.err).toContain('Say mapping.views');
    const whole = await run(...SAID, '--map', 'title=x', '--map', 'views=指标一', unnamed);
    expect(whole.out).toContain('unnamed.csv: 3 rows committed');
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await imports.close();
    state.close();
    await warehouse.close();
  });
});
