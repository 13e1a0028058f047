import { type Statement, sql } from '../../warehouse/warehouse.ts';
import { LONGEST_KEPT } from '../read/refused.ts';

export const headerOfRejects = (importNo: number): Statement =>
  sql('SELECT delimiter, header FROM reject_header WHERE import_no = $1', [importNo]);

/** `n` rejects are kept whole. Lines were cut by their UTF-16 length, in which characters above U+FFFF count twice. */
export const wholeRejects = (importNo: number): Statement =>
  sql(
    `SELECT count(*)::DOUBLE AS n FROM reject WHERE import_no = $1
      AND length(raw) + length(regexp_replace(raw, '[^\\x{10000}-\\x{10FFFF}]', '', 'g')) < $2`,
    [importNo, LONGEST_KEPT],
  );
