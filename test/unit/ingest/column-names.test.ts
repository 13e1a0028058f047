import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Desk } from './desk.ts';

it('columns of a Parquet file may have names of a letter, which the statements use for themselves', async () => {
  const desk = await Desk.open();
  try {
    const path = join(desk.folder, '单字.parquet');
    const others = ['a', 'b', 'c', 'f', 'h', 'k', 'm', 'n', 'u', 'v', 'x', 'y'];
    await desk.warehouse.write((session) =>
      session.run({
        text: `COPY (SELECT 'Oct ' || i || ', 2025' AS t, '剧' AS s, i || '2,345 views' AS p, ${others.map((name) => `'91 views' AS ${name}`).join(', ')}
          FROM range(1, 4) r(i)) TO '${path}' (FORMAT parquet)`,
        values: [],
      }),
    );
    const mapping = { time: 't', title: 's', views: 'p', heat: 'm', likes: 'c' } as const;
    const record = await desk.importFile(path, { mapping, options: { views_are: 'cumulative' } });
    expect(record).toMatchObject({ status: 'committed', rows_committed: 3, from: '2025-10-01', to: '2025-10-03' });
    expect(await desk.rows('SELECT views::DOUBLE AS n FROM snapshot ORDER BY day')).toEqual([
      { n: 12345 },
      { n: 22345 },
      { n: 32345 },
    ]);
  } finally {
    await desk.close();
  }
});
