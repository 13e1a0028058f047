import { afterAll, beforeAll, expect, it } from 'vitest';
import { duckdbDialect } from '../../../server/metrics/sql/duckdb.ts';
import { among, amongCombos, render, sql } from '../../../server/metrics/sql/sql.ts';
import { openDuckDB } from '../../../server/warehouse/duckdb/warehouse.ts';
import type { Warehouse } from '../../../server/warehouse/warehouse.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openDuckDB({ path: ':memory:' });
});
afterAll(() => warehouse.close());

const ODD = ['"quoted" \\', 'a\u0000b', '\u2028', '😀', 'half \ud800', '', 'null', '{"a":1}'];
const many = Array.from({ length: 3000 }, (_, i) => `s${i}`);

it.each(ODD)('a list of thousands holds %j as a short one does', async (text) => {
  for (const list of [[text], [...many, text], many]) {
    const statement = render(
      sql`SELECT ${among(sql`x`, list)} AS among, ${amongCombos(
        [sql`x`, sql`x`],
        list.map((one) => [one, one]),
      )} AS combos
        FROM (SELECT ${text} AS x)`,
      duckdbDialect,
    );
    const [row] = await warehouse.read((session) => session.all(statement));
    const held = list !== many;
    expect(row, `${list.length} texts`).toEqual({ among: held, combos: held });
  }
});
