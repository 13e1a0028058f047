import { describe, expect, it } from 'vitest';
import { watchOver } from '../../../../web/data/api/reach.ts';

/** A server that answers as the list says, and then always; what the watch did, in order. */
function watched(list: readonly boolean[]) {
  const did: string[] = [];
  let at = 0;
  const reached = watchOver({
    answers: async () => list[at++] ?? true,
    rest: async (milliseconds) => {
      did.push(`rests ${Math.round(milliseconds)}`);
    },
    tell: (away) => {
      did.push(away ? 'away' : 'there');
    },
  });
  return { reached, did };
}

describe('the watch over a server', () => {
  it('says at once that a server is there that answers: one question was lost, not the server', async () => {
    const { reached, did } = watched([true]);
    await reached();
    expect(did).toEqual(['there']);
  });

  it('asks ever more rarely, and says when it is back', async () => {
    const { reached, did } = watched([false, false, false]);
    await reached();
    expect(did).toEqual(['away', 'rests 500', 'away', 'rests 750', 'away', 'rests 1125', 'there']);
  });

  it('rests ten seconds at most', async () => {
    const { reached, did } = watched(Array.from({ length: 30 }, () => false));
    await reached();
    expect(did.filter((one) => one.startsWith('rests')).at(-1)).toBe('rests 10000');
  });

  it('is one for all who could not reach it, and begins again when it has ended', async () => {
    const { reached, did } = watched([false]);
    await Promise.all([reached(), reached(), reached()]);
    expect(did).toEqual(['away', 'rests 500', 'there']);
    await reached();
    expect(did).toEqual(['away', 'rests 500', 'there', 'there']);
  });
});
