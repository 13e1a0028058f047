import { expect, it } from 'vitest';
import type { ImportRecord } from '../../../../../../server/contract/imports.ts';
import { mendersOf, originalOf } from '../../../../../../web/pages/data/history/mended.ts';

type Row = Pick<ImportRecord, 'import_id' | 'status' | 'options'>;
const row = (import_id: string, mends?: string, status: Row['status'] = 'committed'): Row => ({
  import_id,
  status,
  options: mends === undefined ? {} : { mends },
});

it('an import is linked to what mends it, also at second hand, and each of those to what it mends', () => {
  const rows = [row('e', 'd'), row('d', 'a', 'undone'), row('c'), row('b', 'a'), row('a')];
  const ids = (of: string) => mendersOf(rows.find(({ import_id }) => import_id === of) ?? row(of), rows);
  expect(ids('a').map(({ import_id }) => import_id)).toEqual(['b', 'e']);
  expect(ids('c')).toEqual([]);
  expect(originalOf(row('b', 'a'), rows)?.import_id).toBe('a');
  expect(originalOf(row('x', ''), rows)).toBeNull();
});
