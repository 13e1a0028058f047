/**
 * From a file to `staged`: one row per row of the file, with typed values, the raw names that `keys.ts` turns into
 * keys, and `bad`, the number of the field that makes the row useless (0 where none does).
 */

import { CATALOG_FIELDS, COUNT_FIELDS, type Field } from '../../contract/imports.ts';
import { flagOf, numberOf } from '../../warehouse/row-values.ts';
import type { StagingSession } from '../../warehouse/warehouse.ts';
import { currencySql } from '../cells/currency-sql.ts';
import { episodeSql, isWholeSql } from '../cells/episodes.ts';
import { EXTRA_ROWS, FIRST_EXTRA } from '../cells/extra-rows.ts';
import { isOfOtherCurrency, otherCurrency } from '../cells/money-signs.ts';
import * as values from '../cells/values.ts';
import { type DataFile, READER_ERRORS, READER_SCANS } from '../read/source.ts';
import { findPartTotals, markedSelect, markSql, STAGED_TOTALS } from './part-totals.ts';
import { type ColumnUse, type ImportPlan, MEASURES } from './plan.ts';
import {
  asName,
  asText,
  Columns,
  isText,
  type PartTotals,
  type StagedColumns,
  type StageExtras,
  selectStaged,
} from './staged-columns.ts';
import { stageRates } from './staged-rates.ts';
import { addTime } from './staged-time.ts';

export const STAGED = 'staged';
/** Where the cells of a delimited file rest; Parquet is read where it lies. */
const STAGED_CELLS = 'staged_cells';

export interface Staged extends StagedColumns {
  readonly rows: number;
  /** Rows that cannot be used. */
  readonly bad: number;
  /** Rows that are no facts (`extra-rows.ts`), by what they are; those that only their name tells are counted later. */
  readonly extra: Readonly<Record<string, number>>;
}

const INTEGERS = new Set<string>(COUNT_FIELDS);
const SIGNED = new Set<string>(['revenue', 'spend']);

/** The select that stages a file. */
export function stageSelect(
  file: DataFile,
  plan: ImportPlan,
  extras: StageExtras = {},
): { sql: string; staged: StagedColumns } {
  if (plan.kind === 'rates') return stageRates(file, plan, extras);
  const columns = new Columns();
  const log = plan.kind === 'log';
  const plain = extras.plain ?? new Set<Field>();
  if (log) addTime(plan, columns, plain);
  addName(file, plan, columns);
  for (const field of log ? (['platform', 'region', 'currency'] as const) : []) {
    const use = plan.uses.get(field);
    if (use) columns.add(field, asName(use, file));
  }
  const measures = log ? addMeasures(plan, columns, plain) : [];
  const episode = log ? plan.uses.get('episode') : undefined;
  if (episode) addNumber(plan, columns, episode, 'episode', plain);
  const catalog = CATALOG_FIELDS.filter((f) => f !== 'series_id' && plan.uses.has(f));
  for (const field of catalog) {
    const use = plan.uses.get(field);
    if (use) columns.add(`f_${field}`, asName(use, file));
  }
  if (extras.lineHash) columns.add('line_hash', `hash(${file.columns.map((c) => c.sql).join(', ')})`);
  columns.content.push(
    ...measures.filter((m) => m !== 'views' || plan.uses.has('views')).map((m) => `${m} IS NULL`),
    ...catalog.map((f) => `coalesce(trim(f_${f}), '') = ''`),
  );
  return {
    sql: selectStaged(file, columns, extras),
    staged: {
      instant: columns.has('instant'),
      platform: columns.has('platform'),
      region: columns.has('region'),
      episode: episode !== undefined,
      currency: columns.has('currency'),
      yearless: columns.has('yearless'),
      rounding: columns.has('rounding'),
      measures,
      catalog,
      faults: columns.faults.map(([field]) => field),
      reasons: columns.faults.map(([, , reason]) => reason),
    },
  };
}

