import type { Label } from '../../../contract/query.ts';
import { maybeNumber, numberOf } from '../../../warehouse/row-values.ts';
import type { ReadSession } from '../../../warehouse/warehouse.ts';
import { columnNamed, type DataFile } from '../../read/source.ts';
import { ranks } from '../messages.ts';
import { placesInPeriods } from './probe-sql.ts';

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
