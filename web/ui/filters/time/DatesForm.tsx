import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useId, useState } from 'react';
import { type DateRange, isDate } from '../../../filters/ranges.ts';
import { usePanelWords } from '../panelWords.ts';
import styles from './TimePicker.module.css';

interface DatesFormProps {
  title: string;
  initial: DateRange;
  /** The days that there are data of. */
  held: DateRange;
  onApply: (dates: DateRange) => void;
}

/** Two days, both included. */
export function DatesForm({ title, initial, held, onApply }: DatesFormProps) {
  const { t } = usePanelWords();
  const id = useId();
  const [dates, setDates] = useState(initial);
  const valid = isDate(dates.from) && isDate(dates.to);
  const ordered = dates.from <= dates.to;
  const apply = (event: FormEvent) => {
    event.preventDefault();
    if (valid && ordered) onApply(dates);
  };
  const day = (end: 'from' | 'to') => (
    <TextInput
      type="date"
      size="xs"
      label={t(end)}
      value={dates[end]}
      min={held.from}
      max={held.to}
      onChange={(event) => setDates({ ...dates, [end]: event.currentTarget.value })}
    />
  );
  return (
    <form className={styles.custom} onSubmit={apply} aria-labelledby={id}>
      <p id={id} className={styles.heading}>
        {title}
      </p>
      <div className={styles.fields}>
        {day('from')}
        {day('to')}
        <Button type="submit" size="xs" disabled={!valid || !ordered}>
          {t('apply')}
        </Button>
      </div>
      {valid && !ordered && <p className={styles.error}>{t('order_error')}</p>}
    </form>
  );
}
