import { IconArrowsDiff } from '@tabler/icons-react';
import { useScope } from '../../../data/scope.tsx';
import { useFilters } from '../../../data/useFilters.ts';
import { ends, holidayRange } from '../../../filters/ranges.ts';
import { holidaysOf } from '../../../filters/scope.ts';
import { range as rangeText } from '../../../i18n/numbers.ts';
import type { Pressed } from '../../opened.tsx';
import { BarButton } from '../BarButton.tsx';
import { useWords } from '../words.ts';
import { compareName } from './compareName.ts';

export function CompareButton(pressed: Pressed) {
  const { muted, dates } = useCompared();
  return <BarButton pressed={pressed} icon={IconArrowsDiff} muted={muted} value={dates} />;
}

/** With what is compared, in words and in dates. */
export function useCompared(): { muted: string; dates: string } {
  const { t, language } = useWords();
  const { range, compared, uncomparable, catalog } = useScope();
  const { compare } = useFilters().state;
  if (compared === null) return { muted: '', dates: t(uncomparable === null ? 'none' : 'not_held_long') };
  // A holiday that the range has no part of is none chosen.
  const lost =
    typeof compare === 'object' && 'holiday' in compare && holidayRange(range, compare, holidaysOf(catalog)) === null;
  return { muted: compareName(lost ? 'previous_period' : compare, t), dates: rangeText(...ends(compared), language) };
}
