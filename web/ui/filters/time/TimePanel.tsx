import { useCatalog } from '../../../data/hooks.ts';
import { useRelease } from '../../../data/release.ts';
import { useScope } from '../../../data/scope.tsx';
import { useFilters } from '../../../data/useFilters.ts';
import { ends, PRESETS, type Preset, presetRange } from '../../../filters/ranges.ts';
import { range as rangeText } from '../../../i18n/numbers.ts';
import { usePanelWords } from '../panelWords.ts';
import { useWords } from '../words.ts';
import { DatesForm } from './DatesForm.tsx';
import { PresetList } from './PresetList.tsx';
import styles from './TimePicker.module.css';

/** Old addresses have it; 28 days hold each weekday as often. */
const UNOFFERED: readonly Preset[] = ['30d'];

export function TimePanel({ onDone }: { onDone: () => void }) {
  const { t, language } = useWords();
  const { t: say } = usePanelWords();
  const { preset, range, since, asOf } = useScope();
  const { state, setTime } = useFilters();
  const release = useRelease(useCatalog().data, true) ?? null;
  const span = { from: since, to: asOf };
  const offered = PRESETS.filter(
    (one) => one === preset || (!UNOFFERED.includes(one) && (one !== 'release' || release !== null)),
  );
  const whole = (one: Preset) => presetRange(one, span, release);
  return (
    <div className={styles.panel}>
      <PresetList
        label={t('time')}
        lines={offered.map((one) => ({
          key: one,
          label: t(one),
          told: rangeText(...ends(whole(one)), language),
          chosen: one === preset,
          onChoose: () => {
            setTime({ kind: 'preset', preset: one });
            onDone();
          },
        }))}
      />
      <DatesForm
        title={say('custom')}
        initial={state.time?.kind === 'dates' ? { from: state.time.from, to: state.time.to } : range}
        held={span}
        onApply={(dates) => {
          setTime({ kind: 'dates', ...dates });
          onDone();
        }}
      />
      <p className={styles.note}>{say('covers', { range: rangeText(...ends(span), language) })}</p>
    </div>
  );
}
