import { describe, expect, it } from 'vitest';
import { progressLine, sayProgress } from '../../../../scripts/import/progress.ts';
import { type ImportRecord, importSchema } from '../../../../server/contract/imports.ts';

const record = (change: Partial<ImportRecord>): ImportRecord =>
  importSchema.parse({
    import_id: 'i',
    filename: 'a.csv',
    source: 'a',
    kind: 'log',
    status: 'running',
    phase: 'reading',
    rows_read: 0,
    rows_committed: 0,
    rows_rejected: 0,
    rows_unchanged: 0,
    bytes: 3_000_000_000,
    bytes_read: 1_200_000_000,
    progress: 0.169,
    seconds_left: 95,
    queue_position: null,
    error: null,
    warnings: [],
    from: null,
    to: null,
    started_at: '2025-11-01T00:00:00Z',
    finished_at: null,
    sha256: '',
    mapping: {},
    synthetic: false,
    ...change,
  });

describe('progress on the command line', () => {
  it('tells share, phase, bytes, rows and time left, as far as they are known', () => {
    expect(sayProgress(record({}))).toBe('16 %, reading, 1.2 GB of 3.0 GB, 1 min 35 s left');
    expect(sayProgress(record({ rows_read: 12_345_678, phase: 'writing', seconds_left: null }))).toBe(
      '16 %, writing, 1.2 GB of 3.0 GB, 12.3M rows',
    );
    expect(
      sayProgress(
        record({ status: 'queued', phase: null, queue_position: 2, progress: 0, bytes_read: 0, seconds_left: null }),
      ),
    ).toBe('0 %, waits, number 2 in line');
  });

  it('is one line that is written over on a terminal, and a line now and then elsewhere', () => {
    let terminal = '';
    const bar = progressLine('a.csv', { isTTY: true, columns: 200, write: (t) => (terminal += t) });
    bar.record(record({ progress: 0.5 }));
    bar.end();
    expect(terminal).toBe(
      '\r\u001b[Ka.csv ████████████░░░░░░░░░░░░ 50 %, reading, 1.2 GB of 3.0 GB, 1 min 35 s left\r\u001b[K',
    );
    // A terminal that does not know its width says 0.
    let unknown = '';
    progressLine('a.csv', { isTTY: true, columns: 0, write: (t) => (unknown += t) }).record(record({ progress: 0.5 }));
    expect(unknown).toContain('1 min 35 s left');
    let now = 0;
    let file = '';
    const lines = progressLine('a.csv', { write: (t) => (file += t) }, 'en', () => now);
    for (now = 0; now <= 12_000; now += 250) lines.sent(now * 1000, 12_000_000);
    lines.end();
    expect(file).toBe('a.csv: reading 5.0 MB of 12 MB\na.csv: reading 10 MB of 12 MB\n');
  });
});
