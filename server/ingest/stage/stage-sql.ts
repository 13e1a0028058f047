import { MONEY_COLUMNS } from '../../contract/columns.ts';
import { CATALOG_FIELDS, COUNT_FIELDS, type Field } from '../../contract/imports.ts';
import { sql } from '../../warehouse/warehouse.ts';
import { currencySql } from '../cells/currency-sql.ts';
import { episodeSql, isWholeSql } from '../cells/episodes.ts';
import { EXTRA_ROWS, FIRST_EXTRA } from '../cells/extra-rows.ts';
import { otherCurrency } from '../cells/messages.ts';
import { isOfOtherCurrency } from '../cells/money-signs.ts';
import * as values from '../cells/values.ts';
import { type DataFile, READER_ERRORS, READER_SCANS } from '../read/source.ts';
import { dropTotals } from './part-totals-sql.ts';
import { type ColumnUse, type ImportPlan, MEASURES } from './plan.ts';
import type { StagedColumns, StageExtras } from './staged-columns.ts';
import { asName, asText, Columns, isText, selectStaged } from './staged-columns-sql.ts';
import { stageRates } from './staged-rates-sql.ts';
import { addTime } from './staged-time-sql.ts';

export const STAGED = 'staged';
export const STAGED_CELLS = 'staged_cells';
/** Temporary table from names in `staged` to keys. */
export const NAME_KEY = 'name_key';

/** Before a name that is a title; no id begins with it. */
export const TITLE_MARK = '\u0001';

const INTEGERS = new Set<string>(COUNT_FIELDS);
const SIGNED = new Set<string>(MONEY_COLUMNS);

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

/** The id, else the title after a mark that separates the two (see `keys.ts`). */
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

/** How far a rounded counter may be off, and so its increments. */
function addRounding(plan: ImportPlan, columns: Columns, use: ColumnUse): void {
  if (isText(use) || use.scale !== 1)
    columns.add('rounding', values.roundingOf(asText(use), { ...use, decimal: plan.decimal }));
}

/** A filled cell that is no number, or out of range, makes the row unusable. */
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
  // Nested in CASE, so that blanks are looked for only in cells that are no numbers.
  const whole = texts && name === 'episode' ? ` AND NOT ${isWholeSql(`r_${name}`)}` : '';
  const filled = isText(use) ? `NOT ${values.blank(`r_${name}`)}${whole}` : 'true';
  columns.fault(
    use.field,
    `CASE WHEN ${name} IS NOT NULL THEN ${outOfRange(name)} WHEN r_${name} IS NOT NULL THEN ${filled} END`,
  );
  if (SIGNED.has(name) && isText(use)) faultOtherCurrency(plan, columns, use);
}

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

/** Types whose values all fit the warehouse's. */
export const SAFE_TYPES: ReadonlySet<string> = new Set([
  'BIGINT',
  'INTEGER',
  'SMALLINT',
  'TINYINT',
  'UINTEGER',
  'USMALLINT',
  'UTINYINT',
]);

const isInteger = (name: string) => INTEGERS.has(name) || name === 'episode';

function outOfRange(name: string): string {
  if (isInteger(name)) return `${name} NOT BETWEEN 0 AND ${LARGEST}`;
  return SIGNED.has(name) ? `NOT isfinite(${name})` : `NOT (isfinite(${name}) AND ${name} >= 0)`;
}

/** Ninety such counts still fit 64 bits; nothing real comes near. */
const LARGEST = '100000000000000000';

export const makeCells = (select: string) => sql(`CREATE OR REPLACE TEMP TABLE ${STAGED_CELLS} AS ${select}`);
export const makeStaged = (select: string) => sql(`CREATE OR REPLACE TEMP VIEW ${STAGED} AS ${select}`);
export const FROM_CELLS = `FROM ${STAGED_CELLS}`;
export const allSound = (select: string) => `SELECT * REPLACE (0::UTINYINT AS bad) FROM (${select})`;

export const countTotals = sql(`SELECT count(*) AS rows FROM ${STAGED} WHERE bad = ${EXTRA_ROWS.total}`);

/** Counts rows and faults (`fault_0`…), and values out of range (`range_0`…). @param measures to check for range */
export const inspect = (faults: readonly number[], measures: readonly string[]) => {
  const checks = [
    'count(*) AS rows',
    `count(*) FILTER (bad BETWEEN 1 AND ${FIRST_EXTRA - 1}) AS bad`,
    ...Object.entries(EXTRA_ROWS).map(([row, mark]) => `count(*) FILTER (bad = ${mark}) AS extra_${row}`),
    ...faults.map((i) => `count(*) FILTER (bad = ${i + 1}) > 0 AS fault_${i}`),
    ...measures.map(
      (name, i) => `coalesce(${outOfRange(`min(${name})`)} OR ${outOfRange(`max(${name})`)}, false) AS range_${i}`,
    ),
  ];
  return sql(`SELECT ${checks.join(', ')} FROM ${STAGED}`);
};

export const dropReaderTables = [READER_ERRORS, READER_SCANS].map((table) => sql(`DROP TABLE IF EXISTS ${table}`));

export const dropStagedTables = [
  sql(`DROP VIEW IF EXISTS ${STAGED}`),
  sql(`DROP TABLE IF EXISTS ${STAGED_CELLS}`),
  dropTotals,
  ...dropReaderTables,
];
