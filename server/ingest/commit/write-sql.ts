/** SQL from `staged` and the dictionaries to rows of the log. */

import { HIGHEST_COLUMNS, WHOLE_COLUMNS } from '../../contract/columns.ts';
import { sql } from '../../warehouse/warehouse.ts';
import { literal } from '../cells/sql.ts';
import type { ImportPlan } from '../stage/plan.ts';
import type { Staged } from '../stage/stage.ts';
import { NAME_KEY, STAGED } from '../stage/stage-sql.ts';
import { PLACE_KEY } from './keys-sql.ts';
import type { Target } from './target.ts';

export const MERGED = 'merged';

const WHOLE = new Set<string>(WHOLE_COLUMNS);
const HIGHEST = new Set<string>(HIGHEST_COLUMNS);

/** Whether the highest of several values counts; else they add up. A counter stated twice for one moment is no sum. */
export const isHighest = (measure: string, counters: boolean) => counters || HIGHEST.has(measure);

export const folded = (measure: string, counters: boolean): string => {
  if (isHighest(measure, counters)) return `max(${measure}) AS ${measure}`;
  return WHOLE.has(measure) ? `sum(${measure})::BIGINT AS ${measure}` : `sum(${measure}) AS ${measure}`;
};

/** Key columns that vary within the file; the others are the same in every row. */
const keyColumns = (staged: Staged): string[] => [
  'series_key',
  ...(staged.platform || staged.region ? ['platform_key', 'region_key'] : []),
  'day',
  ...(staged.instant ? ['instant'] : []),
  ...(staged.episode ? ['episode'] : []),
  ...(staged.currency ? ['currency'] : []),
];

export function keyedRows(target: Target, extra: readonly string[] = []): string {
  const { staged } = target;
  const place = [
    staged.platform ? 'p.platform IS NOT DISTINCT FROM s.platform' : null,
    staged.region ? 'p.region IS NOT DISTINCT FROM s.region' : null,
  ].filter((c) => c !== null);
  const columns = [
    ...seriesColumns(target),
    'p.platform_key',
    'p.stated_platform_key',
    'p.region_key',
    'p.region_left_out',
    's.day',
    ...(staged.instant ? ['s.instant'] : []),
    ...(staged.episode ? ['s.episode'] : []),
    `${currencyOfRow(target)} AS currency`,
    ...staged.measures.map((m) => `s.${m}`),
    ...(staged.rounding ? ['s.rounding'] : []),
    ...extra,
  ];
  return `SELECT ${columns.join(', ')}
    FROM ${spreadRows(target)} s JOIN ${NAME_KEY} n ON n.name = s.name JOIN ${PLACE_KEY} p ON ${place.join(' AND ') || 'true'}
    ${target.parted ? partJoins(target.sourceKey) : ''}
    WHERE s.bad = 0 AND n.series_key IS NOT NULL`;
}

const NAME = 'coalesce(n.stated_key, n.series_key)';
const partJoins = (sourceKey: number) => `
    LEFT JOIN series_parted by_platform ON by_platform.series_key = ${NAME} AND by_platform.platform_key = p.platform_key
    LEFT JOIN series_parted by_source ON by_source.series_key = ${NAME} AND by_source.source_key = ${sourceKey}`;

function seriesColumns({ parted }: Target): string[] {
  if (!parted) return ['n.series_key', 'n.stated_key'];
  const into = 'coalesce(by_platform.into_key, by_source.into_key, n.series_key)';
  return [`${into} AS series_key`, `nullif(${NAME}, ${into}) AS stated_key`];
}

function currencyOfRow({ plan, staged, currencies }: Target): string {
  const fallback = plan.currency === null ? 'NULL::VARCHAR' : literal(plan.currency);
  if (!staged.currency || currencies.size === 0) return fallback;
  const cases = [...currencies].map(([text, code]) => `WHEN ${literal(text)} THEN ${literal(code)}`);
  return `CASE s.currency ${cases.join(' ')} ELSE ${fallback} END`;
}

const SPANS: Partial<Record<string, { first: string; days: string }>> = {
  week_ending: { first: 'day - 6', days: '7' },
  week_starting: { first: 'day', days: '7' },
  month: { first: `date_trunc('month', day)::DATE`, days: "date_part('day', last_day(day))::BIGINT" },
};

/** A counter's value is of a moment, whatever its date covers: only increments are spread. */
const spanOf = (plan: ImportPlan) =>
  plan.covers === null || plan.viewsAre === 'cumulative' ? undefined : SPANS[plan.covers];

/** `staged`; of a week or month a row a day from `first` on: whole numbers, the remainder on the latest days. */
function spreadRows({ plan, staged }: Target): string {
  const span = spanOf(plan);
  if (!span) return STAGED;
  const share = staged.measures.map((m) => {
    if (HIGHEST.has(m)) return m;
    return WHOLE.has(m)
      ? `(${m} // n + CASE WHEN i >= n - ${m} % n THEN 1 ELSE 0 END)::BIGINT AS ${m}`
      : `${m} / n AS ${m}`;
  });
  const replaced = ['day', 'n', 'i', ...staged.measures].join(', ');
  return `(SELECT * EXCLUDE (${replaced})${share.map((s) => `, ${s}`).join('')}, (first + i::INTEGER)::DATE AS day FROM (
    SELECT *, unnest(range(n)) AS i FROM (SELECT *, ${span.first} AS first, ${span.days} AS n FROM ${STAGED})))`;
}

