import { z } from 'zod';
import type { Engine } from '../../../language/engine.ts';
import { activity } from '../../../query/activity.ts';
import { spreadOver } from '../../../query/spread.ts';
import { parseRows } from '../../../sql/parse-rows.ts';
import { as, call, sql, withTables } from '../../../sql/sql.ts';
import { wholeOrZero } from '../counts.ts';
import { tableFor } from '../facts.ts';
import type { AnalysisScope } from '../scope.ts';

const largestRow = z.object({
  member: z.string(),
  producer: z.string(),
  producer_views: wholeOrZero,
  series_views: wholeOrZero,
});

export type LargestParts = z.infer<typeof largestRow>;

/** Of each member the producer with most of its views in the range (of equal ones the smaller id), and its largest series. */
export async function largestParts(
  engine: Engine,
  scope: AnalysisScope,
  by: 'primary_genre' | 'format',
): Promise<ReadonlyMap<string, LargestParts>> {
  const { range, filters, log } = scope;
  const sums = activity({
    table: tableFor({ filters, column: 'views', ranges: [range] }, log).table,
    branches: [{ name: 'asked', range }],
    logDimensions: [],
    filters,
    sums: ['views'],
  });
  const [own, house] = [spreadOver(by, 's'), spreadOver('producer', 's')];
  const views = (value: ReturnType<typeof sql>, name: string) => as(call('integer', value), name);
  const rows = await engine.all(
    withTables(
      [
        ['a', sums],
        [
          'houses',
          sql`SELECT ${as(own.member, 'member')}, ${as(house.member, 'producer')},
            ${views(sql`sum(a.views)`, 'views')}, max(a.views) AS largest
            FROM a JOIN series s ON s.series_key = a.series_key ${own.joins} ${house.joins}
            WHERE a.views > 0 GROUP BY 1, 2`,
        ],
        [
          'placed',
          sql`SELECT h.member, h.producer, h.views, max(h.largest) OVER (PARTITION BY h.member) AS largest,
            row_number() OVER (PARTITION BY h.member ORDER BY h.views DESC, h.producer) AS place FROM houses h`,
        ],
      ],
      sql`SELECT p.member, p.producer, p.views AS producer_views, p.largest AS series_views FROM placed p WHERE p.place = 1`,
    ),
  );
  return new Map((await parseRows(largestRow, rows)).map((row) => [row.member, row]));
}
