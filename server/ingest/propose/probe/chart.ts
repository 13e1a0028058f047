import type { Label } from '../../../contract/query.ts';
import { maybeNumber, numberOf } from '../../../warehouse/row-values.ts';
import type { ReadSession } from '../../../warehouse/warehouse.ts';
import { columnNamed, type DataFile } from '../../read/source.ts';
import { ranks } from '../messages.ts';
import { placesInPeriods } from './probe-sql.ts';

const RANK =
  /^(rank|ranking|rk|position)$|(^|[\s_-])rank(ing)?$|^rank(ing)?[\s_-]|排名|排行|名次|位次|順位|顺位|ランキング|순위/iu;

/** A column whose name says that it holds a place in a ranking; null if there is none. */
export function rankColumn(names: readonly string[]): string | null {
  return names.find((name) => RANK.test(name.normalize('NFKC').trim())) ?? null;
}

/** Most rows that a period of a ranking has. */
const MOST = 1000;

/** Share of the periods that must have the same number of rows: the first and the last may be cut. */
const ALIKE = 0.8;

/**
 * Why a file is taken for a ranking: a rank column whose places start at 1 and go no further than the rows of a period,
 * and the same small number of rows in most periods. Null if it is not plainly one.
 */
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
