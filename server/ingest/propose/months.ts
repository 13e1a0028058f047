/** Whether dates that are whole days stand for months; pure. */
import { isBlank } from '../../vocabulary/text.ts';
import type { DateReading } from '../cells/dates.ts';
import { isTotal } from '../cells/extra-rows.ts';
import { parseMoment } from '../cells/times.ts';

export type MonthDates =
  /** The header says months, and no month has two dates. */
  | 'named'
  /** The first, or the last, day of one month after the other. */
  | 'apart';

const NAMED =
  /^(?:(?:统计|数据|自然|所属|业务|报告|集計)?(?:月份?|月度|年月|对象月|対象月|月次)|(?:year|calendar|report(?:ing)?)?[\s_-]*months?(?:[\s_-]*(?:of|start(?:ing)?|begin(?:ning)?|end(?:ing)?|date))?|m[eê]s(?:es)?|mois|monat|월|연월)$/iu;
/** So many dates a month apart make a monthly file, whatever the column is called. */
const MONTHLY = 3;

/**
 * @param name of the column
 * @param cells of the column, or the different ones among them
 */
export function monthDates(name: string, cells: readonly (string | null)[], reading: DateReading): MonthDates | null {
  const filled = cells.filter((cell): cell is string => !isBlank(cell) && !isTotal(cell));
  const moments = new Set(filled.map((cell) => dayIn(cell, reading)));
  if (moments.size === 0 || moments.has(null)) return null;
  const days = [...moments].flatMap((day) => day ?? []).sort();
  const months = days.map(monthNumber);
  if (new Set(months).size < days.length) return null;
  const atEdge = days.every((day) => day.endsWith('-01')) || days.every(isLastOfMonth);
  if (NAMED.test(name.normalize('NFKC').trim())) return 'named';
  const apart = months.every((month, i) => i === 0 || month === (months[i - 1] ?? 0) + 1);
  return atEdge && apart && days.length >= MONTHLY ? 'apart' : null;
}

/** The day of a cell without a time of day, midnight aside. */
function dayIn(cell: string, reading: DateReading): string | null {
  const bare = cell.trim().replace(/[T ]0?0:00(?::00(?:\.0+)?)?$/u, '');
  const moment = parseMoment(bare, 'UTC', 'UTC', reading);
  return moment && moment.instant === null ? moment.day : null;
}

const monthNumber = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));

function isLastOfMonth(day: string): boolean {
  const next = new Date(`${day}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return next.getUTCDate() === 1;
}
