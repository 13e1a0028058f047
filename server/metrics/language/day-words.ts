import type { Day, Label } from '../../contract/query.ts';
import type { Range } from './calendar.ts';

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** `6 Jun 2026`, `2026年6月6日`. */
export function dayWords(day: Day): Label {
  const [year, month, date] = day.split('-').map(Number);
  return { en: `${date} ${MONTHS[(month ?? 1) - 1]} ${year}`, zh: `${year}年${month}月${date}日` };
}

/** `1 Jun 2026 to 30 Jun 2026`, `2026年6月1日至2026年6月30日`. */
export function rangeWords({ from, to }: Range): Label {
  const [first, last] = [dayWords(from), dayWords(to)];
  return { en: `${first.en} to ${last.en}`, zh: `${first.zh}至${last.zh}` };
}

export const countWords = (count: number): string => count.toLocaleString('en-GB');
