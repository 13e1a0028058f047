/** How the numbers of a file's series step from date to date: by themselves, and after the earlier days of their source. */

import { stat } from 'node:fs/promises';
import { z } from 'zod';
import { type LogColumn, SUMMED_COLUMNS } from '../../contract/columns.ts';
import type { Field } from '../../contract/imports.ts';
import { fold, isBlank, normalName, normalTitle } from '../../vocabulary/text.ts';
import type { Vocabulary } from '../../vocabulary/vocabulary.ts';
import { numberOf, textOf } from '../../warehouse/row-values.ts';
import type { ReadSession } from '../../warehouse/warehouse.ts';
import type { DataFile } from '../read/source.ts';
import type { ImportPlan } from '../stage/plan.ts';
import { plainFields, stageSelect, TITLE_MARK } from '../stage/stage.ts';

/** What lies between the dates of each series, on its platform, in its region. */
export interface Steps {
  /** Series with two or more dates. */
  readonly keys: number;
  /** Series with three or more dates. */
  readonly long: number;
  readonly steps: number;
  /** Share of the steps that do not fall, 0 to 1. */
  readonly held: number;
  /** Share of the steps that rise, 0 to 1. */
  readonly rose: number;
  /** Share of the series whose last value is above their first, 0 to 1. */
  readonly grew: number;
  /** By how much a step typically (median) changes the value, relative to it; null if every value before is 0. */
  readonly change: number | null;
}

export type Looks = 'counter' | 'increments' | 'nothing';

/** Rows looked at, from the beginning of the file. */
export const LOOKED_AT = 1_000_000;

export type SummedField = LogColumn;

/** A series on a platform in a region is looked at if its hash divides by this; all are, if too few are left. */
const ONE_IN = 16;
const ENOUGH_SAMPLED = 320;
/** Files below so many bytes are looked at whole at once. */
const SMALL = 2 ** 20;

/**
 * The steps from date to date of each series. One series in sixteen is asked first: it has all of
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

export async function stepsByField(
  session: ReadSession,
  file: DataFile,
  plan: ImportPlan,
  fields: readonly SummedField[],
): Promise<{ readonly steps: ReadonlyMap<SummedField, Steps>; readonly sampled: boolean }> {
  if ((await stat(file.path)).size < SMALL)
    return { steps: await stepsOf(session, file, plan, fields, 1), sampled: false };
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
  return new Map(rows.map((row) => [fieldSchema.parse(row.field), stepsSchema.parse(row)]));
}

const fieldSchema = z.enum(SUMMED_COLUMNS);

export const stepsSchema = z.object({
  keys: z.number(),
  long: z.number(),
  steps: z.number(),
  held: z.number(),
  rose: z.number(),
  grew: z.number(),
  change: z.number().nullable(),
});

const stageViews = (file: DataFile, plan: ImportPlan) => stageNumbers(file, plan, ['views']);

function stageNumbers(file: DataFile, plan: ImportPlan, fields: readonly Field[]) {
  const read = new Set([...JUDGED_BY, ...fields]);
  const uses = new Map([...plan.uses].filter(([field]) => read.has(field)));
  const needed = { ...plan, uses };
  return stageSelect(file, needed, { numbered: true, plain: plainFields(needed) });
}

/** The other columns need not be read. */
const JUDGED_BY = new Set<Field>(['time', 'hour', 'series_id', 'title', 'platform', 'region', 'episode']);

const FIRST_ROWS = 20_000;
const DAYS_BEFORE = 31;

type Chains = Map<string, Map<string, number>>;

/**
 * The steps over the source's last days and the file's own, of the series that the file has.
 * @param before what the source's earlier imports were taken for: what they stated is compared
 * @returns null if the two cannot be compared, or no day lies before
 */
