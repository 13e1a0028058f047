import { describe, expect, it } from 'vitest';
import { ReaderTurns } from '../../../server/warehouse/duckdb/readers.ts';
import { Busy, Cancelled } from '../../../server/warehouse/warehouse.ts';

/** Work that ends when it is told to; `order` lists what began. */
function desk(size: number) {
  const turns = new ReaderTurns(size);
  const order: string[] = [];
  const ends = new Map<string, () => void>();
  const ask = (client: string, name: string, more: { signal?: AbortSignal; seconds?: number } = {}) =>
    turns
      .take(
        () =>
          new Promise<string>((resolve) => {
            order.push(name);
            ends.set(name, () => resolve(name));
          }),
        { client, ...more },
      )
      .catch((thrown: unknown) => thrown);
  const end = async (name: string) => {
    ends.get(name)?.();
    await settled();
  };
  return { ask, end, order };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('readers', () => {
  it('leave the last free one to a client that has none', async () => {
    const { ask, order } = desk(3);
    for (const name of ['a1', 'a2', 'a3', 'a4']) void ask('a', name);
    await settled();
    expect(order).toEqual(['a1', 'a2']);
    void ask('b', 'b1');
    await settled();
    expect(order).toEqual(['a1', 'a2', 'b1']);
  });

  it('are given to the clients that wait in turns, however many questions one of them has', async () => {
    const { ask, end, order } = desk(1);
    for (const name of ['a1', 'a2', 'a3']) void ask('a', name);
    void ask('b', 'b1');
    void ask('c', 'c1');
    await settled();
    for (const name of ['a1', 'a2', 'b1', 'c1', 'a3']) await end(name);
    expect(order).toEqual(['a1', 'a2', 'b1', 'c1', 'a3']);
  });

  it('are all used by one client but for the last', async () => {
    const { ask, end, order } = desk(2);
    void ask('a', 'a1');
    void ask('a', 'a2');
    await settled();
    expect(order).toEqual(['a1']);
    await end('a1');
    expect(order).toEqual(['a1', 'a2']);
  });

  it('are refused as busy once a hundred of one client wait, with the seconds after which to ask again', async () => {
    const { ask, order } = desk(1);
    void ask('a', 'first');
    for (let i = 0; i < 100; i++) void ask('a', `waits ${i}`);
    const refused = await ask('a', 'one too many');
    expect(refused).toBeInstanceOf(Busy);
    expect(refused).toMatchObject({ retryAfter: expect.toSatisfy((n: number) => n >= 1 && n <= 30) });
    void ask('b', 'another client');
    await settled();
    expect(order).toEqual(['first']);
  });

  it('are not waited for longer than the asker may', async () => {
    const { ask, end, order } = desk(1);
    void ask('a', 'a1');
    expect(await ask('b', 'b1', { seconds: 0.01 })).toBeInstanceOf(Busy);
    await end('a1');
    expect(order).toEqual(['a1']);
  });

  it('are not kept for one who went away', async () => {
    const { ask, end, order } = desk(1);
    const gone = new AbortController();
    void ask('a', 'a1');
    const left = ask('b', 'b1', { signal: gone.signal });
    void ask('c', 'c1');
    gone.abort();
    expect(await left).toBeInstanceOf(Cancelled);
    await end('a1');
    expect(order).toEqual(['a1', 'c1']);
  });
});
