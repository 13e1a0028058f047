/** Sums of `view_log`, kept in step in its own transaction: added to, or rebuilt for the touched days. */
import { OPENED_COLUMNS, SUMMED_COLUMNS, WHOLE_COLUMNS } from '../../contract/columns.ts';
import { FRESH_MONTH, type FreshRows, type WriteSession } from '../warehouse.ts';

type Session = Pick<WriteSession, 'all' | 'run'>;

const INTEGERS: ReadonlySet<string> = new Set(WHOLE_COLUMNS);
/** Over increments. */
const SUMMED = SUMMED_COLUMNS;
/** Over openings. */
const OPENINGS = OPENED_COLUMNS.map((name) => `opening_${name}`);

const sum = (column: string, over: string, filter = '') => {
  const total = `sum(${over})${filter}`;
  return INTEGERS.has(column.replace('opening_', '')) ? `(${total})::BIGINT` : total;
};

interface Rollup {
  readonly table: 'series_day' | 'platform_month';
  readonly time: string;
  readonly keys: readonly string[];
  /** Column → aggregate, for adding up rows of the rollup itself. */
  readonly folds: ReadonlyMap<string, string>;
}

const folded = [
  ...SUMMED.map((c) => [c, sum(c, c)] as const),
  ...OPENINGS.map((c) => [c, sum(c, c)] as const),
  ['viewers', 'max(viewers)'] as const,
];

const DAY: Rollup = {
  table: 'series_day',
  time: 'day',
  keys: ['day', 'series_key', 'market'],
  folds: new Map([['timed', 'bool_and(timed)'], ...folded]),
};

const MONTH: Rollup = {
  table: 'platform_month',
  time: 'month',
  keys: ['month', 'series_key', 'platform_key', 'region_key', 'source_key'],
  folds: new Map([
    ...folded,
    ['heat_max', 'max(heat_max)'],
    ['heat_sum', 'sum(heat_sum)'],
    ['heat_rows', 'sum(heat_rows)::BIGINT'],
  ]),
};

function summed(relation: string, keys: readonly string[], sums: ReadonlyMap<string, string>): string {
  const columns = [...keys, ...[...sums].map(([name, aggregate]) => `${aggregate} AS ${name}`)];
  return `SELECT ${columns.join(', ')} FROM ${relation} GROUP BY ${keys.map((_, i) => i + 1).join(', ')}`;
}

/** Column → aggregate. */
function measuresOf(rows: FreshRows): (readonly [string, string])[] {
  const filled = new Set(rows.columns);
  const sums = SUMMED.filter((c) => filled.has(c)).map((c) => [c, sum(c, c)] as const);
  return filled.has('viewers') ? [...sums, ['viewers', 'max(viewers)']] : sums;
}

function daySums(rows: FreshRows): ReadonlyMap<string, string> {
  return new Map([['timed', rows.timed ? 'bool_and(instant IS NOT NULL)' : 'false'], ...measuresOf(rows)]);
}

function monthSums(rows: FreshRows): ReadonlyMap<string, string> {
  const heat: (readonly [string, string])[] = rows.columns.includes('heat')
    ? [
        ['heat_max', 'max(heat)'],
        ['heat_sum', 'sum(heat)'],
        ['heat_rows', 'count(heat)'],
      ]
    : [['heat_rows', '0::BIGINT']];
  return new Map([...measuresOf(rows), ...heat]);
}

const monthKeys = (rows: FreshRows) => [
  `date_trunc('month', day)::DATE AS month`,
  'series_key',
  'platform_key',
  'region_key',
  `${rows.sourceKey}::SMALLINT AS source_key`,
];

/** See `WriteSession.sumMonths`. Each day sets a bit: a day that comes again adds a row and no bit. */
export async function sumMonths(session: Session, rows: FreshRows): Promise<boolean> {
  const sums = new Map([
    ...monthSums(rows),
    ['rows', 'count(*)'],
    ['days', `bit_or(1::UINTEGER << date_part('day', day)::UINTEGER)`],
  ]);
  await session.run({
    text: `CREATE OR REPLACE TEMP TABLE ${FRESH_MONTH} AS ${summed(`(${rows.select}) f`, monthKeys(rows), sums)}`,
    values: [],
  });
  const [row] = await session.all({
    text: `SELECT count(*) > 0 AS found FROM ${FRESH_MONTH} WHERE bit_count(days) < rows`,
    values: [],
  });
  return row?.found === true;
}

/** Sums go in as they are if the rollup has no row between the days (ISO), else both are folded. */
export async function addToRollups(session: Session, rows: FreshRows, from: string, to: string): Promise<void> {
  const days = daySums(rows);
  const byRegion = `(${rows.select}) f JOIN region r ON r.region_key = f.region_key`;
  await add(session, DAY, summed(byRegion, ['day', 'series_key', 'r.market'], days), days, from, to);
  const months = monthSums(rows);
  const fresh = rows.monthsSummed
    ? `SELECT ${[...MONTH.keys, ...months.keys()].join(', ')} FROM ${FRESH_MONTH}`
    : summed(`(${rows.select}) f`, monthKeys(rows), months);
  await add(session, MONTH, fresh, months, from, to);
  await refreshSeriesMonths(session, from, to);
}

