import { expect, test } from 'vitest';
import { LOG_COLUMNS, OPENED_COLUMNS, WHOLE_COLUMNS } from '../../../server/contract/columns.ts';
import { openDuckDB } from '../../../server/warehouse/duckdb/warehouse.ts';

test('the log and its rollups keep each column that the contract lists, whole things as whole numbers', async () => {
  const warehouse = await openDuckDB({ path: ':memory:' });
  const typesOf = (table: string) =>
    warehouse.read(async (session) => {
      const text = 'SELECT column_name AS name, data_type AS type FROM duckdb_columns() WHERE table_name = $1';
      const rows = await session.all({ text, values: [table] });
      return new Map(rows.map((row) => [String(row.name), String(row.type)]));
    });
  const typeOf = (name: (typeof LOG_COLUMNS)[number]) =>
    WHOLE_COLUMNS.some((one) => one === name) ? 'BIGINT' : 'DOUBLE';
  const stated = LOG_COLUMNS.map((name) => [name, typeOf(name)] as const);
  expect([...(await typesOf('view_log'))]).toEqual(expect.arrayContaining(stated));
  const summed = stated.filter(([name]) => name !== 'heat');
  const opened = OPENED_COLUMNS.map((name) => [`opening_${name}`, typeOf(name)] as const);
  for (const table of ['series_day', 'platform_month', 'series_month'])
    expect([...(await typesOf(table))]).toEqual(expect.arrayContaining([...summed, ...opened]));
  await warehouse.close();
});
