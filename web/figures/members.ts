import type { Cell } from '../../server/contract/query.ts';
import { OTHERS_MEMBER, TOTAL_MEMBER, UNKNOWN_MEMBER } from '../../server/contract/query.ts';
import type { NumberLanguage } from '../i18n/numbers.ts';

const SPECIAL: ReadonlyMap<string, { zh: string; en: string }> = new Map([
  [UNKNOWN_MEMBER, { zh: '未知', en: 'Unknown' }],
  [OTHERS_MEMBER, { zh: '其余', en: 'Others' }],
  [TOTAL_MEMBER, { zh: '全部', en: 'All' }],
]);

/** A member's name for reading: the answer's label, and words for the members that are none. */
export function memberName(id: string, label: string | undefined, language: NumberLanguage): string {
  return SPECIAL.get(id)?.[language] ?? (label === undefined || label === '' ? id : label);
}

/** Without the unknown member, which never sets a scale; it stays if it is all there is. */
export function knownOf<T>(items: readonly T[], idOf: (item: T) => string): T[] {
  const known = items.filter((item) => idOf(item) !== UNKNOWN_MEMBER);
  return known.length > 0 ? known : [...items];
}

/** A label as it stands within an English sentence: `views`, but `AI share`. Chinese has no such difference. */
export const withinSentence = (label: string): string =>
  /^[A-Z][a-z]/.test(label) ? `${label.charAt(0).toLowerCase()}${label.slice(1)}` : label;

/** A cell that names something, as text. */
export const textCell = (cell: Cell | undefined): string => (cell === null || cell === undefined ? '' : String(cell));

/** A cell that counts or measures something. */
export function numberCell(cell: Cell | undefined): number | null {
  if (typeof cell === 'number') return cell;
  if (typeof cell !== 'string' || cell === '') return null;
  const value = Number(cell);
  return Number.isFinite(value) ? value : null;
}
