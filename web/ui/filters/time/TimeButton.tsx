import { IconCalendar } from '@tabler/icons-react';
import { useScope } from '../../../data/scope.tsx';
import { usePresent } from '../../../data/useLeads.ts';
import { seriesSubject } from '../../../filters/leads.ts';
import { ends } from '../../../filters/ranges.ts';
import { range as rangeText } from '../../../i18n/numbers.ts';
import type { Pressed } from '../../opened.tsx';
import { BarButton } from '../BarButton.tsx';
import { useWords } from '../words.ts';

export function TimeButton(pressed: Pressed) {
  const { t, language } = useWords();
  const { range, preset } = useScope();
  const ofSeries = seriesSubject(usePresent()) !== null;
  const dates = rangeText(...ends(range), language);
  // Of many series there is no one release: it is all data then, and says so.
  const muted = preset === null ? '' : t(preset === 'release' && !ofSeries ? 'release_of_many' : preset);
  return (
    <BarButton pressed={pressed} icon={IconCalendar} muted={muted} value={dates} label={`${t('time')}: ${dates}`} />
  );
}
