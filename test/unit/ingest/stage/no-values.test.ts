import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Desk } from '../desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterEach(() => desk.clear());
afterAll(() => desk.close());

const span = () => {
  const { from, asOf } = desk.warehouse.state();
  return [from, asOf];
};
const codes = ({ warnings }: { warnings: readonly { code: string }[] }) => warnings.map(({ code }) => code);
const increment = { options: { views_are: 'increment' as const } };
const numbers = 'date,title,views,likes\n2025-10-01,A,10,1\n2025-10-02,A,0,\n';

describe('rows without any number', () => {
  it('never move the first or the last day, and are told', async () => {
    await desk.import(numbers, increment);
    expect(span()).toEqual(['2025-10-01', '2025-10-02']);
    const path = `${desk.folder}/all_null.parquet`;
    await desk.rows(`COPY (SELECT DATE '2026-09-01' + i::INTEGER AS date, 'A' AS title, NULL::BIGINT AS views
      FROM range(3) t(i)) TO '${path}' (FORMAT parquet)`);
    const typed = await desk.imports.importFile(path, increment);
    expect([typed.rows_committed, codes(typed)]).toEqual([3, ['no_values']]);
    const texts = await desk.import('date,title,views,likes\n2025-08-01,B,,\n2026-09-09,B,-,N/A\n', increment);
    expect(codes(texts)).toContain('no_values');
    expect(span()).toEqual(['2025-10-01', '2025-10-02']);
    await desk.import('date,title,views\n2026-09-09,A,0\n', increment);
    expect(span()).toEqual(['2025-10-01', '2026-09-09']);
  });

  it('are told where there are no rows at all, and where only the views are blank', async () => {
    const path = `${desk.folder}/empty.parquet`;
    await desk.rows(
      `COPY (SELECT DATE '2026-09-01' AS date, 'A' AS title, 1 AS views LIMIT 0) TO '${path}' (FORMAT parquet)`,
    );
    expect(codes(await desk.imports.importFile(path, increment))).toEqual(['no_values']);
    const liked = await desk.import('date,title,views,likes\n2025-10-01,A,,3\n', increment);
    expect(codes(liked)).toEqual(['no_values']);
    expect(span()).toEqual(['2025-10-01', '2025-10-01']);
    const told = await desk.import(numbers, increment);
    expect(codes(told)).not.toContain('no_values');
  });

  it('are none where heat is stated', async () => {
    await desk.import(numbers, increment);
    const hot = await desk.import('date,title,heat\n2025-10-05,A,9000\n2025-10-06,A,\n');
    expect(codes(hot)).not.toContain('no_values');
    expect(span()).toEqual(['2025-10-01', '2025-10-05']);
  });
});
