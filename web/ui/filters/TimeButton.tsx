import { IconCalendar } from '@tabler/icons-react';
import { useScope } from '../../data/scope.tsx';
import { ends } from '../../filters/ranges.ts';
import { range as rangeText } from '../../i18n/numbers.ts';
import type { Pressed } from '../opened.tsx';
import { BarButton } from './BarButton.tsx';
import { useWords } from './words.ts';

export function TimeButton(pressed: Pressed) {
  const { t, language } = useWords();
  const { range, preset } = useScope();
  const dates = rangeText(...ends(range), language);
  const muted = preset === null ? '' : t(preset);
  return (
    <BarButton pressed={pressed} icon={IconCalendar} muted={muted} value={dates} label={`${t('time')}: ${dates}`} />
  );
}
