import { INVISIBLE } from '../../vocabulary/text.ts';
import { type Statement, sql } from '../../warehouse/warehouse.ts';
import { literal } from '../cells/sql.ts';
import { LONGEST_SAMPLED } from './records.ts';

const SAMPLED = 200;

/** `name`, `type`, and whether the name has invisible characters (`odd`). */
export const describeColumns = (relation: string): Statement =>
  sql(`SELECT column_name AS name, column_type AS type, name <> translate(name, '${INVISIBLE}', '') AS odd
          FROM (DESCRIBE SELECT * FROM ${relation})`);

export const sampleOf = (relation: string): Statement =>
  sql(`SELECT left(COLUMNS(*)::VARCHAR, ${LONGEST_SAMPLED}) FROM ${relation} LIMIT ${SAMPLED}`);

export const rowsInFooter = (path: string): Statement =>
  sql(`SELECT sum(num_rows)::BIGINT AS n FROM parquet_file_metadata(${literal(path)})`);