export async function stepsFromSource(
  session: ReadSession,
  file: DataFile,
  plan: ImportPlan,
  { source, before, vocabulary }: { source: string; before: 'increment' | 'cumulative'; vocabulary: Vocabulary },
): Promise<Steps | null> {
  const { sql, staged } = stageViews(file, plan);
  // A week's or a month's number is kept by the day, and hours differ in what they leave out.
  if (staged.instant || (plan.covers !== null && plan.covers !== 'day')) return null;
  const platform = staged.platform ? 'platform' : 'NULL AS platform';
  const rows = await session.all({
    text: `SELECT name, ${platform}, day::VARCHAR AS day, sum(views)::DOUBLE AS views FROM (${sql})
      WHERE bad = 0 AND views IS NOT NULL GROUP BY ALL ORDER BY day LIMIT ${FIRST_ROWS}`,
    values: [],
  });
  const chains: Chains = new Map();
  for (const row of rows) {
    const stated = plan.platform ?? (typeof row.platform === 'string' ? row.platform : null);
    add(
      chains,
      keyOf(idOf(textOf(row, 'name')), platformOf(stated, vocabulary)),
      textOf(row, 'day'),
      numberOf(row, 'views'),
    );
  }
  const [first] = rows;
  if (!first) return null;
  const earlier = await rowsBefore(session, source, textOf(first, 'day'), before);
  if (earlier.length === 0) return null;
  for (const row of earlier) {
    const key = keyOf(textOf(row, 'id'), textOf(row, 'platform'));
    if (chains.has(key)) add(chains, key, textOf(row, 'day'), numberOf(row, 'views'));
  }
  return stepsOfChains([...chains.values()]);
}

/** As the file states it, whatever it was resolved to since. */
function rowsBefore(session: ReadSession, source: string, day: string, before: 'increment' | 'cumulative') {
  const [table, rows] =
    before === 'cumulative' ? ['snapshot', 'true'] : ['view_log', "NOT derived AND kind = 'increment'"];
  return session.all({
    text: `SELECT id, platform, day, sum(views)::DOUBLE AS views FROM (
        SELECT k.series_id AS id, p.id AS platform, v.day::VARCHAR AS day, v.region_key, v.episode,
          ${before === 'cumulative' ? 'max' : 'sum'}(v.views) AS views
        FROM ${table} v JOIN source s USING (source_key) JOIN series_key k ON k.series_key = coalesce(v.stated_key, v.series_key)
          JOIN platform p ON p.platform_key = coalesce(v.stated_platform_key, v.platform_key)
        WHERE s.id = $1 AND v.day >= $2::DATE - ${DAYS_BEFORE} AND v.day < $2::DATE AND v.views IS NOT NULL AND ${rows} GROUP BY ALL)
      GROUP BY ALL`,
    values: [source, day],
  });
}

const keyOf = (series: string, platform: string) => `${series}\0${platform}`;
const idOf = (name: string) =>
  name.startsWith(TITLE_MARK) ? normalTitle(name.slice(TITLE_MARK.length)) : name.trim().replace(/^(\d+)\.0+$/u, '$1');
const platformOf = (platform: string | null, vocabulary: Vocabulary) =>
  platform === null || isBlank(platform)
    ? '(unknown)'
    : (vocabulary.platforms.get(fold(platform))?.id ?? normalName(platform));

function add(chains: Chains, key: string, day: string, views: number): void {
  const chain = chains.get(key) ?? new Map<string, number>();
  chain.set(day, (chain.get(day) ?? 0) + views);
  chains.set(key, chain);
}

function stepsOfChains(chains: readonly ReadonlyMap<string, number>[]): Steps {
  const changes: number[] = [];
  const found = { keys: 0, long: 0, steps: 0, held: 0, rose: 0, grew: 0 };
  for (const chain of chains) {
    const values = [...chain].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, views]) => views);
    if (values.length < 2) continue;
    found.keys += 1;
    if (values.length >= 3) found.long += 1;
    if ((values.at(-1) ?? 0) > (values[0] ?? 0)) found.grew += 1;
    for (const [i, value] of values.slice(1).entries()) {
      const before = values[i] ?? 0;
      found.steps += 1;
      if (value >= before) found.held += 1;
      if (value > before) found.rose += 1;
      if (before > 0) changes.push(Math.abs(value - before) / before);
    }
  }
  const { keys, long, steps, held, rose, grew } = found;
  const ordered = changes.sort((a, b) => a - b);
  return {
    keys,
    long,
    steps,
    held: held / Math.max(1, steps),
    rose: rose / Math.max(1, steps),
    grew: grew / Math.max(1, keys),
    change: ordered[ordered.length >> 1] ?? null,
  };
}
