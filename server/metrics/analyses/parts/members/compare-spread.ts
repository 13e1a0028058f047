import { z } from 'zod';
import type { CompareAnswer } from '../../../../contract/analyses-depth.ts';
import { OTHERS_MEMBER } from '../../../../contract/query.ts';
import type { Engine } from '../../../language/engine.ts';
import { Labels } from '../../../language/labels.ts';
import { activity } from '../../../query/activity.ts';
import { spreadOver } from '../../../query/spread.ts';
import { parseRows } from '../../../sql/parse-rows.ts';
import { as, call, type Sql, sql, withTables } from '../../../sql/sql.ts';
import { toCount, whole } from '../counts.ts';
import { tableFor } from '../facts.ts';
import { ratioOf } from '../ratios.ts';
import type { AnalysisScope } from '../scope.ts';
import type { SeriesDimension } from './member-totals.ts';

/** Further parts are `(others)`. */
const PARTS = 10;

const spreadRow = z
  .object({
    member: z.string(),
    min: whole,
    q1: z.number(),
    median: z.number(),
    q3: z.number(),
    max: whole,
  })
  .transform(({ member, min, q1, median, q3, max }) => ({
    member,
    spread: {
      series_views_min: toCount(min),
      series_views_q1: q1,
      series_views_median: median,
      series_views_q3: q3,
      series_views_max: toCount(max),
    },
  }));

/** Views of active series in the range; all null without any. */
export type Spreads = z.infer<typeof spreadRow>['spread'] | typeof NO_SERIES;
export const NO_SERIES = {
  series_views_min: null,
  series_views_q1: null,
  series_views_median: null,
  series_views_q3: null,
  series_views_max: null,
};

/** Views of each active series, as table `a`. */
function earned({ range, filters, log }: AnalysisScope): Sql {
  const { table } = tableFor({ filters, column: 'views', ranges: [range] }, log);
  return activity({ table, branches: [{ name: 'asked', range }], logDimensions: [], filters, sums: ['views'] });
}

/** Smallest, quartiles (linear) and largest. */
export async function spreadsOf(
  engine: Engine,
  scope: AnalysisScope,
  by: SeriesDimension,
): Promise<ReadonlyMap<string, Spreads>> {
  const { joins, member } = spreadOver(by);
  const quantile = (fraction: Sql) => call('quantile', sql`a.views`, fraction);
  const rows = await engine.all(
    withTables(
      [['a', earned(scope)]],
      sql`SELECT ${as(member, 'member')}, min(a.views) AS min, ${as(quantile(sql`0.25`), 'q1')},
          ${as(call('median', sql`a.views`), 'median')}, ${as(quantile(sql`0.75`), 'q3')}, max(a.views) AS max
        FROM a JOIN series s ON s.series_key = a.series_key ${joins} WHERE a.views > 0 GROUP BY 1`,
    ),
  );
  return new Map((await parseRows(spreadRow, rows)).map(({ member, spread }) => [member, spread]));
}

const mixRow = z.object({
  member: z.string(),
  part: z.string(),
  views: whole,
  total: whole,
  active_series: z.number(),
});

/** The ten largest parts and `(others)`. Each series has one part, so the shares add up to 1. */
export async function mixOf(
  engine: Engine,
  scope: AnalysisScope,
  by: SeriesDimension,
  mix: 'primary_genre' | 'producer',
): Promise<CompareAnswer['mix']> {
  const [own, parts] = [spreadOver(by), spreadOver(mix)];
  const part = sql`CASE WHEN p.place <= ${PARTS} THEN p.part ELSE ${OTHERS_MEMBER} END`;
  const rows = await engine.all(
    withTables(
      [
        ['a', earned(scope)],
        [
          'parts',
          sql`SELECT ${as(own.member, 'member')}, ${as(parts.member, 'part')},
              sum(a.views) AS views, count(*) AS active_series
            FROM a JOIN series s ON s.series_key = a.series_key ${own.joins} WHERE a.views > 0 GROUP BY 1, 2`,
        ],
        [
          'placed',
          sql`SELECT q.*, sum(q.views) OVER (PARTITION BY q.member) AS total,
              row_number() OVER (PARTITION BY q.member ORDER BY q.views DESC, q.part) AS place FROM parts q`,
        ],
        ['named', sql`SELECT p.member, ${as(part, 'part')}, p.views, p.total, p.active_series, p.place FROM placed p`],
      ],
      sql`SELECT n.member, n.part, ${as(call('integer', sql`sum(n.views)`), 'views')},
          ${as(call('integer', sql`max(n.total)`), 'total')}, ${as(call('integer', sql`sum(n.active_series)`), 'active_series')}
        FROM named n GROUP BY n.member, n.part ORDER BY n.member, min(n.place)`,
    ),
  );
  const found = await parseRows(mixRow, rows);
  const labels = await Labels.of(
    engine,
    mix,
    found.map((row) => row.part),
  );
  return found.map((row) => ({
    member: row.member,
    part: row.part,
    part_label: labels.of(row.part)[engine.language],
    views: toCount(row.views),
    share: ratioOf(row.views, row.total),
    active_series: row.active_series,
  }));
}
