import { NativeSelect, SegmentedControl } from '@mantine/core';
import type { ReactNode } from 'react';
import { acrossSchema, fileKindSchema, type Upload } from '../../../../server/contract/imports.ts';
import { useProfiles } from '../../../data/hooks.ts';
import { sentences, serverText } from '../../../i18n/serverText.ts';
import type { Reading } from '../desk/queuedFile.ts';
import { controlId } from '../parts/answerControls.ts';
import { bytesText } from '../parts/bytesText.ts';
import { DELIMITERS, delimiterName } from '../parts/delimiterName.ts';
import { Info } from '../parts/Info.tsx';
import styles from './DetectedFacts.module.css';
import { HeaderRowChoice } from './HeaderRowChoice.tsx';
import { type ReviewWords, useWords } from './words.ts';

interface DetectedFactsProps {
  upload: Upload;
  kind: Upload['kind'];
  busy: boolean;
  onKind: (kind: Upload['kind']) => void;
  onReading: (reading: Reading) => void;
}

/** Size, delimiter, sheet, header row, layout, profile, and what the file holds; after another choice the server reads the file again. */
export function DetectedFacts({ upload, kind, busy, onKind, onReading }: DetectedFactsProps) {
  const { t, language } = useWords();
  const reason = (option: string) => {
    const found = upload.reasons.find((one) => one.option === option)?.reason;
    return found === undefined ? undefined : sentences([serverText(found, language)], language);
  };
  return (
    <dl className={styles.facts}>
      <Fact name={t('kind')} why={reason('kind')}>
        <SegmentedControl
          size="xs"
          id={controlId('kind')}
          aria-label={t('kind')}
          value={kind}
          onChange={(value) => {
            const chosen = fileKindSchema.safeParse(value);
            if (chosen.success) onKind(chosen.data);
          }}
          data={fileKindSchema.options.map((one) => ({ value: one, label: t(`kind_${one}`) }))}
        />
      </Fact>
      <Fact name={t('file')}>{fileText(upload)}</Fact>
      {upload.sheets.length > 0 && (
        <Fact name={t('sheet')} why={reason('sheet')}>
          <NativeSelect
            size="xs"
            aria-label={t('sheet')}
            disabled={busy}
            value={upload.sheet ?? ''}
            onChange={(event) =>
              onReading({ sheet: event.currentTarget.value, header_row: undefined, across: undefined })
            }
            data={upload.sheets.map((sheet) => ({ value: sheet.name, label: sheetLabel(sheet, t) }))}
          />
        </Fact>
      )}
      {upload.delimiter !== null && (
        <Fact name={t('delimiter')} why={reason('delimiter')}>
          <NativeSelect
            size="xs"
            aria-label={t('delimiter')}
            disabled={busy}
            value={upload.delimiter}
            onChange={(event) => onReading({ delimiter: event.currentTarget.value })}
            data={[...new Set([...DELIMITERS, upload.delimiter])].map((value) => ({
              value,
              label: delimiterName(value, t),
            }))}
          />
        </Fact>
      )}
      {(upload.format === 'csv' || upload.format === 'xlsx') && (
        <Fact name={t('header_row')} why={reason('header_row')}>
          <HeaderRowChoice
            upload={upload}
            busy={busy}
            onHeaderRow={(header_row) => onReading({ header_row, across: undefined })}
          />
        </Fact>
      )}
      {(upload.format === 'csv' || upload.format === 'xlsx') && (
        <Fact name={t('across')} why={reason('across')}>
          <NativeSelect
            size="xs"
            id={controlId('options.across')}
            aria-label={t('across')}
            disabled={busy}
            value={upload.options.across ?? 'none'}
            onChange={(event) => {
              const chosen = acrossSchema.safeParse(event.currentTarget.value);
              if (chosen.success) onReading({ across: chosen.data });
            }}
            data={acrossSchema.options.map((value) => ({ value, label: t(`across_${value}`) }))}
          />
        </Fact>
      )}
      <ProfileFact upload={upload} busy={busy} onReading={onReading} />
    </dl>
  );
}

function Fact({ name, why, children }: { name: string; why?: string | undefined; children: ReactNode }) {
  return (
    <div>
      <dt>
        {name}
        {why !== undefined && <Info about={name} text={why} />}
      </dt>
      <dd>{children}</dd>
    </div>
  );
}

function ProfileFact({ upload, busy, onReading }: Pick<DetectedFactsProps, 'upload' | 'busy' | 'onReading'>) {
  const { t } = useWords();
  const profiles = useProfiles().data?.rows ?? [];
  if (profiles.length === 0 && upload.profile === null) return null;
  const names = new Set([...profiles.map(({ name }) => name), ...(upload.profile === null ? [] : [upload.profile])]);
  return (
    <Fact
      name={t('profile_choose')}
      why={upload.profile === null ? undefined : t('profile_used', { name: upload.profile })}
    >
      <NativeSelect
        size="xs"
        aria-label={t('profile_choose')}
        disabled={busy}
        value={upload.profile ?? ''}
        onChange={(event) =>
          onReading({ profile: event.currentTarget.value, header_row: undefined, across: undefined })
        }
        data={[{ value: '', label: t('profile_choose_none') }, ...names]}
      />
    </Fact>
  );
}

const FORMATS = { csv: 'CSV', ndjson: 'JSON', xlsx: 'XLSX', parquet: 'Parquet' } as const;
const PACKED = { gzip: 'gzip', zstd: 'zstd' } as const;

function fileText({ format, compression, bytes }: Upload): string {
  const packed = compression === null ? [] : [PACKED[compression]];
  return [FORMATS[format], ...packed, bytesText(bytes)].join(' · ');
}

function sheetLabel({ name, hidden, rows }: Upload['sheets'][number], t: ReviewWords): string {
  if (hidden) return t('sheet_hidden', { name });
  return rows === null ? name : t('sheet_rows', { name, count: rows });
}
