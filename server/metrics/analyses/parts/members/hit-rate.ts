import { z } from 'zod';
import { addDays } from '../../../language/calendar.ts';
import type { Engine } from '../../../language/engine.ts';
import { splitFilters } from '../../../query/filters.ts';
import { spreadOver } from '../../../query/spread.ts';
import { parseRows } from '../../../sql/parse-rows.ts';
import { and, as, call, column, dateValue, sql, withTables } from '../../../sql/sql.ts';
import { openingSum } from '../crossings.ts';
import { factsOf, tableFor } from '../facts.ts';
import { ratioOf } from '../ratios.ts';
import type { AnalysisScope } from '../scope.ts';
import type { SeriesDimension } from './member-totals.ts';
import { wilson } from './wilson.ts';

const releasesRow = z.object({ member: z.string(), mature: z.number(), hits: z.number(), immature: z.number() });

/** Judged at the end of day D. */
export type Releases = z.infer<typeof releasesRow>;

const NO_RELEASES: Omit<Releases, 'member'> = { mature: 0, hits: 0, immature: 0 };

/**
 * Releases and hits (docs/analyses/producers.md). Mature: D days old with any row; hit: mature and at the threshold by
 * then; immature: younger. Old enough but without rows: in neither.
 */
export async function releasesOf(
  engine: Engine,
  scope: AnalysisScope,
  by: SeriesDimension,
  hit: { readonly threshold: number; readonly days: number },
): Promise<ReadonlyMap<string, Releases>> {
  const { range, filters, log } = scope;
  const { table } = tableFor({ filters, column: 'views', grain: 'day' }, log);
  const { joins, member } = spreadOver(by, 's');
  const judged = dateValue(addDays(log.asOf, 1 - hit.days));
  const released = sql`SELECT s.series_key, s.release_day <= ${judged} AS old,
      ${call('addDays', sql`s.release_day`, sql`${hit.days - 1}`)} AS last_day
    FROM series s WHERE ${and([
      sql`s.release_day BETWEEN ${dateValue(range.from)} AND ${dateValue(range.to)}`,
      ...splitFilters(filters, table).series,
    ])}`;
  const increments =
    table === 'view_log' ? sql`t.kind = 'increment' AND t.day <= r.last_day` : sql`t.day <= r.last_day`;
  const reached = sql`SELECT t.series_key,
      coalesce(sum(${column('t', 'views')}) FILTER (WHERE ${increments}), 0) + coalesce(${openingSum('views', table)}, 0) AS total
    ${factsOf({ table, filters, joins: [sql`JOIN released r ON r.series_key = t.series_key`] })}
    GROUP BY t.series_key`;
  const rows = await engine.all(
    withTables(
      [
        ['released', released],
        ['reached', reached],
      ],
      sql`SELECT ${as(member, 'member')}, count(*) FILTER (WHERE r.old AND c.series_key IS NOT NULL) AS mature,
          count(*) FILTER (WHERE r.old AND c.total >= ${hit.threshold}) AS hits, count(*) FILTER (WHERE NOT r.old) AS immature
        FROM released r JOIN series s ON s.series_key = r.series_key ${joins}
          LEFT JOIN reached c ON c.series_key = r.series_key GROUP BY 1`,
    ),
  );
  return new Map((await parseRows(releasesRow, rows)).map((row) => [row.member, row]));
}

/** With the Wilson interval; null without mature releases. */
export function hitRateOf(releases: ReadonlyMap<string, Releases>, member: string) {
  const { mature, hits, immature } = releases.get(member) ?? NO_RELEASES;
  const interval = wilson(hits, mature);
  return {
    mature_releases: mature,
    hits,
    hit_rate: ratioOf(hits, mature),
    hit_rate_low: interval?.low ?? null,
    hit_rate_high: interval?.high ?? null,
    immature,
  };
}
