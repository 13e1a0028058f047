import { describe, expect, it } from 'vitest';
import { ProgressMeter } from '../../../../server/ingest/queue/progress.ts';

describe('the progress of an import', () => {
  it('never falls, and counts the bytes read until all are', () => {
    const meter = new ProgressMeter(1000, () => 0, 'csv');
    const seen = [
      meter.at('reading', null),
      meter.at('reading', 50),
      meter.at('reading', 10),
      meter.at('reading', 100),
      meter.at('writing', 0),
      meter.at('committing', 100),
    ];
    expect(seen.map((p) => p.progress)).toEqual([0, 0.14, 0.14, 0.28, 0.31, 0.99]);
    expect(seen.map((p) => p.bytes_read)).toEqual([0, 500, 500, 1000, 1000, 1000]);
  });

  it('says nothing of the time left before it knows, and then tells it right for steady work', () => {
    let now = 0;
    const meter = new ProgressMeter(1000, () => now, 'csv');
    const left: (number | null)[] = [];
    // 28 % of the work is reading; at 1 % of the file per second the whole takes 357 s.
    for (let second = 0; second <= 90; second += 15) {
      now = second * 1000;
      left.push(meter.at('reading', second).seconds_left);
    }
    expect(left).toEqual([null, 343, 328, 313, 298, 283, 268]);
  });

  it('goes on by the speed so far where statements tell nothing, and waits below the end of a phase', () => {
    let now = 0;
    const meter = new ProgressMeter(1000, () => now, 'csv');
    now = 28_000;
    meter.at('reading', 100);
    now = 31_000;
    const shares: number[] = [];
    // At 1 % of the work per second writing should take from 31 to 72 s; here it takes far longer.
    for (now = 31_000; now <= 131_000; now += 10_000) shares.push(meter.at('writing', 50).progress);
    expect(shares.slice(0, 4).map((share) => Math.round(share * 100))).toEqual([31, 41, 51, 61]);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBeGreaterThan(0.71);
    expect(shares.at(-1)).toBeLessThan(0.72);
  });

  it('does not jump where the speed does', () => {
    let now = 0;
    const meter = new ProgressMeter(1000, () => now, 'csv');
    now = 10_000;
    const before = meter.at('reading', 50).seconds_left ?? 0;
    now = 10_250;
    const after = meter.at('writing', 0).seconds_left ?? 0;
    expect(before).toBe(62);
    // At the speed so far 23 s are left; the shown number goes a quarter of the way.
    expect(after).toBeGreaterThan(45);
    expect(after).toBeLessThan(before);
  });

  it('of Parquet knows that little is done when it is read for the first time', () => {
    let now = 0;
    const meter = new ProgressMeter(1000, () => now, 'parquet');
    now = 10_000;
    expect(meter.at('reading', 100)).toEqual({ progress: 0.06, bytes_read: 1000, seconds_left: 157 });
  });
});
