import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

// Only Linux can limit the files of a running process.
describe.runIf(process.platform === 'linux')('a disk that is full in the middle of a checkpoint', () => {
  it('leaves an engine that is opened again by itself: reads go on, nothing is changed, and the write goes through later', () => {
    const folder = mkdtempSync(join(tmpdir(), 'dramascope-full-'));
    try {
      // The signal that comes with a write beyond the limit would end the process.
      const run = `trap '' XFSZ; exec "${process.execPath}" --import tsx test/unit/warehouse/full-disk-child.ts "${folder}"`;
      const said = execFileSync('bash', ['-c', run], { encoding: 'utf8' });
      expect(JSON.parse(said)).toEqual({
        failed: 'disk_full',
        whileFull: [[{ n: 3_000_000 }], 'alive'],
        kept: true,
        retried: 'committed',
        after: [{ n: 0 }],
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 60_000);
});
