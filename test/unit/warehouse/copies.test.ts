import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDuckDB } from '../../../server/warehouse/duckdb/warehouse.ts';
import type { ReadSession, Warehouse, WriteSession } from '../../../server/warehouse/warehouse.ts';

const SLOW = 'SELECT sum(a.range * b.range) AS n FROM range(1000000) a, range(1000000) b';

let folder: string;
let warehouse: Warehouse;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dramascope-copies-'));
  warehouse = await openDuckDB({ path: join(folder, 'test.duckdb') });
  await warehouse.write((session) => say(session, 'now'));
});
afterEach(async () => {
  await warehouse.close();
  rmSync(folder, { recursive: true, force: true });
});

const say = (session: WriteSession, value: string) =>
  session.run({
    text: `INSERT INTO dataset (name, value) VALUES ('said', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
    values: [value],
  });
const said = async (session: ReadSession) => {
  const [row] = await session.all({ text: `SELECT value FROM dataset WHERE name = 'said'`, values: [] });
  return row?.value;
};

describe('a private copy of the dataset', () => {
  it('is made once for askers of the same change who come together, and once for each other change', async () => {
    const made: string[] = [];
    const ask = (value: string) =>
      warehouse.readCopy(
        value,
        async (session) => {
          made.push(value);
          await say(session, value);
        },
        said,
      );
    expect(await Promise.all(['then', 'then', 'then', 'earlier'].map(ask))).toEqual([
      'then',
      'then',
      'then',
      'earlier',
    ]);
    expect(made).toEqual(['then', 'earlier']);
    expect(await warehouse.read(said)).toBe('now');
  });

  it('is not left half made by an asker who goes away: the next one gets it whole', async () => {
    const asker = new AbortController();
    let changes = 0;
    const change = async (session: WriteSession) => {
      changes++;
      await say(session, 'then');
      if (changes === 1) {
        setTimeout(() => asker.abort(), 20);
        await session.all({ text: SLOW, values: [] });
      }
    };
    const [left, next] = await Promise.allSettled([
      warehouse.readCopy('then', change, said, { signal: asker.signal }),
      warehouse.readCopy('then', change, said),
    ]);
    expect(left).toMatchObject({ status: 'rejected', reason: { code: 'cancelled' } });
    expect(next).toEqual({ status: 'fulfilled', value: 'then' });
    expect(changes).toBe(2);
    expect(await warehouse.read(said)).toBe('now');
  });

  it('holds a line for copies alone: who asks the data of now is answered meanwhile', async () => {
    const order: string[] = [];
    let answered = (): void => undefined;
    const present = new Promise<void>((resolve) => {
      answered = resolve;
    });
    const past = warehouse.readCopy('then', async () => present, said).then(() => order.push('past'));
    order.push(String(await warehouse.read(said)));
    answered();
    await past;
    expect(order).toEqual(['now', 'past']);
  });
});
