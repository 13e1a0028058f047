import { expect, it } from 'vitest';
import { runRequests } from '../../soak/requests/run.ts';

/** The short form of `npm run soak -- --only requests`; a fault is made again by its seed and number. */
it('500 hostile requests are each answered as documented, with no 5xx, and the numbers are the same in the end', async () => {
  const { requests, faults, crashes, outcomes } = await runRequests({
    seed: 11,
    numbers: Array.from({ length: 500 }, (_, i) => i),
    entry: 'sources',
    data: 'small',
    jobs: 3,
    watched: false,
    keep: null,
    say: () => {},
  });
  expect(faults).toEqual([]);
  expect([requests, crashes]).toEqual([500, 0]);
  // Neither are all of them refused, nor all taken.
  expect(outcomes.get('200')).toBeGreaterThan(100);
  expect(outcomes.get('400')).toBeGreaterThan(100);
}, 600_000);
