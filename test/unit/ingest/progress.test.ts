import { describe, expect, it } from 'vitest';
import { ProgressMeter } from '../../../server/ingest/progress.ts';

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
    expect(seen.map((p) => p.progress)).toEqual([0, 0.2, 0.2, 0.4, 0.45, 1]);
    expect(seen.map((p) => p.bytes_read)).toEqual([0, 500, 500, 1000, 1000, 1000]);
  });

  it('says nothing of the time left before it knows, and then tells it right for steady work', () => {
    let now = 0;
    const meter = new ProgressMeter(1000, () => now, 'csv');
    const left: (number | null)[] = [];
    // 40 % of the work is reading; at 1 % of the file per second the whole takes 250 s.
    for (let second = 0; second <= 90; second += 10) {
      now = second * 1000;
      left.push(meter.at('reading', second).seconds_left);
    }
    expect(left).toEqual([null, 240, 230, 220, 210, 200, 190, 180, 170, 160]);
  });

  it('does not jump where the speed does', () => {
    let now = 0;
    const meter = new ProgressMeter(1000, () => now, 'csv');
    now = 10_000;
    const before = meter.at('reading', 50).seconds_left ?? 0;
    now = 10_250;
    const after = meter.at('writing', 0).seconds_left ?? 0;
    expect(before).toBe(40);
    // At the speed so far 13 s are left; the shown number goes a quarter of the way.
    expect(after).toBeGreaterThan(30);
    expect(after).toBeLessThan(before);
  });

  it('of Parquet knows that little is done when it is read for the first time', () => {
    let now = 0;
    const meter = new ProgressMeter(1000, () => now, 'parquet');
    now = 10_000;
    expect(meter.at('reading', 100)).toEqual({ progress: 0.1, bytes_read: 1000, seconds_left: 90 });
  });
});
