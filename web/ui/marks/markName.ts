import type { Mark } from '../../filters/marks.ts';
import type { Language } from '../../i18n/i18n.ts';
import { range as rangeText } from '../../i18n/numbers.ts';

/** A mark by name: `Comic × Urban`, `Comic, Oct 2025`. */
export function markName({ members, span }: Mark, language: Language): string {
  const names = members.map(({ label }) => label).join(' × ');
  const time = span === undefined ? '' : rangeText(span.from, span.to, language);
  return [names, time].filter((part) => part !== '').join(language === 'zh' ? '，' : ', ');
}
