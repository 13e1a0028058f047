/** What only the values of a whole file tell: whether its views are counters, whether its midnights are days. */
import type { Field, ViewsAre } from '../contract/imports.ts';
import type { Label } from '../contract/query.ts';
import type { ReadSession } from '../warehouse/warehouse.ts';
import { isTotal } from './extra-rows.ts';
import type { ImportPlan } from './plan.ts';
import type { DataFile } from './source.ts';
import { plainFields, stageSelect } from './stage.ts';
import { isPlain } from './values.ts';

export interface ViewsVerdict {
  readonly verdict: Exclude<ViewsAre, 'event'> | null;
  readonly reason: Label;
  /** True where no values tell: no series has three dates. */
  readonly open?: true;
}

/** Rows looked at, from the beginning of the file. */
export const LOOKED_AT = 1_000_000;
const ENOUGH_KEYS = 20;
const RISING_STEPS = 0.95;

/** A series on a platform in a region is looked at where its hash divides by this; all are where too few are left. */
const ONE_IN = 16;

/**
 * Counters rise: `cumulative` if at least 95 % of the steps per key do not fall and the values grow with time for most
 * keys, given at least 20 keys with three or more dates (API, “Imports”). One key in sixteen is asked first: it has all
 * of its dates, and sorting them is what costs.
 */
export async function judgeViews(session: ReadSession, file: DataFile, plan: ImportPlan): Promise<ViewsVerdict | null> {
  if (!plan.uses.has('views') || !plan.uses.has('time')) return null;
  const sampled = await stepsOf(session, file, plan, ONE_IN);
  const enough = sampled.keys >= ENOUGH_KEYS * ONE_IN;
  const { keys, held, grew } = enough ? sampled : await stepsOf(session, file, plan, 1);
  if (keys === 0)
    return {
      verdict: null,
      reason: {
        en: 'watch out: no series has three or more dates, so nothing tells whether its views are increments or a counter; say which',
        zh: '请确认：没有剧集有三个以上日期，无法判断播放量是增量还是累计值',
      },
      open: true,
    };
  if (keys < ENOUGH_KEYS)
    return {
      verdict: null,
      reason: {
        en: `only ${keys} series have three or more dates, too few to tell a counter`,
        zh: `只有 ${keys} 部剧有三个以上日期，不足以判断是否为累计值`,
      },
    };
  const [steps, series] = [percent(held), percent(grew)];
  const counter = held >= RISING_STEPS && grew > 0.5;
  return {
    verdict: counter ? 'cumulative' : 'increment',
    reason: {
      en: `${steps} of the steps do not fall, and ${series} of ${keys} series${enough ? ' looked at' : ''} grow with time: ${counter ? 'a counter' : 'no counter'}`,
      zh: `${enough ? '抽查的 ' : ''}${keys} 部剧中，相邻日期有 ${steps} 不下降，${series} 的剧随时间增长：${counter ? '是累计值' : '不是累计值'}`,
    },
  };
}

interface Steps {
  /** Series, each on its platform in its region, with three or more dates. */
  readonly keys: number;
  /** Share of the steps from date to date that do not fall, 0 to 1. */
  readonly held: number;
  /** Share of the keys whose last value is above their first, 0 to 1. */
  readonly grew: number;
}

async function stepsOf(session: ReadSession, file: DataFile, plan: ImportPlan, oneIn: number): Promise<Steps> {
  const uses = new Map([...plan.uses].filter(([field]) => JUDGED_BY.has(field)));
  const needed = { ...plan, uses };
  const { sql, staged } = stageSelect(file, needed, { numbered: true, plain: plainFields(needed) });
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
      keys AS (SELECT count(*) AS dates, count(before) AS steps, count(*) FILTER (views >= before) AS held,
          arg_max(views, moment) > arg_min(views, moment) AS grew
        FROM stepped GROUP BY key HAVING count(*) >= 3)
      SELECT count(*)::DOUBLE AS keys, coalesce(sum(held) / sum(steps), 0)::DOUBLE AS held,
        coalesce(avg(CASE WHEN grew THEN 1 ELSE 0 END), 0)::DOUBLE AS grew FROM keys`,
    values: [],
  });
  return { keys: Number(row?.keys ?? 0), held: Number(row?.held ?? 0), grew: Number(row?.grew ?? 0) };
}

/** The other columns need not be read. */
const JUDGED_BY = new Set<Field>(['time', 'hour', 'series_id', 'title', 'platform', 'region', 'episode', 'views']);

const percent = (share: number) => `${(share * 100).toFixed(share > 0.99 && share < 1 ? 1 : 0)} %`;

/** Whether every time of day of the whole file is midnight; the first rows of an hourly log may all be. */
export async function isMidnightThroughout(session: ReadSession, file: DataFile, column: string): Promise<boolean> {
  const found = file.columns.find((c) => c.name === column);
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
  const found = file.columns.find((c) => c.name === column);
  if (found?.type !== 'VARCHAR' || isPlain('date', found.cells) || isPlain('local', found.cells)) return null;
  const rows = await session.all({
    text: `SELECT DISTINCT ${found.sql} AS cell FROM ${file.numbered} WHERE ${found.sql} IS NOT NULL LIMIT ${MOST_TIMES}`,
    values: [],
  });
  return rows.map((row) => String(row.cell)).filter((cell) => cell.trim() !== column && !isTotal(cell));
}
