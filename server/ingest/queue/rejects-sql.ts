import { type Statement, sql } from '../../warehouse/warehouse.ts';
import { LONGEST_KEPT } from '../read/refused.ts';

export const headerOfRejects = (importNo: number): Statement =>
  sql('SELECT delimiter, header FROM reject_header WHERE import_no = $1', [importNo]);

/** How many rejects are kept whole, `n`. Lines were cut by their length in UTF-16, in which what is beyond U+FFFF counts twice. */
export const wholeRejects = (importNo: number): Statement =>
  sql(
    `SELECT count(*)::DOUBLE AS n FROM reject WHERE import_no = $1
      AND length(raw) + length(regexp_replace(raw, '[^\\x{10000}-\\x{10FFFF}]', '', 'g')) < $2`,
    [importNo, LONGEST_KEPT],
  );
