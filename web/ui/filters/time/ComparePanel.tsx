import { useScope } from '../../../data/scope.tsx';
import { useFilters } from '../../../data/useFilters.ts';
import {
  COMPARISONS,
  type CompareChoice,
  comparedRange,
  ends,
  HOLIDAYS,
  holidayIn,
  holidayRange,
} from '../../../filters/ranges.ts';
import { holidaysOf } from '../../../filters/scope.ts';
import { range as rangeText } from '../../../i18n/numbers.ts';
import { usePanelWords } from '../panelWords.ts';
import { useWords } from '../words.ts';
import { DatesForm } from './DatesForm.tsx';
import { type PresetLine, PresetList } from './PresetList.tsx';
import styles from './TimePicker.module.css';

export function ComparePanel({ onDone }: { onDone: () => void }) {
  const { t, language } = useWords();
  const { t: say } = usePanelWords();
  const { range, compared, since, asOf } = useScope();
  const { state, setCompare } = useFilters();
  const holidays = useHolidays();
  const choose = (choice: CompareChoice) => {
    setCompare(choice);
    onDone();
  };
  const holidayChosen = (line: { holiday: string; year: number }) =>
    typeof state.compare === 'object' &&
    'holiday' in state.compare &&
    state.compare.holiday === line.holiday &&
    state.compare.year === line.year;
  const none = typeof state.compare === 'object' && 'holiday' in state.compare && !holidays.some(holidayChosen);
  const plain = COMPARISONS.map((one): PresetLine => {
    const dates = comparedRange(range, one, asOf);
    const held = dates === null || dates.from >= since;
    return {
      key: one,
      label: t(one),
      told: dates === null ? undefined : held ? rangeText(...ends(dates), language) : say('not_held'),
      chosen: one === state.compare || (none && one === 'previous_period'),
      onChoose: () => choose(one),
    };
  });
  const same = holidays.map(
    ({ holiday, year, dates }): PresetLine => ({
      key: `${holiday}:${year}`,
      label: t('holiday', { year, holiday: t(holiday) }),
      told: rangeText(...ends(dates), language),
      chosen: holidayChosen({ holiday, year }),
      onChoose: () => choose({ holiday, year }),
    }),
  );
  const own = typeof state.compare === 'object' && 'from' in state.compare ? state.compare : undefined;
  return (
    <div className={styles.panel}>
      <PresetList label={t('compare')} lines={[...plain.slice(0, -1), ...same, ...plain.slice(-1)]} />
      <DatesForm
        title={say('compare_custom')}
        initial={own ?? compared ?? range}
        held={{ from: since, to: asOf }}
        onApply={choose}
      />
    </div>
  );
}

/** Other years' holidays that the range can be laid on, as far as the data hold the days there. */
function useHolidays() {
  const { range, since, asOf, catalog } = useScope();
  const holidays = holidaysOf(catalog);
  return HOLIDAYS.flatMap((holiday) => {
    const own = holidayIn(range, holiday, holidays);
    return holidays.flatMap(({ id, year }) => {
      if (own === undefined || id !== holiday || year === own.year) return [];
      const dates = holidayRange(range, { holiday, year }, holidays);
      return dates === null || dates.from < since || dates.to > asOf ? [] : [{ holiday, year, dates }];
    });
  });
}
