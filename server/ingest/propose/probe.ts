/** What only the values of a whole file tell: whether its views are counters, whether its midnights are days. */
import { z } from 'zod';
import { type LogColumn, SUMMED_COLUMNS } from '../../contract/columns.ts';
import type { Field, Mapping } from '../../contract/imports.ts';
import type { ReadSession } from '../../warehouse/warehouse.ts';
import { isTotal } from '../cells/extra-rows.ts';
import { isPlain } from '../cells/values.ts';
import { columnNamed, type DataFile, type SampledColumn } from '../read/source.ts';
import type { ImportPlan } from '../stage/plan.ts';
import { plainFields, stageSelect } from '../stage/stage.ts';
import type { Steps } from './views/counter-evidence.ts';

/** Rows looked at, from the beginning of the file. */
export const LOOKED_AT = 1_000_000;

/** A column of numbers that add up. */
export type SummedField = LogColumn;

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
  const found = await stepsByField(session, file, plan, ['views']);
  return { steps: found.steps.get('views') ?? NO_STEPS, sampled: found.sampled };
}

/** The steps of several columns of numbers, each for itself. */
export async function stepsByField(
  session: ReadSession,
  file: DataFile,
  plan: ImportPlan,
  fields: readonly SummedField[],
): Promise<{ readonly steps: ReadonlyMap<SummedField, Steps>; readonly sampled: boolean }> {
  const part = await stepsOf(session, file, plan, fields, ONE_IN);
  const sampled = Math.max(0, ...[...part.values()].map(({ long }) => long)) >= ENOUGH_SAMPLED;
  return { steps: sampled ? part : await stepsOf(session, file, plan, fields, 1), sampled };
}

const NO_STEPS: Steps = { keys: 0, long: 0, steps: 0, held: 0, rose: 0, grew: 0, change: null };

async function stepsOf(
  session: ReadSession,
  file: DataFile,
  plan: ImportPlan,
  fields: readonly SummedField[],
  oneIn: number,
): Promise<ReadonlyMap<SummedField, Steps>> {
  const { sql, staged } = stageNumbers(file, plan, fields);
  const key = [
    'name',
    ...(staged.platform ? ['platform'] : []),
    ...(staged.region ? ['region'] : []),
    ...(staged.episode ? ['episode'] : []),
  ].join(', ');
  const moment = staged.instant ? 'coalesce(instant, day::TIMESTAMP)' : 'day';
  const sums = fields.map((field) => `sum(${field})::DOUBLE AS ${field}`).join(', ');
  const rows = await session.all({
    text: `WITH rows AS (SELECT key, moment, ${sums}
        FROM (SELECT hash(${key}) AS key, ${moment} AS moment, ${fields.join(', ')}, bad FROM (${sql}) LIMIT ${LOOKED_AT})
        WHERE bad = 0 AND key % ${oneIn} = 0 GROUP BY ALL),
      looked AS (UNPIVOT rows ON ${fields.join(', ')} INTO NAME field VALUE value),
      stepped AS (SELECT field, key, moment, value, lag(value) OVER (PARTITION BY field, key ORDER BY moment) AS before FROM looked),
      keys AS (SELECT field, count(before) AS steps, count(*) FILTER (value >= before) AS held, count(*) FILTER (value > before) AS rose,
          arg_max(value, moment) > arg_min(value, moment) AS grew
        FROM stepped GROUP BY field, key HAVING count(*) >= 2),
      typical AS (SELECT field, median(abs(value - before) / before) AS change FROM stepped WHERE before > 0 GROUP BY field)
      SELECT field, count(*)::DOUBLE AS keys, (count(*) FILTER (steps >= 2))::DOUBLE AS long, sum(steps)::DOUBLE AS steps,
        coalesce(sum(held) / sum(steps), 0)::DOUBLE AS held, coalesce(sum(rose) / sum(steps), 0)::DOUBLE AS rose,
        coalesce(avg(CASE WHEN grew THEN 1 ELSE 0 END), 0)::DOUBLE AS grew, any_value(change)::DOUBLE AS change
      FROM keys LEFT JOIN typical USING (field) GROUP BY field`,
    values: [],
  });
  return new Map(rows.map((row) => stepsSchema.parse(row)).map(({ field, ...steps }) => [field, steps]));
}

const stepsSchema = z.object({
  field: z.enum(SUMMED_COLUMNS),
  keys: z.number(),
  long: z.number(),
  steps: z.number(),
  held: z.number(),
  rose: z.number(),
  grew: z.number(),
  change: z.number().nullable(),
});

/** The file's views with what tells series, place and time. */
export const stageViews = (file: DataFile, plan: ImportPlan) => stageNumbers(file, plan, ['views']);

function stageNumbers(file: DataFile, plan: ImportPlan, fields: readonly Field[]) {
  const read = new Set([...JUDGED_BY, ...fields]);
  const uses = new Map([...plan.uses].filter(([field]) => read.has(field)));
  const needed = { ...plan, uses };
  return stageSelect(file, needed, { numbered: true, plain: plainFields(needed) });
}

/** The other columns need not be read. */
const JUDGED_BY = new Set<Field>(['time', 'hour', 'series_id', 'title', 'platform', 'region', 'episode']);

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
