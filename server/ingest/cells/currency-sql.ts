import { byCell } from '../../vocabulary/currencies.ts';
import { literals } from './sql.ts';

/** The code of the currency that a text cell names, else null. A join: a search of all names for each row is slow. */
export function currencySql(cell: string): string {
  const known = `SELECT unnest(${literals([...byCell.keys()])}) AS name, unnest(${literals([...byCell.values()])}) AS code`;
  return `(SELECT code FROM (${known}) known WHERE known.name = lower(trim(${cell})))`;
}
