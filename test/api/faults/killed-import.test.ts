import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createImports } from '../../../server/ingest/queue/imports.ts';
import { openState } from '../../../server/state/state.ts';
import { loadVocabulary } from '../../../server/vocabulary/vocabulary.ts';
import { openDuckDB } from '../../../server/warehouse/duckdb/warehouse.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dramascope-kill-'));
  await mkdir(join(folder, 'uploads'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const FIRST = 'date,title,producer,views\n2025-10-01,A,P,1\n2025-10-02,A,P,2\n';
const ROWS = 200_000;
const second = () =>
  `date,title,producer,views\n${Array.from({ length: ROWS }, (_, i) => `2025-10-0${1 + (i % 9)},S${i % 5000},P${i % 50},${i}`).join('\n')}\n`;

/** Starts the child and kills it as soon as `when` holds of what it has printed. */
function killWhen(files: string[], when: (lines: string[]) => boolean, after = 0): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'test/api/faults/child.ts', folder, ...files], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let printed = '';
    let killing = false;
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      if (killing || !when(printed.trim().split('\n'))) return;
      killing = true;
      setTimeout(() => child.kill('SIGKILL'), after);
    });
    child.on('error', reject);
    child.on('exit', () => resolve());
  });
}

/** Opens the folder as a new start would, and says what is in it. */
async function found() {
  const warehouse = await openDuckDB({ path: join(folder, 'dramascope.duckdb') });
  const state = await openState(join(folder, 'state.sqlite'));
  const imports = await createImports({
    warehouse,
    state,
    folders: { uploads: join(folder, 'uploads') },
    vocabulary: loadVocabulary(),
  });
  const one = (text: string) =>
    warehouse.read(async (s) => Number((await s.all({ text: `SELECT ${text} AS n`, values: [] }))[0]?.n ?? 0));
  const answer = {
    statuses: (await imports.list()).map((r) => (r.error ? `${r.status}: ${r.error.code}` : r.status)),
    rows: await one('(SELECT count(*) FROM view_log)'),
    rollup: await one(
      '(SELECT coalesce(sum(views), 0)::BIGINT FROM series_day) - (SELECT coalesce(sum(views), 0)::BIGINT FROM view_log)',
    ),
    series: await one('(SELECT count(*) FROM series)'),
    statements: await one('(SELECT count(DISTINCT import_no) FROM series_statement)'),
    uploads: (await readdir(join(folder, 'uploads'))).length,
  };
  await imports.close();
  state.close();
  await warehouse.close();
  return answer;
}

describe('a server that is killed in the middle of an import', () => {
  const onlyFirst = { statuses: ['committed'], rows: 2, rollup: 0, series: 1, statements: 1, uploads: 0 };

  it.each([
    ['reading', 0],
    ['keys', 0],
    ['writing', 0],
    ['writing', 120],
    ['settling', 0],
    ['rollups', 0],
    ['committing', 0],
  ])('while %s (%i ms in) finds the earlier import whole and nothing of the later one', async (phase, after) => {
    const files = [join(folder, 'first.csv'), join(folder, 'later.csv')];
    await writeFile(files[0] ?? '', FIRST);
    await writeFile(files[1] ?? '', second());
    await killWhen(
      files,
      (lines) => lines.includes('committed') && lines.slice(lines.indexOf('committed')).includes(phase),
      after,
    );
    const state = await found();
    // The kill may come a moment too late: then the import is there whole.
    if (state.rows !== 2)
      expect(state).toEqual({
        statuses: ['committed', 'committed'],
        rows: 45_000 + 2,
        rollup: 0,
        series: 5001,
        statements: 2,
        uploads: 0,
      });
    // What was cut off is told, not forgotten.
    else expect(state).toEqual({ ...onlyFirst, statuses: ['failed: interrupted', 'committed'] });
  });

  it('keeps all of an import whose commit it had told', async () => {
    const file = join(folder, 'first.csv');
    await writeFile(file, FIRST);
    await killWhen([file], (lines) => lines.includes('committed'));
    expect(await found()).toEqual(onlyFirst);
  });
});
