import { sql } from '../../warehouse/warehouse.ts';
import { FIRST_EXTRA } from '../cells/extra-rows.ts';
import { literal } from '../cells/sql.ts';
import * as values from '../cells/values.ts';
import { type DataFile, READER_ERRORS } from '../read/source.ts';
import type { ColumnUse, ImportPlan } from './plan.ts';
import { NAME_KEY, STAGED } from './stage-sql.ts';
import { isText } from './staged-columns-sql.ts';

export const countNameless = sql(
  `SELECT count(*) AS n FROM ${STAGED} s JOIN ${NAME_KEY} k ON k.name = s.name WHERE s.bad = 0 AND k.series_key IS NULL AND k.extra IS NULL`,
);
export const countReaderErrors = sql(`SELECT count(*) AS n FROM ${READER_ERRORS}`);
export const firstReaderError = sql(`SELECT min(line) AS line FROM ${READER_ERRORS}`);

export const unusableRows = (select: string, named: boolean, most: number) =>
  sql(`SELECT s.bad, s.cells, s.row_number FROM (${select}) s ${named ? `LEFT JOIN ${NAME_KEY} n ON n.name = s.name` : ''}
      WHERE s.bad BETWEEN 1 AND ${FIRST_EXTRA - 1} ${named ? 'OR (s.bad = 0 AND n.series_key IS NULL AND n.extra IS NULL)' : ''} LIMIT ${most}`);

export const insertRejects = (
  importNo: number,
  rejects: readonly Readonly<Record<'line' | 'column' | 'value' | 'reason' | 'raw', string | number>>[],
) =>
  sql(
    `INSERT INTO reject (import_no, line, "column", value, reason, raw)
        SELECT $1, r.line, r."column", r.value, r.reason, r.raw FROM (SELECT unnest(from_json($2,
          '[{"line":"BIGINT","column":"VARCHAR","value":"VARCHAR","reason":"VARCHAR","raw":"VARCHAR"}]')) AS r)`,
    [importNo, JSON.stringify(rejects)],
  );

/** A unit times a float may leave a tiny fraction, which does not count. */
export const countFractions = (file: DataFile, use: ColumnUse, { decimal }: ImportPlan) => {
  const cell = use.column.sql;
  const number = isText(use)
    ? values.textToDouble(cell, { ...use, decimal })
    : values.typedNumber(cell, 'DOUBLE', use.scale);
  return sql(`SELECT count(*) AS n FROM (SELECT ${number} AS x FROM ${file.numbered}) WHERE abs(x - round(x)) > 0.001`);
};

/** An id as a spreadsheet or the engine writes a float: `7.53135E+18`. */
const SCIENTIFIC = '^[0-9](?:[.][0-9]+)?[eE][+]?(?:1[5-9]|[2-9][0-9])$';

/** Condition: an id has lost digits. @param long whether the workbook cut long numbers, too */
const lostDigits = (long: boolean) =>
  `(regexp_matches(n.id, '${SCIENTIFIC}')${long ? " OR regexp_matches(n.id, '^[0-9]{16,}$')" : ''})`;

export const countLostDigits = (long: boolean) =>
  sql(`SELECT count(*) AS n FROM ${NAME_KEY} n WHERE ${lostDigits(long)}`);

export const lostIdOfSeveral = (long: boolean) =>
  sql(`SELECT n.id, min(trim(s.f_title)) AS one, max(trim(s.f_title)) AS other FROM ${STAGED} s JOIN ${NAME_KEY} n ON n.name = s.name
        WHERE s.bad = 0 AND ${lostDigits(long)} AND trim(s.f_title) <> '' GROUP BY n.id HAVING min(trim(s.f_title)) <> max(trim(s.f_title)) ORDER BY n.id LIMIT 1`);

/** Rows within spans of local time, and the earliest time. @param select stages the file */
export const countWithin = (select: string, spans: readonly { readonly from: string; readonly to: string }[]) => {
  const within = spans.map(
    ({ from, to }) => `(instant >= TIMESTAMP ${literal(from)} AND instant < TIMESTAMP ${literal(to)})`,
  );
  return sql(
    `SELECT count(*) AS n, min(instant)::VARCHAR AS first FROM (${select}) WHERE bad = 0 AND (${within.join(' OR ')})`,
  );
};
