import { z } from 'zod';
import type { ScopeFilter } from '../../../contract/query.ts';
import { mapInTurns } from '../../../loop-turns.ts';
import type { LogSpan } from '../../language/calendar.ts';
import type { Engine } from '../../language/engine.ts';
import { startOfHour } from '../../language/hours.ts';
import { sumExpression } from '../../query/log-rows.ts';
import type { TableChoice } from '../../query/rollups.ts';
import { parseRows } from '../../sql/parse-rows.ts';
import { as, call, column, join, type Sql, sql, withTables } from '../../sql/sql.ts';
import { type Bucket, bucketOf } from './buckets.ts';
import { seriesColumns, seriesInfo, seriesShape } from './catalogue.ts';
import { whole } from './counts.ts';
import { allTimed, factsOf, tableFor } from './facts.ts';

export interface Crossing {
  readonly series: z.infer<typeof seriesInfo>;
  readonly threshold: number;
  /** Openings alone, views from before the log, reach it: the time is unknown. */
  readonly beforeLog: boolean;
  /** The first bucket that ends at or above the threshold; null if `beforeLog`. */
  readonly bucket: Bucket | null;
}

interface CrossingQuestion {
  readonly log: LogSpan;
  /** No range: `from` never cuts the sum. */
  readonly filters: readonly ScopeFilter[];
  readonly measure: 'views' | 'valid_views';
  readonly thresholds: readonly number[];
}

const crossingRow = seriesShape.extend({
  threshold: z.number(),
  openings: whole,
  day: z.string(),
  hour: z.string().nullable(),
});

/**
 * Crossings that happened (docs/analyses/milestones.md). Cumulative = all openings + increments up to a bucket's end;
 * hours if all rows of the day have a time. Three steps, each over less: candidates, daily sums, hours of crossing
 * days.
 */
export async function crossingsOf(
  engine: Engine,
  question: CrossingQuestion,
): Promise<{ crossings: Crossing[]; choice: TableChoice }> {
  const choice = tableFor({ filters: question.filters, column: question.measure, grain: 'day' }, question.log);
  const rows = await engine.all(crossingSql(question, choice, engine.state.timeZone));
  const crossings = await mapInTurns(await parseRows(crossingRow, rows), (row): Crossing => {
    const beforeLog = row.openings >= row.threshold;
    return {
      series: seriesInfo.parse(row),
      threshold: row.threshold,
      beforeLog,
      bucket: beforeLog ? null : bucketOf(row.day, row.hour),
    };
  });
  return { crossings, choice };
}

function crossingSql(question: CrossingQuestion, choice: TableChoice, timeZone: string): Sql {
  return withTables(
    [
      ['threshold', thresholds(question.thresholds)],
      ['candidate', candidates(question)],
      ['running', runningDays(question, choice)],
      [
        'crossed',
        sql`SELECT c.series_key, h.threshold, c.openings, min(r.day) AS day
          FROM candidate c JOIN running r ON r.series_key = c.series_key
          JOIN threshold h ON c.openings + r.total >= h.threshold
          GROUP BY c.series_key, h.threshold, c.openings`,
      ],
      [
        'located',
        sql`SELECT x.series_key, x.threshold, x.openings, x.day, x.openings + r.total - r.views AS before,
            r.timed = 1 AND x.openings < x.threshold AS by_hour
          FROM crossed x JOIN running r ON r.series_key = x.series_key AND r.day = x.day`,
      ],
      ['wanted', sql`SELECT DISTINCT series_key, day FROM located WHERE by_hour`],
      ['hours', hoursOfWantedDays(question, timeZone)],
      [
        'running_hours',
        sql`SELECT series_key, day, hour,
            ${call('integer', sql`sum(views) OVER (PARTITION BY series_key, day ORDER BY hour)`)} AS total
          FROM hours`,
      ],
      // A join by equality alone: an outer join with >= would compare every pair.
      [
        'first_hour',
        sql`SELECT l.series_key, l.threshold, min(h.hour) AS hour
          FROM located l JOIN running_hours h ON h.series_key = l.series_key AND h.day = l.day
          WHERE l.before + h.total >= l.threshold GROUP BY l.series_key, l.threshold`,
      ],
    ],
    sql`SELECT ${seriesColumns}, l.threshold, l.openings, l.day, f.hour
      FROM located l JOIN series s ON s.series_key = l.series_key
      LEFT JOIN first_hour f ON f.series_key = l.series_key AND f.threshold = l.threshold
      ORDER BY l.day, s.series_id, l.threshold`,
  );
}

/** As doubles: exact up to 2^53. */
export function thresholds(values: readonly number[]): Sql {
  const selects = [...new Set(values)].map((value) => sql`SELECT ${as(call('double', sql`${value}`), 'threshold')}`);
  return join(selects, ' UNION ALL ');
}

/** Series that ever reach the lowest threshold, from the smallest table that keeps the filters. */
export function candidates(question: CrossingQuestion): Sql {
  const { filters, measure, log } = question;
  const { table } = tableFor({ filters, column: measure }, log);
  const openings = sql`coalesce(${openingSum(measure, table)}, 0)`;
  const increments = sql`coalesce(${sumExpression(measure, table)}, 0)`;
  return sql`SELECT t.series_key, ${openings} AS openings ${factsOf({ table, filters })}
    GROUP BY t.series_key HAVING ${openings} + ${increments} >= ${Math.min(...question.thresholds)}`;
}

export const openingSum = (measure: 'views' | 'valid_views', table: TableChoice['table']): Sql =>
  sumExpression(measure === 'views' ? 'opening_views' : 'opening_valid_views', table);

/** Running sums of increments. */
function runningDays({ filters, measure }: CrossingQuestion, { table }: TableChoice): Sql {
  const facts = factsOf({ table, filters, conditions: [sql`t.series_key IN (SELECT series_key FROM candidate)`] });
  const days = sql`SELECT t.series_key, t.day, coalesce(${sumExpression(measure, table)}, 0) AS views,
      ${allTimed(table)} AS timed
    ${facts} GROUP BY t.series_key, t.day`;
  return sql`SELECT d.series_key, d.day, d.views, d.timed,
      ${call('integer', sql`sum(d.views) OVER (PARTITION BY d.series_key ORDER BY d.day)`)} AS total
    FROM (${days}) d`;
}

/** A select of its own: bound values would make the grouped expression another one. */
function hoursOfWantedDays({ filters, measure, log }: CrossingQuestion, timeZone: string): Sql {
  const span = { from: log.from, to: log.asOf };
  const hour = startOfHour(timeZone, span, { instant: sql`t.instant`, day: sql`t.day` });
  const facts = factsOf({
    table: 'view_log',
    filters,
    joins: [sql`JOIN wanted w ON w.series_key = t.series_key AND w.day = t.day`],
    // Lets the engine skip parts of the log without times.
    conditions: [sql`t.kind = 'increment'`, sql`t.instant IS NOT NULL`],
  });
  return sql`SELECT e.series_key, e.day, e.hour, ${call('integer', sql`coalesce(sum(e.views), 0)`)} AS views
    FROM (SELECT t.series_key, t.day, ${hour} AS hour, ${column('t', measure)} AS views ${facts}) e
    GROUP BY e.series_key, e.day, e.hour`;
}
