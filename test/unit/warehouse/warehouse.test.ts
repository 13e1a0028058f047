import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDuckDB } from '../../../server/warehouse/duckdb/warehouse.ts';
import { Cancelled, QueryError, type Statement, type Warehouse } from '../../../server/warehouse/warehouse.ts';

const statement = (text: string, values: Statement['values'] = []): Statement => ({ text, values });
/** Long enough that it must be interrupted to end within the test. */
const SLOW = statement('SELECT sum(a.range * b.range) AS n FROM range(1000000) a, range(1000000) b');

let folder: string;
let warehouse: Warehouse;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dramascope-warehouse-'));
  warehouse = await openDuckDB({ path: join(folder, 'test.duckdb'), readers: 2 });
});
afterEach(async () => {
  await warehouse.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the embedded warehouse', () => {
  it('gives values as the rest of the server knows them, and loses no digit', async () => {
    const [row] = await warehouse.read((session) =>
      session.all(
        statement(
          `SELECT 9007199254740993 AS big, 42 AS small, $1::DATE AS day, TIMESTAMP '2025-10-01 15:00:00' AS at_time, ['a', 'b'] AS list, $2 AS text, NULL AS nothing`,
          ['2025-10-01', `Robert'); DROP TABLE view_log; --`],
        ),
      ),
    );
    expect(row).toEqual({
      big: 9007199254740993n,
      small: 42,
      day: '2025-10-01',
      at_time: '2025-10-01T15:00:00Z',
      list: ['a', 'b'],
      text: `Robert'); DROP TABLE view_log; --`,
      nothing: null,
    });
  });

  it('interrupts the engine when the asker goes away, and answers the next asker', async () => {
    for (let i = 0; i < 8; i++) {
      const controller = new AbortController();
      const asked = Promise.all(
        [1, 2, 3].map(() =>
          warehouse.read((session) => session.all(SLOW), { signal: controller.signal }).catch((e: unknown) => e),
        ),
      );
      setTimeout(() => controller.abort(), 20 + i * 5);
      for (const outcome of await asked) expect(outcome).toBeInstanceOf(Cancelled);
      const answers = await Promise.all(
        [1, 2, 3, 4].map(() => warehouse.read((session) => session.all(statement('SELECT 1 AS one')))),
      );
      expect(answers.flat()).toEqual([1, 1, 1, 1].map((one) => ({ one })));
    }
  });

  it('answers cancels that land at any moment of short reads with whole answers ever after', async () => {
    for (let i = 0; i < 60; i++) {
      const controller = new AbortController();
      const asked = [1, 2, 3, 4].map(() =>
        warehouse
          .read((session) => session.all(statement('SELECT count(*) AS n FROM range(20000)')), {
            signal: controller.signal,
          })
          .catch((e: unknown) => e),
      );
      setTimeout(() => controller.abort(), i % 7);
      await Promise.all(asked);
    }
    const answers = await Promise.all(
      [1, 2, 3, 4, 5, 6].map(() => warehouse.read((session) => session.all(statement('SELECT 2 AS two')))),
    );
    expect(answers.flat()).toHaveLength(6);
  });

  it('rolls a failed write back whole and lets the next one through', async () => {
    const add = (id: string) => statement(`INSERT INTO label VALUES ('genre', $1, 'x', 'x')`, [id]);
    const failed = warehouse.write(async (session) => {
      await session.run(add('first'));
      throw new Error('half way');
    });
    const second = warehouse.write((session) => session.run(add('second')));
    await expect(failed).rejects.toThrow('half way');
    await second;
    const rows = await warehouse.read((session) => session.all(statement('SELECT id FROM label')));
    expect(rows).toEqual([{ id: 'second' }]);
  });

  it('shows one version to a session, whatever is committed meanwhile', async () => {
    const seen = await warehouse.read(async (session) => {
      const count = async () => (await session.all(statement('SELECT count(*) AS n FROM label')))[0]?.n;
      const before = await count();
      await warehouse.write((writer) => writer.run(statement(`INSERT INTO label VALUES ('genre', 'a', 'x', 'x')`)));
      return { before, after: await count(), state: session.state.version };
    });
    expect(seen).toEqual({ before: 0, after: 0, state: '0' });
    expect(warehouse.state().version).toBe('1');
  });

  it('keeps the SQL of a refused statement beside its cause, for the log only', async () => {
    const refused = warehouse.read((session) => session.all(statement('SELECT nothing FROM nowhere')));
    await expect(refused).rejects.toBeInstanceOf(QueryError);
    await expect(refused).rejects.toMatchObject({ sql: 'SELECT nothing FROM nowhere' });
  });

  it('opens a folder again with what was committed and the zone it was made with', async () => {
    await warehouse.write((session) => session.run(statement(`INSERT INTO label VALUES ('genre', 'kept', 'x', 'x')`)));
    await warehouse.close();
    warehouse = await openDuckDB({ path: join(folder, 'test.duckdb') });
    expect(warehouse.state()).toMatchObject({ version: '1', timeZone: 'Asia/Shanghai' });
    expect(await warehouse.read((session) => session.all(statement('SELECT id FROM label')))).toEqual([{ id: 'kept' }]);
  });
});