/** Series name: the id, else the title behind a mark that keeps the two apart (see `keys.ts`). */
function addName(file: DataFile, plan: ImportPlan, columns: Columns): void {
  const id = plan.uses.get('series_id');
  const title = plan.uses.get('title');
  if (id && title)
    columns.add(
      'name',
      `CASE WHEN ${values.present(asText(id))} THEN ${asName(id, file)} ELSE '${TITLE_MARK}' || ${asName(title, file)} END`,
    );
  else if (id) columns.add('name', asName(id, file));
  else if (title) columns.add('name', `'${TITLE_MARK}' || ${asName(title, file)}`);
  const named = title ?? id;
  if (named) columns.tell('r_name', named);
  columns.fault(id ? 'series_id' : 'title', 'name IS NULL');
}

/** Stands before a name that is a title; no id begins with it. */
export const TITLE_MARK = '\u0001';

function addMeasures(plan: ImportPlan, columns: Columns, plain: ReadonlySet<Field>): string[] {
  const names: string[] = [];
  for (const use of plan.uses.values()) {
    if (!MEASURES.has(use.field)) continue;
    const hours = use.field === 'watch_hours';
    const name = hours ? 'watch_seconds' : use.field;
    if (hours && plan.uses.has('watch_seconds')) continue;
    if (use.field === 'views' && plan.viewsAre === 'cumulative' && !(plain.has('views') && use.scale === 1))
      addRounding(plan, columns, use);
    addNumber(plan, columns, hours ? { ...use, scale: use.scale * 3600 } : use, name, plain);
    names.push(name);
  }
  if (plan.viewsAre === 'event' && !names.includes('views')) {
    columns.add('views', '1::BIGINT');
    names.push('views');
  }
  return names;
}

/** How far a counter may be off that the file rounds; increments are differences of it. */
function addRounding(plan: ImportPlan, columns: Columns, use: ColumnUse): void {
  if (isText(use) || use.scale !== 1)
    columns.add('rounding', values.roundingOf(asText(use), { ...use, decimal: plan.decimal }));
}

/** A number; what is filled but no number, or too large or too small for its field, makes the row useless. */
function addNumber(plan: ImportPlan, columns: Columns, use: ColumnUse, name: string, plain: ReadonlySet<Field>): void {
  const { sql: cell, type } = use.column;
  const as = isInteger(name) ? 'BIGINT' : 'DOUBLE';
  const easy = plain.has(use.field);
  const careful = as === 'BIGINT' ? values.textToInteger : values.textToDouble;
  const texts = !easy && isText(use);
  const number = texts ? careful(cell, { ...use, decimal: plan.decimal }) : values.typedNumber(cell, as, use.scale);
  const parse = texts && name === 'episode' ? episodeSql(cell, number) : number;
  columns.add(name, name === 'episode' ? `TRY_CAST(${parse} AS INTEGER)` : parse);
  if (easy && SAFE_TYPES.has(type)) return;
  columns.add(`r_${name}`, cell);
  if (easy) {
    columns.fault(use.field, `${name} IS NULL AND r_${name} IS NOT NULL`);
    return;
  }
  // Nested in CASE, so that the list of blanks is asked only about cells that are no numbers.
  const whole = texts && name === 'episode' ? ` AND NOT ${isWholeSql(`r_${name}`)}` : '';
  const filled = isText(use) ? `NOT ${values.blank(`r_${name}`)}${whole}` : 'true';
  columns.fault(
    use.field,
    `CASE WHEN ${name} IS NOT NULL THEN ${outOfRange(name)} WHEN r_${name} IS NOT NULL THEN ${filled} END`,
  );
  if (SIGNED.has(name) && isText(use)) faultOtherCurrency(plan, columns, use);
}

