import type { CompareChoice } from '../../../filters/ranges.ts';
import type { useWords } from '../words.ts';

/** What stands before the compared dates. */
export function compareName(choice: CompareChoice, t: ReturnType<typeof useWords>['t']): string {
  if (choice === 'previous_year') return t('previous_year');
  if (typeof choice === 'object' && 'holiday' in choice)
    return t('holiday', { year: choice.year, holiday: t(choice.holiday) });
  return t('compare');
}
