import { TextInput } from '@mantine/core';
import {
  coverageKindSchema,
  importOptionsSchema,
  modeSchema,
  type Upload,
} from '../../../../../server/contract/imports.ts';
import { sentences, serverText } from '../../../../i18n/serverText.ts';
import type { Draft } from '../../desk/mapping.ts';
import { OptionField, type OptionGroupProps, SelectOption } from './OptionField.tsx';
import styles from './OptionsForm.module.css';
import { TimeOptions } from './TimeOptions.tsx';
import { ValueOptions } from './ValueOptions.tsx';
import { useWords } from './words.ts';

interface OptionsFormProps {
  upload: Upload;
  draft: Draft;
  onChange: (draft: Draft) => void;
}

export function OptionsForm({ upload, draft, onChange }: OptionsFormProps) {
  const { language } = useWords();
  const set: OptionGroupProps['set'] = (change) => {
    const kept = Object.entries({ ...draft.options, ...change }).filter(([, value]) => value !== '');
    const parsed = importOptionsSchema.safeParse(Object.fromEntries(kept));
    if (parsed.success) onChange({ ...draft, options: parsed.data });
  };
  const reason: OptionGroupProps['reason'] = (option) =>
    sentences(
      upload.reasons.filter((one) => one.option === option).map((one) => serverText(one.reason, language)),
      language,
    );
  const group = { upload, draft, set, reason };
  return (
    <div className={styles.form}>
      <SourceOptions {...group} />
      <ValueOptions {...group} />
      <TimeOptions {...group} />
    </div>
  );
}

function SourceOptions({ draft, set, reason }: OptionGroupProps) {
  const { t } = useWords();
  const { options, kind, mapping } = draft;
  return (
    <fieldset className={styles.group}>
      <legend>{t('options_source')}</legend>
      <OptionField answers="source" label={t('source')} definition={t('source_def')} note={reason('source')}>
        {(id) => (
          <TextInput
            id={id}
            value={options.source ?? ''}
            maxLength={120}
            onChange={(event) => set({ source: event.currentTarget.value })}
          />
        )}
      </OptionField>
      {kind === 'log' && mapping.series_id === undefined && mapping.title === undefined && (
        <OptionField answers="series" label={t('one_series')} definition={t('one_series_def')} note={reason('series')}>
          {(id) => (
            <TextInput
              id={id}
              value={options.series ?? ''}
              maxLength={300}
              onChange={(event) => set({ series: event.currentTarget.value })}
            />
          )}
        </OptionField>
      )}
      {kind === 'log' && mapping.platform === undefined && (
        <OptionField answers="platform" label={t('platform')} definition={t('platform_def')} note={reason('platform')}>
          {(id) => (
            <TextInput
              id={id}
              value={options.platform ?? ''}
              maxLength={120}
              onChange={(event) => set({ platform: event.currentTarget.value })}
            />
          )}
        </OptionField>
      )}
      {kind === 'log' && (
        <>
          <SelectOption
            answers="coverage"
            label={t('coverage_kind')}
            definition={t('coverage_def')}
            note={reason('coverage')}
            value={options.coverage ?? 'census'}
            onChange={(coverage) => set({ coverage })}
            data={coverageKindSchema.options.map((value) => ({ value, label: t(`coverage_kind_${value}`) }))}
          />
          <SelectOption
            answers="mode"
            label={t('mode')}
            definition={t('mode_def')}
            note={reason('mode')}
            value={options.mode ?? 'upsert'}
            onChange={(mode) => set({ mode })}
            data={modeSchema.options.map((value) => ({ value, label: t(`mode_${value}`) }))}
          />
        </>
      )}
    </fieldset>
  );
}
