import { Button, Popover, TextInput } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { type FormEvent, useId, useState } from 'react';
import { useScope } from '../../data/scope.tsx';
import { useFilters } from '../../data/useFilters.ts';
import { type DateRange, ends, isDate, PRESETS, presetRange } from '../../filters/ranges.ts';
import { range as rangeText } from '../../i18n/numbers.ts';
import { useOpenAtOnce } from '../opened.tsx';
import { TimeButton } from './TimeButton.tsx';
import styles from './TimePicker.module.css';
import { useWords } from './words.ts';

export function TimePicker() {
  const { t } = useWords();
  const [open, setOpen] = useOpenAtOnce();
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" trapFocus>
      <Popover.Target>
        <TimeButton autoFocus onClick={() => setOpen(!open)} />
      </Popover.Target>
      <Popover.Dropdown p={8} aria-label={t('time')}>
        <Panel close={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Panel({ close }: { close: () => void }) {
  const { t, language } = useWords();
  const { preset, since, asOf } = useScope();
  const { setTime } = useFilters();
  const span = { from: since, to: asOf };
  return (
    <div className={styles.panel}>
      <div className={styles.presets}>
        {PRESETS.map((one) => (
          <button
            key={one}
            type="button"
            className={styles.preset}
            aria-pressed={one === preset}
            onClick={() => {
              setTime({ kind: 'preset', preset: one });
              close();
            }}
          >
            <IconCheck size={14} stroke={2} aria-hidden className={one === preset ? undefined : styles.hidden} />
            <span>{t(one)}</span>
            <span className={styles.dates}>{rangeText(...ends(presetRange(one, span)), language)}</span>
          </button>
        ))}
      </div>
      <CustomDates close={close} />
      <p className={styles.note}>{t('covers', { range: rangeText(...ends(span), language) })}</p>
    </div>
  );
}

function CustomDates({ close }: { close: () => void }) {
  const { t } = useWords();
  const { range, since, asOf } = useScope();
  const { setTime } = useFilters();
  const id = useId();
  const [dates, setDates] = useState<DateRange>(range);
  const valid = isDate(dates.from) && isDate(dates.to);
  const ordered = dates.from <= dates.to;
  const apply = (event: FormEvent) => {
    event.preventDefault();
    if (!valid || !ordered) return;
    setTime({ kind: 'dates', ...dates });
    close();
  };
  return (
    <form className={styles.custom} onSubmit={apply} aria-labelledby={id}>
      <p id={id} className={styles.heading}>
        {t('custom')}
      </p>
      <div className={styles.fields}>
        <TextInput
          type="date"
          size="xs"
          label={t('from')}
          value={dates.from}
          min={since}
          max={asOf}
          onChange={(event) => setDates({ ...dates, from: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          size="xs"
          label={t('to')}
          value={dates.to}
          min={since}
          max={asOf}
          onChange={(event) => setDates({ ...dates, to: event.currentTarget.value })}
        />
        <Button type="submit" size="xs" disabled={!valid || !ordered}>
          {t('apply')}
        </Button>
      </div>
      {valid && !ordered && <p className={styles.error}>{t('order_error')}</p>}
    </form>
  );
}
