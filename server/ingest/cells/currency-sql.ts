import { byCell } from '../../vocabulary/currencies.ts';
import { literals } from './sql.ts';

/** SQL of the code that a text cell names, null if it is none that is known. A join, not a search of all names for each row. */
export function currencySql(cell: string): string {
  const known = `SELECT unnest(${literals([...byCell.keys()])}) AS name, unnest(${literals([...byCell.values()])}) AS code`;
  return `(SELECT code FROM (${known}) known WHERE known.name = lower(trim(${cell})))`;
}
