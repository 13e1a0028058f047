import { Checkbox } from '@mantine/core';
import { useFilters } from '../../../data/useFilters.ts';
import { CHOSEN_GRAINS, type ChosenGrain } from '../../../filters/ranges.ts';
import { usePanelWords } from '../panelWords.ts';
import { useWords } from '../words.ts';
import { type PresetLine, PresetList } from './PresetList.tsx';
import styles from './TimePicker.module.css';

/** By which periods time is drawn, and whether those that are cut are drawn at all. */
export function GrainPanel({ onDone }: { onDone: () => void }) {
  const { t } = useWords();
  const { t: say } = usePanelWords();
  const { state, setGrain, setComplete } = useFilters();
  const line = (grain: ChosenGrain | null): PresetLine => ({
    key: grain ?? 'auto',
    label: t(`grain_${grain ?? 'auto'}`),
    chosen: grain === (state.grain ?? null),
    onChoose: () => {
      setGrain(grain);
      onDone();
    },
  });
  return (
    <div className={styles.narrow}>
      <PresetList label={t('grain')} lines={[null, ...CHOSEN_GRAINS].map(line)} />
      <div className={styles.custom}>
        <Checkbox
          size="xs"
          label={t('complete')}
          checked={state.complete === true}
          onChange={(event) => setComplete(event.currentTarget.checked)}
        />
        <p className={styles.under}>{say('complete_text')}</p>
      </div>
    </div>
  );
}
