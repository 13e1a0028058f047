import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readConfig } from '../../../server/config.ts';
import { openDataset } from '../../../server/dataset.ts';

// Each call is a process of its own, and slow to start on a busy machine.
it('npm run doctor lists what today’s rules read differently, and reads it again where asked to', {
  timeout: 120_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dramascope-doctor-'));
  const env = { DRAMASCOPE_DATA: join(folder, 'data'), DRAMASCOPE_CALLED_FROM: folder, LANG: 'C' };
  const doctor = (...args: string[]) =>
    new Promise<{ code: number | null; out: string }>((resolve) => {
      const child = execFile(
        process.execPath,
        ['--import', 'tsx', 'scripts/doctor.ts', ...args],
        { env: { ...process.env, ...env } },
        (_error, out) => resolve({ code: child.exitCode, out }),
      );
    });
  try {
    await writeFile(join(folder, '日报.csv'), '日期,剧名,地区,播放增量\n2025-10-01,甲,法国,100\n');
    const { imports, warehouse, close } = await openDataset(readConfig(env));
    const { import_id } = await imports.importFile(join(folder, '日报.csv'), { options: { views_are: 'increment' } });
    await warehouse.write(async (session) => {
      await session.run({ text: 'UPDATE import SET rules = NULL', values: [] });
      await session.run({ text: `UPDATE region SET id = 'FX' WHERE id = 'FR'`, values: [] });
    });
    await close();
    const told = await doctor();
    expect(told.code).toBe(1);
    expect(told.out).toContain(`(import ${import_id})\n  regions: “FX” is “FR” by today’s rules (1 row)`);
    expect(told.out).toContain('→ the file is not kept: npm run doctor -- --reread 日报.csv');
    const again = await doctor('--reread', '--json', '日报.csv');
    expect(again.code).toBe(0);
    expect(JSON.parse(again.out)).toMatchObject({
      import_id,
      changes: [{ part: 'region', before: 'FX', after: 'FR', count: 1 }],
      reread: expect.any(String),
      error: null,
    });
    expect(await doctor('日报.csv')).toMatchObject({ code: 0, out: expect.stringContaining('are what was imported') });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
