import { NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import {
  coverageKindSchema,
  type ImportOptions,
  importOptionsSchema,
  modeSchema,
  type Upload,
  viewsAreSchema,
} from '../../../server/contract/imports.ts';
import type { Draft } from './mapping.ts';
import styles from './OptionsForm.module.css';
import { useWords } from './words.ts';

interface OptionsFormProps {
  upload: Upload;
  draft: Draft;
  onChange: (draft: Draft) => void;
}

const COVERS = ['instant', 'hour', 'day', 'week_ending', 'week_starting', 'month'] as const;

/** How the values are to be read: what views are, what times cover, who states it, how it is written. */
export function OptionsForm({ upload, draft, onChange }: OptionsFormProps) {
  const { t } = useWords();
  const { options, kind } = draft;
  const set = (change: Partial<Record<keyof ImportOptions, string>>) => {
    const kept = Object.entries({ ...options, ...change }).filter(([, value]) => value !== '');
    const parsed = importOptionsSchema.safeParse(Object.fromEntries(kept));
    if (parsed.success) onChange({ ...draft, options: parsed.data });
  };
  const reason = (option: string) =>
    upload.reasons
      .filter((one) => one.option === option)
      .map((one) => one.reason)
      .join(' ');
  return (
    <div className={styles.form}>
      {kind === 'log' && (
        <>
          <ViewsAre
            value={options.views_are ?? 'increment'}
            reason={reason('views_are')}
            onChange={(views_are) => set({ views_are })}
          />
          <NativeSelect
            label={t('covers')}
            description={reason('covers')}
            inputWrapperOrder={['label', 'input', 'description']}
            value={options.covers ?? 'day'}
            onChange={(event) => set({ covers: event.currentTarget.value })}
            data={COVERS.map((value) => ({ value, label: t(`covers_${value}`) }))}
          />
          {draft.mapping.platform === undefined && (
            <TextInput
              label={t('platform')}
              description={t('platform_text')}
              inputWrapperOrder={['label', 'input', 'description']}
              value={options.platform ?? ''}
              maxLength={120}
              onChange={(event) => set({ platform: event.currentTarget.value })}
            />
          )}
        </>
      )}
      {kind === 'rates' && draft.mapping.base_currency === undefined && (
        <NativeSelect
          label={t('f_base_currency')}
          description={reason('currency')}
          inputWrapperOrder={['label', 'input', 'description']}
          value={options.currency ?? 'CNY'}
          onChange={(event) => set({ currency: event.currentTarget.value })}
          data={Intl.supportedValuesOf('currency')}
        />
      )}
      <TextInput
        label={t('source')}
        description={t('source_text')}
        inputWrapperOrder={['label', 'input', 'description']}
        value={options.source ?? ''}
        maxLength={120}
        onChange={(event) => set({ source: event.currentTarget.value })}
      />
      {kind === 'log' && (
        <NativeSelect
          label={t('coverage_kind')}
          description={reason('coverage')}
          inputWrapperOrder={['label', 'input', 'description']}
          value={options.coverage ?? 'census'}
          onChange={(event) => set({ coverage: event.currentTarget.value })}
          data={coverageKindSchema.options.map((value) => ({ value, label: t(`coverage_kind_${value}`) }))}
        />
      )}
      {kind === 'log' && (
        <NativeSelect
          label={t('mode')}
          description={reason('mode')}
          inputWrapperOrder={['label', 'input', 'description']}
          value={options.mode ?? 'upsert'}
          onChange={(event) => set({ mode: event.currentTarget.value })}
          data={modeSchema.options.map((value) => ({ value, label: t(`mode_${value}`) }))}
        />
      )}
    </div>
  );
}

interface ViewsAreProps {
  value: NonNullable<ImportOptions['views_are']>;
  reason: string;
  onChange: (value: NonNullable<ImportOptions['views_are']>) => void;
}

function ViewsAre({ value, reason, onChange }: ViewsAreProps) {
  const { t } = useWords();
  return (
    <div className={styles.wide}>
      <p className={styles.label} id="views-are">
        {t('views_are')}
      </p>
      <SegmentedControl
        size="sm"
        aria-labelledby="views-are"
        value={value}
        onChange={(next) => {
          const chosen = viewsAreSchema.safeParse(next);
          if (chosen.success) onChange(chosen.data);
        }}
        data={viewsAreSchema.options.map((one) => ({ value: one, label: t(`views_${one}`) }))}
      />
      <p className={styles.text}>
        {t(`views_${value}_text`)} {reason}
      </p>
    </div>
  );
}