/** A sum of money whose sign is not of the row's currency. */
function faultOtherCurrency(plan: ImportPlan, columns: Columns, { field }: ColumnUse): void {
  const stated = plan.uses.get('currency');
  if (stated && !columns.has('r_currency')) columns.add('r_currency', currencySql(asText(stated)));
  const ofRow = stated ? 'r_currency' : null;
  columns.fault(
    field,
    `CASE WHEN ${field} IS NOT NULL AND TRY_CAST(r_${field} AS DOUBLE) IS NULL
      THEN ${isOfOtherCurrency(`r_${field}`, plan.currency ?? 'CNY', ofRow)} END`,
    otherCurrency(stated ? null : plan.currency),
  );
}

/** Types whose every value casts to what the warehouse keeps. */
const SAFE_TYPES = new Set(['BIGINT', 'INTEGER', 'SMALLINT', 'TINYINT', 'UINTEGER', 'USMALLINT', 'UTINYINT']);

const isInteger = (name: string) => INTEGERS.has(name) || name === 'episode';

function outOfRange(name: string): string {
  if (isInteger(name)) return `${name} NOT BETWEEN 0 AND ${LARGEST}`;
  return SIGNED.has(name) ? `NOT isfinite(${name})` : `NOT (isfinite(${name}) AND ${name} >= 0)`;
}

/** Sums of more than ninety such counts would no longer fit 64 bits; nothing real comes near. */
const LARGEST = '100000000000000000';

/** Fields whose first cells say that the plain reading will do. */
export function plainFields(plan: ImportPlan): Set<Field> {
  const plain = new Set<Field>();
  for (const { field, column } of plan.uses.values()) {
    if (NUMBERS.has(field) && SAFE_TYPES.has(column.type)) plain.add(field);
    const reading = field === 'time' ? (['date', 'local'] as const) : NUMBERS.has(field) ? (['number'] as const) : [];
    // With a decimal comma the engine's cast would take 1.234 for a fraction.
    if (NUMBERS.has(field) && plan.decimal === 'comma') continue;
    if (field === 'time' && plan.dates.format) continue;
    if (reading.some((r) => values.isPlain(r, column.cells))) plain.add(field);
  }
  return plain;
}

const NUMBERS = new Set<Field>([...MEASURES, 'episode', 'hour']);

/**
 * Stages a delimited file into a temporary table, Parquet as a view over it (its columns are cheap to read again).
 * Columns that look plain are read plainly first; where a cell further down is not, the file is read again with care.
 */
export async function stage(
  session: StagingSession,
  file: DataFile,
  plan: ImportPlan,
  extras: StageExtras = {},
): Promise<Staged> {
  const plain = extras.plain ? new Set(extras.plain) : plainFields(plan);
  for (;;) {
    await dropReaderTables(session);
    const { sql, staged } = stageSelect(file, plan, { ...extras, plain });
    const run = (text: string) => session.run({ text, values: [] });
    if (file.format === 'csv') await run(`CREATE OR REPLACE TEMP TABLE ${STAGED_CELLS} AS ${sql}`);
    await run(`CREATE OR REPLACE TEMP VIEW ${STAGED} AS ${file.format === 'csv' ? `FROM ${STAGED_CELLS}` : sql}`);
    const { counts, again } = await inspectStaged(session, plan, staged, plain);
    if (again.length === 0) {
      const sound = counts.bad === 0 && Object.values(counts.extra).every((rows) => rows === 0);
      // Every further pass over the file would look for faults again in all of its columns.
      if (sound && file.format !== 'csv')
        await run(`CREATE OR REPLACE TEMP VIEW ${STAGED} AS SELECT * REPLACE (0::UTINYINT AS bad) FROM (${sql})`);
      const totals =
        extras.totals && plan.kind === 'log' && (await findPartTotals(session, STAGED, plan, staged, extras.totals));
      if (totals) return markTotals(session, file, sql, { staged, counts, totals });
      return { ...staged, ...counts };
    }
    for (const field of again) plain.delete(field);
  }
}

type Counts = Pick<Staged, 'rows' | 'bad' | 'extra'>;

