import { FIELD_LABELS } from '../../../../../server/contract/fields.ts';
import { ratesAreSchema, viewsAreSchema } from '../../../../../server/contract/imports.ts';
import { sentences } from '../../../../i18n/serverText.ts';
import { type OptionGroupProps, SelectOption } from './OptionField.tsx';
import styles from './OptionsForm.module.css';
import { useWords } from './words.ts';

const MARKS = ['point', 'comma'] as const;

export function ValueOptions({ draft, set, reason }: OptionGroupProps) {
  const { t, language } = useWords();
  const { options, kind, mapping } = draft;
  const money = mapping.revenue !== undefined || mapping.spend !== undefined;
  const views = options.views_are;
  const rates = kind === 'rates' && mapping.base_currency === undefined;
  return (
    <fieldset className={styles.group}>
      <legend>{t('options_values')}</legend>
      {kind === 'log' && (
        <SelectOption
          answers="views_are"
          label={t('views_are')}
          definition={t('views_are_def')}
          note={sentences([views ? t(`views_${views}_text`) : '', reason('views_are')], language)}
          value={views ?? ''}
          onChange={(views_are) => set({ views_are })}
          data={[
            ...(views === undefined ? [{ value: '', label: t('choose') }] : []),
            ...viewsAreSchema.options.map((value) => ({ value, label: t(`views_${value}`) })),
          ]}
        />
      )}
      {((kind === 'log' && money) || rates) && (
        <SelectOption
          answers="currency"
          label={FIELD_LABELS[rates ? 'base_currency' : 'currency'][language]}
          definition={t(rates ? 'base_currency_def' : 'currency_def')}
          note={reason('currency')}
          value={options.currency ?? ''}
          onChange={(currency) => set({ currency })}
          data={[
            // A reason without a proposal is a question.
            {
              value: '',
              label: t(options.currency === undefined && reason('currency') ? 'choose' : 'currency_default'),
            },
            ...Intl.supportedValuesOf('currency'),
          ]}
        />
      )}
      {kind === 'rates' && (
        <SelectOption
          answers="rates_are"
          label={t('rates_are')}
          definition={t('rates_are_def')}
          note={reason('rates_are')}
          value={options.rates_are ?? ''}
          onChange={(rates_are) => set({ rates_are })}
          data={[
            { value: '', label: t(options.rates_are === undefined && reason('rates_are') ? 'choose' : 'auto') },
            ...ratesAreSchema.options.map((value) => ({ value, label: t(`rates_are_${value}`) })),
          ]}
        />
      )}
      <SelectOption
        answers="decimal_mark"
        label={t('decimal_mark')}
        definition={t('decimal_mark_def')}
        note={reason('decimal_mark')}
        value={options.decimal_mark ?? ''}
        onChange={(decimal_mark) => set({ decimal_mark })}
        data={[
          // A reason without a proposal is a question.
          { value: '', label: t(options.decimal_mark === undefined && reason('decimal_mark') ? 'choose' : 'auto') },
          ...MARKS.map((value) => ({ value, label: t(`decimal_mark_${value}`) })),
        ]}
      />
    </fieldset>
  );
}
