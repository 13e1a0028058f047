/** From `staged` and the dictionaries to rows of `view_log` (or `snapshot`), repeated keys made one row. */
import { flagOf, maybeNumber } from '../../warehouse/row-values.ts';
import type { FreshRows, WriteSession } from '../../warehouse/warehouse.ts';
import { literal } from '../cells/sql.ts';
import type { ImportPlan } from '../stage/plan.ts';
import { NAME_KEY, STAGED, type Staged } from '../stage/stage.ts';
import { PLACE_KEY } from './keys.ts';

export interface Target {
  readonly importNo: number;
  readonly sourceKey: number;
  readonly plan: ImportPlan;
  /** The import whose mended rejects the file brings. */
  readonly mends: Mending | null;
  readonly staged: Staged;
  /** Whether what some platform or source states of a series is another series. */
  readonly parted: boolean;
  /** Whether some of its names are new and may be titles of series. */
  readonly titles: boolean;
  /** Currencies as the file writes them, and their codes. */
  readonly currencies: ReadonlyMap<string, string>;
}

/** Temporary table of rows whose repeated keys were made one row each. */
export const MERGED = 'merged';

const INTEGER_SUMS = new Set(['views', 'valid_views', 'completions', 'likes', 'comments', 'shares', 'favourites']);
/** Measures of which the highest counts, where others are summed. */
export const MAXIMA = new Set(['viewers', 'heat']);

/** Key columns that the file itself varies; the rest are the same in every row. */
function keyColumns(staged: Staged): string[] {
  return [
    'series_key',
    ...(staged.platform || staged.region ? ['platform_key', 'region_key'] : []),
    'day',
    ...(staged.instant ? ['instant'] : []),
    ...(staged.episode ? ['episode'] : []),
    ...(staged.currency ? ['currency'] : []),
  ];
}

/** The usable rows of the file with their keys. */
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
    `${currencySql(target)} AS currency`,
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

function currencySql({ plan, staged, currencies }: Target): string {
  const fallback = plan.currency === null ? 'NULL::VARCHAR' : literal(plan.currency);
  if (!staged.currency || currencies.size === 0) return fallback;
  const cases = [...currencies].map(([text, code]) => `WHEN ${literal(text)} THEN ${literal(code)}`);
  return `CASE s.currency ${cases.join(' ')} ELSE ${fallback} END`;
}

/**
 * `staged`, or where a row covers a week or a month, one row per day of it: whole numbers, the remainder on the latest
 * days. `first` is then the first of them.
 */
function spreadRows({ plan, staged }: Target): string {
  const span = spanOf(plan);
  if (!span) return STAGED;
  const share = staged.measures.map((m) => {
    if (MAXIMA.has(m)) return m;
    return INTEGER_SUMS.has(m)
      ? `(${m} // n + CASE WHEN i >= n - ${m} % n THEN 1 ELSE 0 END)::BIGINT AS ${m}`
      : `${m} / n AS ${m}`;
  });
  const measured =
    staged.measures.length > 0
      ? `EXCLUDE (n, i, ${staged.measures.join(', ')}), ${share.join(', ')}`
      : 'EXCLUDE (n, i)';
  return `(SELECT * ${measured.replace('EXCLUDE (', 'EXCLUDE (day, ')}, (first + i::INTEGER)::DATE AS day FROM (
    SELECT *, unnest(range(n)) AS i FROM (SELECT *, ${span.first} AS first, ${span.days} AS n FROM ${STAGED})))`;
}

const SPANS: Partial<Record<string, { first: string; days: string }>> = {
  week_ending: { first: 'day - 6', days: '7' },
  week_starting: { first: 'day', days: '7' },
  month: { first: `date_trunc('month', day)::DATE`, days: "date_part('day', last_day(day))::BIGINT" },
};

/** Select of the keys of the file's rows with each of their days, and the first day of the row; null where rows cover a day or less. */
export function spanRows(target: Target): string | null {
  if (!spanOf(target.plan)) return null;
  const keys = ['series_key', 'platform_key', 'region_key', 'currency', ...(target.staged.episode ? ['episode'] : [])];
  return `SELECT DISTINCT ${keys.join(', ')}, day, first FROM (${keyedRows(target, ['s.first'])})`;
}

/** A counter's value holds at a moment, whatever span its date stands for: only increments are spread. */
const spanOf = (plan: ImportPlan) =>
  plan.covers === null || plan.viewsAre === 'cumulative' ? undefined : SPANS[plan.covers];

/** Select of the days of the file's usable rows, without the joins that their keys need. */
export function dayRows(target: Target): string {
  return `SELECT day FROM ${spreadRows(target)}
    WHERE bad = 0 AND name NOT IN (SELECT name FROM ${NAME_KEY} WHERE series_key IS NULL)`;
}

/** Appends the file's rows to a table of log rows and gives their number. */
export async function insertRows(
  session: WriteSession,
  table: string,
  target: Target,
  rows = keyedRows(target),
): Promise<number> {
  const { plan, staged } = target;
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
  const before = await count(session, table);
  await session.run({
    text: `INSERT INTO ${table} (import_no, source_key, kind, derived, estimated, ${columns})
      SELECT ${target.importNo}, ${target.sourceKey}, '${kind}', false, ${spanOf(plan) !== undefined}, ${columns} FROM (${rows})`,
    values: [],
  });
  return (await count(session, table)) - before;
}

