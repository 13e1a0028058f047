import { z } from 'zod';
import type { ScopeFilter } from '../../../contract/query.ts';
import type { LogSpan } from '../../language/calendar.ts';
import type { Engine } from '../../language/engine.ts';
import { startOfHour } from '../../language/hours.ts';
import { parseRows } from '../../sql/parse-rows.ts';
import { sql, withTables } from '../../sql/sql.ts';
import { type Bucket, bucketOf, endOfBucket } from './buckets.ts';
import { seriesColumns, seriesInfo, seriesShape } from './catalogue.ts';
import { thresholds } from './crossings.ts';
import { allTimed, factsOf } from './facts.ts';

interface HeatCrossing {
  readonly series: z.infer<typeof seriesInfo>;
  readonly threshold: number;
  readonly platform: string;
  readonly bucket: Bucket;
}

interface HeatQuestion {
  readonly log: LogSpan;
  readonly filters: readonly ScopeFilter[];
  readonly thresholds: readonly number[];
}

const hotRow = seriesShape.extend({
  threshold: z.number(),
  platform: z.string(),
  day: z.string(),
  timed: z.number(),
  hour: z.string().nullable(),
});

/**
 * Per platform the first bucket with heat ≥ threshold; the earliest platform counts (docs/analyses/milestones.md).
 * Hours are judged by that platform's rows alone.
 */
export async function heatCrossingsOf(engine: Engine, question: HeatQuestion): Promise<HeatCrossing[]> {
  const { filters, log } = question;
  const { timeZone } = engine.state;
  const firstDays = sql`SELECT t.series_key, t.platform_key, h.threshold, min(t.day) AS day
    ${factsOf({ table: 'view_log', filters, joins: [sql`JOIN threshold h ON t.heat >= h.threshold`], conditions: [sql`t.heat >= ${Math.min(...question.thresholds)}`] })}
    GROUP BY t.series_key, t.platform_key, h.threshold`;
  const hot = { instant: sql`min(t.instant) FILTER (WHERE t.heat >= f.threshold)`, day: sql`f.day` };
  const firstHour = startOfHour(timeZone, { from: log.from, to: log.asOf }, hot);
  const located = sql`SELECT f.series_key, f.platform_key, f.threshold, f.day, ${allTimed('view_log')} AS timed, ${firstHour} AS hour
    ${factsOf({ table: 'view_log', filters, joins: [sql`JOIN first_day f ON f.series_key = t.series_key AND f.platform_key = t.platform_key AND f.day = t.day`] })}
    GROUP BY f.series_key, f.platform_key, f.threshold, f.day`;
  const rows = await engine.all(
    withTables(
      [
        ['threshold', thresholds(question.thresholds)],
        ['first_day', firstDays],
        ['located', located],
      ],
      sql`SELECT ${seriesColumns}, l.threshold, p.id AS platform, l.day, l.timed, l.hour
        FROM located l JOIN series s ON s.series_key = l.series_key JOIN platform p ON p.platform_key = l.platform_key
        ORDER BY s.series_id, l.threshold, p.id`,
    ),
  );
  const found = (await parseRows(hotRow, rows)).map((row) => ({
    series: seriesInfo.parse(row),
    threshold: row.threshold,
    platform: row.platform,
    bucket: bucketOf(row.day, row.timed === 1 ? row.hour : null),
  }));
  return firstPlatforms(found, timeZone);
}

/** By the bucket's end, as only then the heat is known; ties by finer bucket, then platform id. */
function firstPlatforms(found: readonly HeatCrossing[], timeZone: string): HeatCrossing[] {
  const first = new Map<string, HeatCrossing>();
  for (const crossing of found) {
    const key = JSON.stringify([crossing.series.id, crossing.threshold]);
    const other = first.get(key);
    if (other === undefined || isBefore(crossing, other, timeZone)) first.set(key, crossing);
  }
  return [...first.values()];
}

function isBefore(a: HeatCrossing, b: HeatCrossing, timeZone: string): boolean {
  const apart = endOfBucket(a.bucket, timeZone) - endOfBucket(b.bucket, timeZone);
  if (apart !== 0) return apart < 0;
  if (a.bucket.resolution !== b.bucket.resolution) return a.bucket.resolution === 'hour';
  return a.platform < b.platform;
}
