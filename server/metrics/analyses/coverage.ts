import { z } from 'zod';
import type {
  CoverageAnswer,
  CoverageRow,
  CoverageSource,
  coverageParams,
  SourceKind,
} from '../../contract/coverage.ts';
import { addDays, daysBetween } from '../language/calendar.ts';
import type { Engine } from '../language/engine.ts';
import { logExpression, sumExpression } from '../query/log-rows.ts';
import { metaOf } from '../query/meta.ts';
import { parseRows } from '../sql/parse-rows.ts';
import { as, call, sql } from '../sql/sql.ts';
import { columnsOf } from './parts/columns.ts';
import { toCount, wholeOrZero } from './parts/counts.ts';
import { factsOf } from './parts/facts.ts';
import { scopeOf } from './parts/scope.ts';

const IDS = ['source', 'day', 'state', 'rows', 'estimated_rows', 'views'] as const;

const dayRow = z.object({
  source: z.string(),
  day: z.string(),
  rows: z.number(),
  estimated_rows: z.number(),
  views: wholeOrZero,
});
type DayRow = z.infer<typeof dayRow>;

/** A source is of launches if no row is older than this, over at least so long a time. */
const [LAUNCH_DAYS, LEAST_SPAN] = [7, 28];
const ageRow = z.object({ source: z.string(), first: z.string(), last: z.string(), oldest: z.number().nullable() });

/**
 * Each source's days (docs/analyses/coverage.md): rows, estimated rows, views; a day without rows between two with rows
 * is a `gap`, unless the source is of launches only. A source's first and last day are over the whole log, so the range
 * never makes a gap.
 */
export async function coverage(engine: Engine, params: z.infer<typeof coverageParams>): Promise<CoverageAnswer> {
  const startedAt = performance.now();
  const { range, filters } = scopeOf(engine, params);
  const counted = await parseRows(
    dayRow,
    await engine.all(sql`SELECT ${as(logExpression('source', 'view_log'), 'source')}, ${as(call('text', sql`t.day`), 'day')},
        ${as(call('integer', sql`count(*)`), 'rows')},
        ${as(call('integer', sql`count(*) FILTER (WHERE t.estimated)`), 'estimated_rows')},
        ${as(sumExpression('views', 'view_log'), 'views')}
      ${factsOf({ table: 'view_log', filters, dimensions: ['source'] })} GROUP BY 1, 2 ORDER BY 1, 2`),
  );
  const kinds = await kindsOf(engine);
  const rows = counted.flatMap((row, i) => [
    ...(kinds.get(row.source) === 'launches' ? [] : gapsBefore(row, counted[i - 1])),
    stated(row),
  ]);
  return {
    columns: columnsOf(IDS),
    rows: rows.filter(({ day }) => day >= range.from && day <= range.to),
    sources: sourcesOf(rows, kinds),
    meta: metaOf({ state: engine.state, startedAt, choice: { table: 'view_log', refused: [] } }),
  };
}

/** Of the whole log: what a filter leaves of a source says nothing of what the source is. */
async function kindsOf(engine: Engine): Promise<ReadonlyMap<string, SourceKind>> {
  const age = call('daysBetween', sql`s.release_day`, sql`t.day`);
  const ages = await parseRows(
    ageRow,
    await engine.all(sql`SELECT ${as(logExpression('source', 'view_log'), 'source')},
        ${as(call('text', sql`min(t.day)`), 'first')}, ${as(call('text', sql`max(t.day)`), 'last')},
        ${as(sql`CASE WHEN count(*) = count(s.release_day) THEN ${call('integer', sql`max(${age})`)} END`, 'oldest')}
      ${factsOf({
        table: 'view_log',
        filters: [],
        dimensions: ['source'],
        joins: [sql`LEFT JOIN series s ON s.series_key = t.series_key`],
      })} GROUP BY 1`),
  );
  const charts = new Set(engine.state.sources.filter(({ coverage: of }) => of === 'chart').map(({ id }) => id));
  const isOfLaunches = ({ first, last, oldest }: z.infer<typeof ageRow>): boolean =>
    oldest !== null && oldest <= LAUNCH_DAYS && daysBetween(first, last) >= LEAST_SPAN;
  return new Map(
    ages.map((row) => [row.source, charts.has(row.source) ? 'chart' : isOfLaunches(row) ? 'launches' : 'census']),
  );
}

function stated({ source, day, rows, estimated_rows, views }: DayRow): CoverageRow {
  const state = estimated_rows === rows ? 'estimated' : 'stated';
  return { source, day, state, rows, estimated_rows, views: toCount(views) };
}

/** Days without rows between two rows of a source. */
function gapsBefore({ source, day }: DayRow, before: DayRow | undefined): CoverageRow[] {
  if (before === undefined || before.source !== source) return [];
  const missing = daysBetween(before.day, day) - 1;
  return Array.from({ length: missing }, (_, i) => ({
    source,
    day: addDays(before.day, i + 1),
    state: 'gap' as const,
    rows: 0,
    estimated_rows: 0,
    views: 0,
  }));
}

function sourcesOf(rows: readonly CoverageRow[], kinds: ReadonlyMap<string, SourceKind>): CoverageSource[] {
  const names = [...new Set(rows.map(({ source }) => source))];
  return names.map((source) => {
    const own = rows.filter((row) => row.source === source);
    const count = (state: CoverageRow['state']) => own.filter((row) => row.state === state).length;
    const [from, to] = [own[0]?.day ?? '', own.at(-1)?.day ?? ''];
    return {
      source,
      kind: kinds.get(source) ?? 'census',
      from,
      to,
      days: daysBetween(from, to) + 1,
      stated_days: count('stated'),
      estimated_days: count('estimated'),
      gap_days: count('gap'),
      rows: own.reduce((sum, row) => sum + row.rows, 0),
    };
  });
}
