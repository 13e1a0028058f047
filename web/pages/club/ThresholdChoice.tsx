import { TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { THRESHOLDS } from '../../figures/club/club.ts';
import { parseAmount } from '../../filters/amounts.ts';
import { compact } from '../../i18n/numbers.ts';
import { Segments } from '../../ui/chart/Segments.tsx';
import styles from './ThresholdChoice.module.css';
import { useClubWords } from './words.ts';

interface ThresholdChoiceProps {
  /** Digits. */
  value: string;
  onChange: (value: string) => void;
}

/** Usual thresholds at a press, any other typed as people write counts. */
export function ThresholdChoice({ value, onChange }: ThresholdChoiceProps) {
  const { t, language } = useClubWords();
  return (
    <div className={styles.choice}>
      <Segments
        label={t('threshold')}
        value={value}
        options={THRESHOLDS.map((one) => ({ value: String(one), label: compact(one, language) }))}
        onChange={onChange}
      />
      {/* What was typed goes when another threshold is chosen. */}
      <Typed key={`${value} ${language}`} value={value} onChange={onChange} />
    </div>
  );
}

function Typed({ value, onChange }: ThresholdChoiceProps) {
  const { t, language } = useClubWords();
  const own = THRESHOLDS.every((one) => String(one) !== value);
  const written = own ? compact(Number(value), language) : '';
  const [text, setText] = useState(written);
  const [wrong, setWrong] = useState<string | null>(null);
  const id = useId();
  const apply = () => {
    if (text.trim() === '' || text === written) {
      setText(written);
      setWrong(null);
      return;
    }
    const amount = parseAmount(text);
    if (amount === null) setWrong(t('threshold_wrong', { text: text.trim() }));
    else if (String(amount) === value) setText(written);
    else onChange(String(amount));
  };
  return (
    <form
      className={styles.typed}
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <TextInput
        size="xs"
        value={text}
        className={styles.input}
        data-own={own}
        aria-label={t('threshold_own')}
        aria-invalid={wrong !== null}
        aria-describedby={wrong === null ? undefined : id}
        placeholder={t('threshold_example')}
        autoComplete="off"
        onChange={(event) => {
          setText(event.currentTarget.value);
          setWrong(null);
        }}
        onBlur={apply}
      />
      {wrong !== null && (
        <p id={id} className={styles.wrong} role="alert">
          {wrong}
        </p>
      )}
    </form>
  );
}
