/** What only the values of a whole file tell. */

import type { Mapping } from '../../../contract/imports.ts';
import type { Label } from '../../../contract/query.ts';
import { maybeNumber, numberOf, textOf } from '../../../warehouse/row-values.ts';
import type { ReadSession } from '../../../warehouse/warehouse.ts';
import { isTotal } from '../../cells/extra-rows.ts';
import { isPlain } from '../../cells/values.ts';
import { columnNamed, type DataFile, type SampledColumn } from '../../read/source.ts';
import { ranks } from '../messages.ts';
import { differentCells, firstCells, otherThanMidnight, placesInPeriods } from './probe-sql.ts';

/** The first rows of an hourly log may all be midnight. */
export async function isMidnightThroughout(session: ReadSession, file: DataFile, column: string): Promise<boolean> {
  const found = columnNamed(file, column);
  if (!found) return false;
  const rows = await session.all(otherThanMidnight(file, found.sql, found.type === 'VARCHAR'));
  return rows.length === 0;
}

/** Distinct cells over the whole file: later rows may decide what the first leave open. Null if the first are plain. */
export async function timeCells(session: ReadSession, file: DataFile, column: string): Promise<string[] | null> {
  const found = columnNamed(file, column);
  if (found?.type !== 'VARCHAR' || isPlain('date', found.cells) || isPlain('local', found.cells)) return null;
  const rows = await session.all(differentCells(file, found.sql));
  return rows.map((row) => textOf(row, 'cell')).filter((cell) => cell.trim() !== column && !isTotal(cell));
}

/** With cells of the whole file: each rate is to be plausible. */
export async function withRateCells(
  session: ReadSession,
  file: DataFile,
  columns: readonly SampledColumn[],
  mapping: Mapping,
): Promise<readonly SampledColumn[]> {
  const names = [mapping.time, mapping.currency, mapping.rate, mapping.base_currency].filter((n) => n !== undefined);
  const found = names.map((name) => columnNamed(file, name)).filter((column) => column !== undefined);
  if (found.length === 0) return columns;
  const statement = firstCells(
    file,
    found.map(({ sql }) => sql),
  );
  const rows = await session.all(statement);
  return columns.map((column) => {
    const at = found.findIndex(({ name }) => name === column.name);
    if (at < 0) return column;
    return { ...column, cells: rows.map((row) => (row[`c${at}`] == null ? null : String(row[`c${at}`]))) };
  });
}

const RANK =
  /^(rank|ranking|rk|position)$|(^|[\s_-])rank(ing)?$|^rank(ing)?[\s_-]|排名|排行|名次|位次|順位|顺位|ランキング|순위/iu;

/** A column whose name says that it is a place in a ranking, or null. */
export function rankColumn(names: readonly string[]): string | null {
  return names.find((name) => RANK.test(name.normalize('NFKC').trim())) ?? null;
}

const MOST = 1000;

/** Share of the periods with the same number of rows: the first and the last may be partial. */
const ALIKE = 0.8;

/** Null for no ranking: places start at 1 and go up to the rows of a period, few and the same in most periods. */
export async function whyRanking(session: ReadSession, file: DataFile, time: string): Promise<Label | null> {
  const name = rankColumn(file.columns.map((c) => c.name));
  const rank = columnNamed(file, name);
  const period = columnNamed(file, time);
  if (!rank || !period) return null;
  const [row] = await session.all(placesInPeriods(file, period.sql, rank.sql));
  const usual = maybeNumber(row, 'usual') ?? 0;
  const periods = maybeNumber(row, 'periods') ?? 0;
  if (row?.ranked !== true || usual > MOST || numberOf(row, 'alike') < ALIKE) return null;
  return ranks(rank.name, { periods, usual, last: numberOf(row, 'last') });
}
