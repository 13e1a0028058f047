import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDuckDB } from '../../../server/warehouse/duckdb/warehouse.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dramascope-inbox-'));
  await mkdir(join(folder, 'inbox'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Watches until `done` says so or some milliseconds after its start, and is then killed. */
function watchUntil(after: number | (() => Promise<boolean>)): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'test/api/faults/inbox-child.ts', folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child.stdout.once('data', () => {
      const kill = () => child.kill('SIGKILL');
      if (typeof after === 'number') setTimeout(kill, after);
      else
        void (async () => {
          while (!(await after())) await new Promise((wake) => setTimeout(wake, 50));
          kill();
        })();
    });
    child.on('error', reject);
    child.on('exit', () => resolve());
  });
}

describe('a watched folder whose server is killed again and again', () => {
  it('loses no file and imports none twice', async () => {
    const files = 3;
    const rows = 15_000;
    for (let n = 0; n < files; n++)
      await writeFile(
        join(folder, 'inbox', `views_${n}.csv`),
        `date,title,views\n${Array.from({ length: rows }, (_, i) => `2025-1${n % 3}-0${1 + (i % 9)},S${n}-${i},1`).join('\n')}\n`,
      );
    for (const after of [60, 400]) await watchUntil(after);
    const done = async () => {
      const names = await readdir(join(folder, 'inbox', 'done'));
      return Array.from({ length: files }, (_, n) => `views_${n}.csv`).every((name) => names.includes(name));
    };
    await watchUntil(done);
    expect((await readdir(join(folder, 'inbox', 'done'))).filter((name) => !name.includes('report'))).toHaveLength(
      files,
    );
    expect(await readdir(join(folder, 'inbox', 'failed'))).toEqual([]);
    expect(await readdir(join(folder, 'inbox', 'processing'))).toEqual([]);
    const warehouse = await openDuckDB({ path: join(folder, 'dramascope.duckdb') });
    const [row] = await warehouse.read((s) =>
      s.all({
        text: `SELECT (SELECT count(*) FROM view_log) AS rows, (SELECT sum(views)::BIGINT FROM series_day) AS views,
          (SELECT count(*) FROM import WHERE status = 'committed') AS imports`,
        values: [],
      }),
    );
    await warehouse.close();
    expect(row).toEqual({ rows: files * rows, views: files * rows, imports: files });
  }, 120_000);
});
