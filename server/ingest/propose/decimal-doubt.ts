import { isBlank } from '../../vocabulary/text.ts';
import { marksOf } from '../cells/guess.ts';
import { AS_WRITTEN, bareNumber, readNumber } from '../cells/numbers.ts';
import type { OptionReason } from '../read/doubt.ts';
import { decimalMarksClash } from './messages.ts';

/**
 * The doubt if some cells need a decimal comma and others a point, and it makes a difference; else null. It does if a
 * cell can be read both ways, or if each mark leaves a cell unread.
 * @param cells of all columns of numbers: a file writes them in one way
 */
export function doubtDecimalMark(cells: readonly (string | null)[]): OptionReason | null {
  const { comma, point } = marksOf(cells);
  if (comma === undefined || point === undefined) return null;
  const read = cells
    .filter((cell): cell is string => !isBlank(cell))
    .map((cell) => ({
      cell: cell.trim(),
      byPoint: readNumber(cell),
      byComma: readNumber(cell, { ...AS_WRITTEN, decimal: 'comma' }),
    }));
  const either = read.find((r) => r.byPoint !== null && r.byComma !== null && r.byPoint !== r.byComma)?.cell;
  const unread = read.some((r) => r.byPoint === null && r.byComma !== null);
  const unreadByComma = read.some((r) => r.byComma === null && r.byPoint !== null);
  if (either === undefined && !(unread && unreadByComma)) return null;
  const written = (bare: string) => read.find(({ cell }) => bareNumber(cell) === bare)?.cell ?? bare;
  return {
    option: 'decimal_mark',
    doubt: either === undefined ? 'ask' : 'answer',
    reason: decimalMarksClash(written(comma), written(point), either),
  };
}