async function count(session: WriteSession, table: string): Promise<number> {
  const [row] = await session.all({ text: `SELECT count(*) AS n FROM ${table}`, values: [] });
  return maybeNumber(row, 'n') ?? 0;
}

/**
 * The rows to append, where no key stands in more than one row of the file, else null. Where the key is no finer than
 * the rollup's, the sums that it needs anyway show it.
 */
export async function rowsWithoutRepeats(session: WriteSession, target: Target): Promise<FreshRows | null> {
  const { plan, staged } = target;
  const rows = freshRows(target, keyedRows(target));
  // Events may look alike: each is a view of its own. Anything else states a key once.
  if (plan.viewsAre === 'event') return rows;
  if (plan.viewsAre === 'increment' && !staged.instant && !staged.episode && !staged.currency)
    return (await session.sumMonths(rows)) ? null : { ...rows, monthsSummed: true };
  return (await hasRepeats(session, target)) ? null : rows;
}

/**
 * Whether some key stands in more than one of the file's rows. Grouping by the whole key makes about as many groups as
 * rows; where the time is a day, 32 days share a group and each sets a bit of its own: a key that comes again adds to
 * the count and sets no new bit.
 */
async function hasRepeats(session: WriteSession, target: Target): Promise<boolean> {
  const keys = keyColumns(target.staged);
  const byBits = !target.staged.instant;
  const grouped = byBits ? [...keys.filter((k) => k !== 'day'), `${DAY_NUMBER} >> 5`] : keys;
  const repeated = byBits
    ? `bit_count(bit_or(1::UINTEGER << (${DAY_NUMBER} & 31)::UINTEGER)) < count(*)`
    : 'count(*) > 1';
  const [row] = await session.all({
    text: `SELECT count(*) > 0 AS found FROM (SELECT 1 FROM (${keyedRows(target)})
      GROUP BY ${grouped.join(', ')} HAVING ${repeated} LIMIT 1)`,
    values: [],
  });
  return flagOf(row, 'found');
}

/** The same rows for the rollups. */
export function freshRows({ sourceKey, staged }: Target, select: string): FreshRows {
  return { select, sourceKey, columns: staged.measures, timed: staged.instant, monthsSummed: false };
}

const DAY_NUMBER = `(day - DATE '1970-01-01')`;

export interface Merged {
  /** Lines that stand in the file more than once, beyond the first. */
  readonly identical: number;
  /** Keys that several different lines state; of lines that cover several days, spans of days. */
  readonly repeated: number;
}

/**
 * Makes repeated keys one row each in the temporary table `merged`: identical lines count once; else additive
 * fields are summed, levels (heat, viewers, counters) take the maximum. `staged` must carry `line_hash`.
 */
export async function mergeRepeats(session: WriteSession, target: Target): Promise<Merged> {
  const { staged } = target;
  const stated = ['stated_key', 'stated_platform_key', 'region_left_out'];
  const keys = [...new Set([...keyColumns(staged), ...stated, 'platform_key', 'region_key', 'currency'])].join(', ');
  // A counter stated twice for one moment is no sum: the higher value holds.
  const level = (m: string) => MAXIMA.has(m) || target.plan.viewsAre === 'cumulative';
  const sums = staged.measures.map((m) => {
    if (level(m)) return `max(${m}) AS ${m}`;
    return INTEGER_SUMS.has(m) ? `sum(${m})::BIGINT AS ${m}` : `sum(${m}) AS ${m}`;
  });
  const once = staged.measures.map((m) => `any_value(${m}) AS ${m}`);
  if (staged.rounding) {
    sums.push('max(rounding) AS rounding');
    once.push('any_value(rounding) AS rounding');
  }
  // A line is counted on its first day, however many it is spread over.
  const first = spanOf(target.plan) ? 's.first' : 's.day AS first';
  const copies = 'sum(CASE WHEN day = first THEN copies - 1 ELSE 0 END)::BIGINT AS identical';
  await session.run({
    text: `CREATE OR REPLACE TEMP TABLE ${MERGED} AS
      SELECT ${keys}, ${[...sums, 'count(*) AS lines', copies, 'min(first) AS first'].join(', ')} FROM (
        SELECT ${[keys, ...once, 'count(*) AS copies', 'any_value(first) AS first'].join(', ')}
        FROM (${keyedRows(target, ['s.line_hash', first])}) GROUP BY ${keys}, line_hash)
      GROUP BY ${keys}`,
    values: [],
  });
  const spans = keyColumns(staged).filter((k) => k !== 'day');
  const [row] = await session.all({
    text: `SELECT coalesce(sum(identical), 0)::BIGINT AS identical, (SELECT count(*) FROM (
        SELECT DISTINCT ${spans.join(', ')}, first FROM ${MERGED} WHERE lines > 1)) AS repeated FROM ${MERGED}`,
    values: [],
  });
  return { identical: maybeNumber(row, 'identical') ?? 0, repeated: maybeNumber(row, 'repeated') ?? 0 };
}

/** The import that is mended, and in whose place it counts. */
export interface Mending {
  readonly importNo: number;
  readonly placeNo: number;
}
