import { expect, it } from 'vitest';
import { runKills } from '../../soak/kill/run.ts';

/** The short form of `npm run soak -- --only kill`. */
it('a data folder outlives five kill -9 of its server: what was committed is whole, all else absent, every number right', async () => {
  const aims = ['phase', 'queue', 'inbox', 'undo', 'merge'];
  const { rounds, restarts, imports, faults } = await runKills({
    seed: 3,
    rounds: 5,
    entry: 'sources',
    scale: 0.3,
    aims,
    say: () => {},
  });
  expect(faults).toEqual([]);
  expect([rounds, restarts.length]).toEqual([5, 5]);
  expect(imports.get('committed')).toBeGreaterThan(4);
}, 600_000);