export const spanKeys = (staged: Staged): string[] => [
  'series_key',
  'platform_key',
  'region_key',
  'currency',
  ...(staged.episode ? ['episode'] : []),
];

/** Select of the file's keys with each day and the first day of the row; null if rows cover a day or less. */
export function spanRows(target: Target): string | null {
  if (!spanOf(target.plan)) return null;
  return `SELECT DISTINCT ${spanKeys(target.staged).join(', ')}, day, first FROM (${keyedRows(target, ['s.first'])})`;
}

export const daysOfRows = (target: Target) =>
  sql(`SELECT min(day)::VARCHAR AS "from", max(day)::VARCHAR AS "to" FROM (SELECT day FROM ${spreadRows(target)}
    WHERE bad = 0 AND name NOT IN (SELECT name FROM ${NAME_KEY} WHERE series_key IS NULL))`);

export function appendRows(table: string, { importNo, sourceKey, plan, staged }: Target, rows: string) {
  const kind = plan.viewsAre === 'cumulative' ? 'snapshot' : 'increment';
  const columns = [
    'series_key',
    'stated_key',
    'platform_key',
    'stated_platform_key',
    'region_key',
    'region_left_out',
    'day',
    ...(staged.instant ? ['instant'] : []),
    ...(staged.episode ? ['episode'] : []),
    'currency',
    ...staged.measures,
    ...(staged.rounding ? ['rounding'] : []),
  ].join(', ');
  return sql(`INSERT INTO ${table} (import_no, source_key, kind, derived, estimated, ${columns})
      SELECT ${importNo}, ${sourceKey}, '${kind}', false, ${spanOf(plan) !== undefined}, ${columns} FROM (${rows})`);
}

export const countRows = (table: string) => sql(`SELECT count(*) AS n FROM ${table}`);

const DAY_NUMBER = `(day - DATE '1970-01-01')`;

/**
 * Whether a key stands in several rows. Grouping by the whole key makes about as many groups as rows. So 32 days share
 * a group and each sets a bit: a repeated key adds to the count and sets no new bit.
 */
export function anyRepeats(target: Target) {
  const keys = keyColumns(target.staged);
  const byBits = !target.staged.instant;
  const grouped = byBits ? [...keys.filter((k) => k !== 'day'), `${DAY_NUMBER} >> 5`] : keys;
  const repeated = byBits
    ? `bit_count(bit_or(1::UINTEGER << (${DAY_NUMBER} & 31)::UINTEGER)) < count(*)`
    : 'count(*) > 1';
  return sql(`SELECT count(*) > 0 AS found FROM (SELECT 1 FROM (${keyedRows(target)})
      GROUP BY ${grouped.join(', ')} HAVING ${repeated} LIMIT 1)`);
}

export function makeMerged(target: Target) {
  const { plan, staged } = target;
  const stated = ['stated_key', 'stated_platform_key', 'region_left_out'];
  const keys = [...new Set([...keyColumns(staged), ...stated, 'platform_key', 'region_key', 'currency'])].join(', ');
  const sums = staged.measures.map((m) => folded(m, plan.viewsAre === 'cumulative'));
  const once = staged.measures.map((m) => `any_value(${m}) AS ${m}`);
  if (staged.rounding) {
    sums.push('max(rounding) AS rounding');
    once.push('any_value(rounding) AS rounding');
  }
  // A line is counted on its first day only.
  const first = spanOf(plan) ? 's.first' : 's.day AS first';
  const copies = 'sum(CASE WHEN day = first THEN copies - 1 ELSE 0 END)::BIGINT AS identical';
  return sql(`CREATE OR REPLACE TEMP TABLE ${MERGED} AS
      SELECT ${keys}, ${[...sums, 'count(*) AS lines', copies, 'min(first) AS first'].join(', ')} FROM (
        SELECT ${[keys, ...once, 'count(*) AS copies', 'any_value(first) AS first'].join(', ')}
        FROM (${keyedRows(target, ['s.line_hash', first])}) GROUP BY ${keys}, line_hash)
      GROUP BY ${keys}`);
}

export const mergedRows = `FROM ${MERGED}`;

/** Lines that stand in the file again, and keys that different lines state. */
export function countMerged(staged: Staged) {
  const spans = keyColumns(staged).filter((k) => k !== 'day');
  return sql(`SELECT coalesce(sum(identical), 0)::BIGINT AS identical, (SELECT count(*) FROM (
        SELECT DISTINCT ${spans.join(', ')}, first FROM ${MERGED} WHERE lines > 1)) AS repeated FROM ${MERGED}`);
}
