import { expect, it } from 'vitest';
import { runFuzz } from '../../soak/fuzz/run.ts';

/** The short form of `npm run soak -- --only fuzz`; a fault is made again by its seed and number. */
it('50 mutated files are each imported, or refused with a code that says why, and the server lives on', async () => {
  const files = Array.from({ length: 50 }, (_, i) => i);
  const { outcomes, faults, crashes } = await runFuzz({
    seed: 7,
    files,
    entry: 'sources',
    jobs: 1,
    stretch: 50,
    keep: null,
    say: () => {},
  });
  expect(faults).toEqual([]);
  expect(crashes).toBe(0);
  expect([...outcomes.values()].reduce((sum, count) => sum + count, 0)).toBe(50);
  // Neither are all of them refused, nor all taken.
  expect(outcomes.get('committed')).toBeGreaterThan(5);
  expect([...outcomes.keys()]).toEqual(expect.arrayContaining(['dry run', 'upload: unreadable_file']));
}, 600_000);