/** Marks the rows that are sums of others (`part-totals.ts`), and counts them with the other totals. */
async function markTotals(
  session: StagingSession,
  file: DataFile,
  sql: string,
  { staged, counts, totals }: { staged: StagedColumns; counts: Counts; totals: PartTotals },
): Promise<Staged> {
  const text =
    file.format === 'csv'
      ? markSql(STAGED_CELLS, totals)
      : `CREATE OR REPLACE TEMP VIEW ${STAGED} AS ${markedSelect(sql, totals)}`;
  await session.run({ text, values: [] });
  const marked = `SELECT count(*) AS rows FROM ${STAGED} WHERE bad = ${EXTRA_ROWS.total}`;
  const [row] = await session.all({ text: marked, values: [] });
  return { ...staged, ...counts, extra: { ...counts.extra, total: numberOf(row, 'rows') } };
}

/**
 * Counts what was staged, and names the plainly read fields that need care after all: a cell is no number or date, or
 * an extreme is out of range.
 */
async function inspectStaged(
  session: StagingSession,
  plan: ImportPlan,
  staged: StagedColumns,
  plain: ReadonlySet<Field>,
): Promise<{ counts: Counts; again: Field[] }> {
  const extras = Object.entries(EXTRA_ROWS);
  const measured = [...staged.measures, ...(staged.episode ? ['episode'] : [])];
  const ranged = [...plan.uses.values()]
    .map(({ field }) => ({ field, name: field === 'watch_hours' ? 'watch_seconds' : field }))
    .filter(({ field, name }) => plain.has(field) && measured.includes(name));
  // What is plain and wrong for a reason of its own reads no better with care.
  const isReadAgain = (field: Field, fault: number) => plain.has(field) && staged.reasons?.[fault] === undefined;
  const checks = [
    'count(*) AS rows',
    `count(*) FILTER (bad BETWEEN 1 AND ${FIRST_EXTRA - 1}) AS bad`,
    ...extras.map(([row, mark]) => `count(*) FILTER (bad = ${mark}) AS extra_${row}`),
    ...staged.faults.flatMap((field, i) =>
      isReadAgain(field, i) ? [`count(*) FILTER (bad = ${i + 1}) > 0 AS fault_${i}`] : [],
    ),
    ...ranged.map(
      ({ name }, i) => `coalesce(${outOfRange(`min(${name})`)} OR ${outOfRange(`max(${name})`)}, false) AS range_${i}`,
    ),
  ];
  const [row] = await session.all({ text: `SELECT ${checks.join(', ')} FROM ${STAGED}`, values: [] });
  const faulty = staged.faults.filter((field, i) => isReadAgain(field, i) && flagOf(row, `fault_${i}`));
  const extreme = ranged.filter((_, i) => flagOf(row, `range_${i}`)).map(({ field }) => field);
  const extra = Object.fromEntries(extras.map(([name]) => [name, numberOf(row, `extra_${name}`)]));
  return {
    counts: { rows: numberOf(row, 'rows'), bad: numberOf(row, 'bad'), extra },
    again: [...faulty, ...extreme],
  };
}

async function dropReaderTables(session: StagingSession): Promise<void> {
  for (const table of [READER_ERRORS, READER_SCANS])
    await session.run({ text: `DROP TABLE IF EXISTS ${table}`, values: [] });
}

/** Forgets what was staged, however far it came. */
export async function dropStaged(session: StagingSession): Promise<void> {
  await session.run({ text: `DROP VIEW IF EXISTS ${STAGED}`, values: [] });
  for (const table of [STAGED_CELLS, STAGED_TOTALS])
    await session.run({ text: `DROP TABLE IF EXISTS ${table}`, values: [] });
  await dropReaderTables(session);
}

/** Temporary tables that join `staged` to keys: by `name`, and by `platform` and `region` as written. */
export const NAME_KEY = 'name_key';
