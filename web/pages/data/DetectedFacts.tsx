import { SegmentedControl } from '@mantine/core';
import type { ReactNode } from 'react';
import { fileKindSchema, type Upload } from '../../../server/contract/imports.ts';
import styles from './DetectedFacts.module.css';
import { bytesText } from './mapping.ts';
import { useWords } from './words.ts';

interface DetectedFactsProps {
  upload: Upload;
  kind: Upload['kind'];
  onKind: (kind: Upload['kind']) => void;
}

/** Size, encoding, delimiter, header row, and what the file holds. */
export function DetectedFacts({ upload, kind, onKind }: DetectedFactsProps) {
  const { t } = useWords();
  const reason = (option: string) => upload.reasons.find((one) => one.option === option)?.reason;
  const facts: [string, ReactNode, string | undefined][] = [
    [
      t('kind'),
      <SegmentedControl
        key="kind"
        size="xs"
        aria-label={t('kind')}
        value={kind}
        onChange={(value) => {
          const chosen = fileKindSchema.safeParse(value);
          if (chosen.success) onKind(chosen.data);
        }}
        data={fileKindSchema.options.map((one) => ({ value: one, label: t(`kind_${one}`) }))}
      />,
      reason('kind'),
    ],
    [t('file'), `${FORMATS[upload.format]} · ${bytesText(upload.bytes)}`, undefined],
  ];
  if (upload.encoding !== null) facts.push([t('encoding'), upload.encoding.toUpperCase(), reason('encoding')]);
  if (upload.delimiter !== null) {
    facts.push([t('delimiter'), delimiterName(upload.delimiter, t), undefined]);
  }
  if (upload.format === 'csv' || upload.format === 'xlsx') {
    const row = upload.header_row;
    facts.push([t('header_row'), row === null ? t('header_row_none') : t('header_row_value', { row }), undefined]);
  }
  return (
    <>
      <dl className={styles.facts}>
        {facts.map(([name, value, why]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
            {why !== undefined && <dd className={styles.why}>{why}</dd>}
          </div>
        ))}
      </dl>
      {upload.profile !== null && <p className={styles.profile}>{t('profile', { name: upload.profile })}</p>}
    </>
  );
}

const FORMATS = { csv: 'CSV', ndjson: 'JSON', xlsx: 'XLSX', parquet: 'Parquet' } as const;

function delimiterName(delimiter: string, t: ReturnType<typeof useWords>['t']): string {
  if (delimiter === '\t') return t('delimiter_tab');
  if (delimiter === ',') return t('delimiter_comma');
  return delimiter === ';' ? t('delimiter_semicolon') : delimiter;
}
