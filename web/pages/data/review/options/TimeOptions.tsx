import { TextInput } from '@mantine/core';
import { day } from '../../../../i18n/numbers.ts';
import { sentences } from '../../../../i18n/serverText.ts';
import { DATE_ORDERS, readDate, shortDate } from './dateExample.ts';
import { OptionField, type OptionGroupProps, SelectOption } from './OptionField.tsx';
import styles from './OptionsForm.module.css';
import { useWords } from './words.ts';

const COVERS = ['instant', 'hour', 'day', 'week_ending', 'week_starting', 'month'] as const;
/** What a whole file may be of. */
const SPANS = ['day', 'week_starting', 'week_ending', 'month'] as const;
const NUMBERS = ['excel', 'seconds', 'milliseconds', 'microseconds', 'nanoseconds'] as const;

/** What the times mean. Of a catalogue only how its dates are written. */
export function TimeOptions({ upload, draft, set, reason }: OptionGroupProps) {
  const { t } = useWords();
  const { options, kind, mapping } = draft;
  const column = mapping.time ?? mapping.release_at;
  if (kind === 'log' && mapping.time === undefined) return <FixedDay draft={draft} set={set} reason={reason} />;
  if (column === undefined) return null;
  const samples = upload.columns.find(({ name }) => name === column)?.samples ?? [];
  const yearless =
    samples.some((text) => /^\s*\d{1,2}\s*月\s*\d{1,2}\s*日/u.test(text)) || options.dates_up_to !== undefined;
  const plain =
    samples.some((text) => /^\s*\d{5}(\d{5})?(\d{3}){0,3}(\.\d+)?\s*$/u.test(text)) ||
    options.time_numbers !== undefined;
  const ambiguous =
    shortDate(samples) !== null || options.date_order !== undefined || options.date_format !== undefined;
  // A catalogue's dates that can be read in one way only leave nothing to choose.
  if (kind !== 'log' && !ambiguous && !yearless && !plain) return null;
  return (
    <fieldset className={styles.group}>
      <legend>{t('options_times')}</legend>
      {kind === 'log' && (
        <SelectOption
          answers="covers"
          label={t('covers')}
          definition={t('covers_def')}
          note={reason('covers')}
          value={options.covers ?? 'day'}
          onChange={(covers) => set({ covers })}
          data={COVERS.map((value) => ({ value, label: t(`covers_${value}`) }))}
        />
      )}
      <DateOrder samples={samples} draft={draft} set={set} reason={reason} upload={upload} />
      <OptionField
        answers="date_format"
        label={t('date_format')}
        definition={t('date_format_def')}
        note={reason('date_format')}
      >
        {(id) => (
          <TextInput
            id={id}
            placeholder="dd.MM.yyyy"
            maxLength={60}
            value={options.date_format ?? ''}
            onChange={(event) => set({ date_format: event.currentTarget.value })}
          />
        )}
      </OptionField>
      {yearless && (
        <OptionField
          answers="dates_up_to"
          label={t('dates_up_to')}
          definition={t('dates_up_to_def')}
          note={reason('dates_up_to')}
        >
          {(id) => (
            <TextInput
              id={id}
              type="date"
              value={options.dates_up_to ?? ''}
              onChange={(event) => set({ dates_up_to: event.currentTarget.value })}
            />
          )}
        </OptionField>
      )}
      {kind === 'log' && (
        <OptionField
          answers="latest_day"
          label={t('latest_day')}
          definition={t('latest_day_def')}
          note={reason('latest_day')}
        >
          {(id) => (
            <TextInput
              id={id}
              type="date"
              value={options.latest_day ?? ''}
              onChange={(event) => set({ latest_day: event.currentTarget.value })}
            />
          )}
        </OptionField>
      )}
      {plain && (
        <SelectOption
          answers="time_numbers"
          label={t('time_numbers')}
          definition={t('time_numbers_def')}
          note={reason('time_numbers')}
          value={options.time_numbers ?? ''}
          onChange={(time_numbers) => set({ time_numbers })}
          data={[
            { value: '', label: t('auto') },
            ...NUMBERS.map((value) => ({ value, label: t(`time_numbers_${value}`) })),
          ]}
        />
      )}
      {kind === 'log' && (
        <SelectOption
          answers="time_zone"
          label={t('time_zone')}
          definition={t('time_zone_def')}
          note={reason('time_zone')}
          value={options.time_zone ?? ''}
          onChange={(time_zone) => set({ time_zone })}
          data={[{ value: '', label: t('time_zone_dataset') }, ...zones(options.time_zone)]}
        />
      )}
    </fieldset>
  );
}

/** A file without a column of times is of one day. */
function FixedDay({ draft, set, reason }: Omit<OptionGroupProps, 'upload'>) {
  const { t } = useWords();
  return (
    <fieldset className={styles.group}>
      <legend>{t('options_times')}</legend>
      <OptionField answers="day" label={t('day')} definition={t('day_def')} note={reason('day')}>
        {(id) => (
          <TextInput
            id={id}
            type="date"
            value={draft.options.day ?? ''}
            onChange={(event) => set({ day: event.currentTarget.value })}
          />
        )}
      </OptionField>
      {draft.options.day !== undefined && (
        <SelectOption
          answers="covers"
          label={t('covers_of_day')}
          definition={t('covers_of_day_def')}
          note={reason('covers')}
          value={draft.options.covers ?? 'day'}
          onChange={(covers) => set({ covers })}
          data={SPANS.map((value) => ({ value, label: t(`covers_${value}`) }))}
        />
      )}
    </fieldset>
  );
}

const zones = (chosen: string | undefined): string[] => [
  ...new Set([...(chosen === undefined ? [] : [chosen]), ...Intl.supportedValuesOf('timeZone')]),
];

/** Only where a date of the file could be read in several ways, with how each order would read it. */
function DateOrder({ samples, draft, set, reason }: OptionGroupProps & { samples: readonly string[] }) {
  const { t, language } = useWords();
  const text = shortDate(samples);
  const order = draft.options.date_order;
  if (text === null && order === undefined) return null;
  const example = (iso: string | null) =>
    iso === null
      ? t('date_example_none', { text: text ?? '' })
      : t('date_example', { text: text ?? '', date: day(iso, language) });
  const shown = order === undefined || text === null ? '' : example(readDate(text, order));
  return (
    <SelectOption
      answers="date_order"
      label={t('date_order')}
      definition={t('date_order_def')}
      note={sentences([shown, reason('date_order')], language)}
      value={order ?? ''}
      onChange={(date_order) => set({ date_order })}
      data={[
        { value: '', label: t('auto') },
        ...DATE_ORDERS.map((value) => {
          const iso = text === null ? null : readDate(text, value);
          const label = t(`date_order_${value}`);
          return { value, label: iso === null ? label : `${label} · ${day(iso, language)}` };
        }),
      ]}
    />
  );
}