async function add(
  session: Session,
  rollup: Rollup,
  fresh: string,
  sums: ReadonlyMap<string, string>,
  from: string,
  to: string,
): Promise<void> {
  const { table, time } = rollup;
  const first = time === 'month' ? `date_trunc('month', $1::DATE)::DATE` : '$1::DATE';
  const within = `${time} BETWEEN ${first} AND $2::DATE`;
  const values = [from, to];
  const names = [...rollup.keys, ...sums.keys()].join(', ');
  const [row] = await session.all({ text: `SELECT count(*) > 0 AS found FROM ${table} WHERE ${within}`, values });
  if (row?.found !== true) {
    await session.run({
      text: `INSERT INTO ${table} (${names}) SELECT ${names} FROM (${fresh}) ORDER BY ${time}, series_key`,
      values: [],
    });
    return;
  }
  const columns = [...rollup.keys, ...rollup.folds.keys()];
  const both = `SELECT ${columns.join(', ')} FROM ${table} WHERE ${within}
    UNION ALL BY NAME SELECT * FROM (${fresh})`;
  const folds = [...rollup.folds].map(([name, fold]) => `${fold} AS ${name}`);
  await session.run({
    text: `CREATE OR REPLACE TEMP TABLE folded AS SELECT ${[...rollup.keys, ...folds].join(', ')} FROM (${both}) GROUP BY ${rollup.keys.join(', ')}`,
    values,
  });
  await session.run({ text: `DELETE FROM ${table} WHERE ${within}`, values });
  await session.run({
    text: `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${columns.join(', ')} FROM folded ORDER BY ${time}, series_key`,
    values: [],
  });
  await session.run({ text: 'DROP TABLE folded', values: [] });
}

const aggregates = [
  ...SUMMED.map((c) => sum(c, c, ` FILTER (kind = 'increment')`)),
  ...OPENINGS.map((c) => sum(c, c.replace('opening_', ''), ` FILTER (kind = 'opening')`)),
  'max(viewers)',
].join(', ');
const measured = [...SUMMED, ...OPENINGS, 'viewers'].join(', ');

/** For business days (ISO) and their whole months. `only`: condition on series_key, if only some were touched. */
export async function rebuildRollups(session: Session, from: string, to: string, only = 'true'): Promise<void> {
  const values = [from, to];
  await session.run({ text: `DELETE FROM series_day WHERE day BETWEEN $1::DATE AND $2::DATE AND ${only}`, values });
  await session.run({
    text: `INSERT INTO series_day (day, series_key, market, timed, ${measured})
      SELECT day, series_key, r.market, bool_and(instant IS NOT NULL), ${aggregates}
      FROM view_log JOIN region r USING (region_key)
      WHERE day BETWEEN $1::DATE AND $2::DATE AND ${only}
      GROUP BY day, series_key, r.market ORDER BY day, series_key`,
    values,
  });
  const months = `day >= date_trunc('month', $1::DATE) AND day < date_trunc('month', $2::DATE) + INTERVAL 1 MONTH`;
  await session.run({
    text: `DELETE FROM platform_month WHERE month BETWEEN date_trunc('month', $1::DATE) AND $2::DATE AND ${only}`,
    values,
  });
  await session.run({
    text: `INSERT INTO platform_month (month, series_key, platform_key, region_key, source_key, ${measured}, heat_max, heat_sum, heat_rows)
      SELECT date_trunc('month', day)::DATE AS month, series_key, platform_key, region_key, source_key, ${aggregates},
        max(heat), sum(heat), count(heat)
      FROM view_log WHERE ${months} AND ${only}
      GROUP BY month, series_key, platform_key, region_key, source_key ORDER BY month, series_key`,
    values,
  });
  await refreshSeriesMonths(session, from, to, only);
}

/** From `platform_month`, for the months of the days. */
async function refreshSeriesMonths(session: Session, from: string, to: string, only = 'true'): Promise<void> {
  const months = `month BETWEEN date_trunc('month', $1::DATE)::DATE AND $2::DATE AND ${only}`;
  const values = [from, to];
  const folds = folded.map(([name, fold]) => `${fold} AS ${name}`).join(', ');
  await session.run({ text: `DELETE FROM series_month WHERE ${months}`, values });
  await session.run({
    text: `INSERT INTO series_month BY NAME
      SELECT month, series_key, r.market, ${folds} FROM platform_month JOIN region r USING (region_key)
      WHERE ${months} GROUP BY month, series_key, r.market ORDER BY month, series_key`,
    values,
  });
}
