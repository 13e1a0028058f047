/** What only the values of a whole file tell: whether its views are counters, whether its midnights are days. */
import type { Field, Mapping } from '../contract/imports.ts';
import type { ReadSession } from '../warehouse/warehouse.ts';
import type { Steps } from './counter-evidence.ts';
import { isTotal } from './extra-rows.ts';
import type { ImportPlan } from './plan.ts';
import type { SampledColumn } from './propose.ts';
import { columnNamed, type DataFile } from './source.ts';
import { plainFields, stageSelect } from './stage.ts';
import { isPlain } from './values.ts';

/** Rows looked at, from the beginning of the file. */
export const LOOKED_AT = 1_000_000;

/** A series on a platform in a region is looked at where its hash divides by this; all are where too few are left. */
const ONE_IN = 16;
const ENOUGH_SAMPLED = 320;

/**
 * The steps from date to date of each series (`counter-evidence.ts`). One series in sixteen is asked first: it has all of
 * its dates, and sorting them is what costs.
 */
export async function viewSteps(
  session: ReadSession,
  file: DataFile,
  plan: ImportPlan,
): Promise<{ readonly steps: Steps; readonly sampled: boolean }> {
  const part = await stepsOf(session, file, plan, ONE_IN);
  const sampled = part.long >= ENOUGH_SAMPLED;
  return { steps: sampled ? part : await stepsOf(session, file, plan, 1), sampled };
}

async function stepsOf(session: ReadSession, file: DataFile, plan: ImportPlan, oneIn: number): Promise<Steps> {
  const { sql, staged } = stageViews(file, plan);
  const key = [
    'name',
    ...(staged.platform ? ['platform'] : []),
    ...(staged.region ? ['region'] : []),
    ...(staged.episode ? ['episode'] : []),
  ].join(', ');
  const moment = staged.instant ? 'coalesce(instant, day::TIMESTAMP)' : 'day';
  const [row] = await session.all({
    text: `WITH looked AS (SELECT key, moment, sum(views)::DOUBLE AS views
        FROM (SELECT hash(${key}) AS key, ${moment} AS moment, views, bad FROM (${sql}) LIMIT ${LOOKED_AT})
        WHERE bad = 0 AND views IS NOT NULL AND key % ${oneIn} = 0 GROUP BY ALL),
      stepped AS (SELECT key, moment, views, lag(views) OVER (PARTITION BY key ORDER BY moment) AS before FROM looked),
      keys AS (SELECT count(before) AS steps, count(*) FILTER (views >= before) AS held, count(*) FILTER (views > before) AS rose,
          arg_max(views, moment) > arg_min(views, moment) AS grew
        FROM stepped GROUP BY key HAVING count(*) >= 2),
      typical AS (SELECT median(abs(views - before) / before) AS change FROM stepped WHERE before > 0)
      SELECT count(*)::DOUBLE AS keys, (count(*) FILTER (steps >= 2))::DOUBLE AS long, coalesce(sum(steps), 0)::DOUBLE AS steps,
        coalesce(sum(held) / sum(steps), 0)::DOUBLE AS held, coalesce(sum(rose) / sum(steps), 0)::DOUBLE AS rose,
        coalesce(avg(CASE WHEN grew THEN 1 ELSE 0 END), 0)::DOUBLE AS grew, (SELECT change FROM typical)::DOUBLE AS change FROM keys`,
    values: [],
  });
  const number = (column: string) => Number(row?.[column] ?? 0);
  return {
    keys: number('keys'),
    long: number('long'),
    steps: number('steps'),
    held: number('held'),
    rose: number('rose'),
    grew: number('grew'),
    change: row?.change == null ? null : Number(row.change),
  };
}

/** The file's views with what tells series, place and time. */
export function stageViews(file: DataFile, plan: ImportPlan) {
  const uses = new Map([...plan.uses].filter(([field]) => JUDGED_BY.has(field)));
  const needed = { ...plan, uses };
  return stageSelect(file, needed, { numbered: true, plain: plainFields(needed) });
}

/** The other columns need not be read. */
const JUDGED_BY = new Set<Field>(['time', 'hour', 'series_id', 'title', 'platform', 'region', 'episode', 'views']);

/** Whether every time of day of the whole file is midnight; the first rows of an hourly log may all be. */
export async function isMidnightThroughout(session: ReadSession, file: DataFile, column: string): Promise<boolean> {
  const found = columnNamed(file, column);
  if (!found) return false;
  const other =
    found.type === 'VARCHAR'
      ? `NOT regexp_matches(${found.sql}, '[T ]0?0:00(:00([.]0+)?)?\\s*$')`
      : `${found.sql}::TIMESTAMP <> date_trunc('day', ${found.sql}::TIMESTAMP)`;
  const rows = await session.all({ text: `SELECT 1 FROM ${file.numbered} WHERE ${other} LIMIT 1`, values: [] });
  return rows.length === 0;
}

/** Distinct cells of a time column that are looked at, beyond the first rows. */
const MOST_TIMES = 20_000;

/**
 * The different cells of a time column over the whole file: the first rows may leave open what a later one tells.
 * Null where the column is typed, or the first rows are plain.
 */
export async function timeCells(session: ReadSession, file: DataFile, column: string): Promise<string[] | null> {
  const found = columnNamed(file, column);
  if (found?.type !== 'VARCHAR' || isPlain('date', found.cells) || isPlain('local', found.cells)) return null;
  const rows = await session.all({
    text: `SELECT DISTINCT ${found.sql} AS cell FROM ${file.numbered} WHERE ${found.sql} IS NOT NULL LIMIT ${MOST_TIMES}`,
    values: [],
  });
  return rows.map((row) => String(row.cell)).filter((cell) => cell.trim() !== column && !isTotal(cell));
}

/** Rates looked at, from the beginning of the file. */
const MOST_RATES = 100_000;

/** The columns with the cells of the whole file for rates, their currencies and bases: each of them is to be plausible. */
export async function withRateCells(
  session: ReadSession,
  file: DataFile,
  columns: readonly SampledColumn[],
  mapping: Mapping,
): Promise<readonly SampledColumn[]> {
  const names = [mapping.time, mapping.currency, mapping.rate, mapping.base_currency].filter((n) => n !== undefined);
  const found = names.map((name) => columnNamed(file, name)).filter((column) => column !== undefined);
  if (found.length === 0) return columns;
  const cells = found.map(({ sql }, i) => `${sql}::VARCHAR AS c${i}`);
  const text = `SELECT ${cells.join(', ')} FROM ${file.numbered} LIMIT ${MOST_RATES}`;
  const rows = await session.all({ text, values: [] });
  return columns.map((column) => {
    const at = found.findIndex(({ name }) => name === column.name);
    if (at < 0) return column;
    return { ...column, cells: rows.map((row) => (row[`c${at}`] == null ? null : String(row[`c${at}`]))) };
  });
}
