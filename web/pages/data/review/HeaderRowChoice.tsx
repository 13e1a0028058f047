import { NativeSelect } from '@mantine/core';
import type { Upload } from '../../../../server/contract/imports.ts';
import styles from './HeaderRowChoice.module.css';
import { useWords } from './words.ts';

interface HeaderRowChoiceProps {
  upload: Upload;
  busy: boolean;
  /** From 1, 0 for none, undefined to have it found. */
  onHeaderRow: (row: number | undefined) => void;
}

export function HeaderRowChoice({ upload, busy, onHeaderRow }: HeaderRowChoiceProps) {
  const { t } = useWords();
  const { first_rows: rows, header_row: header, options } = upload;
  const stated = options.header_row !== undefined;
  return (
    <NativeSelect
      size="xs"
      className={styles.select ?? ''}
      aria-label={t('header_row')}
      disabled={busy}
      value={String(header ?? 0)}
      onChange={({ currentTarget: { value } }) => onHeaderRow(value === '' ? undefined : Number(value))}
      data={[
        ...(stated ? [{ value: '', label: t('header_row_found') }] : []),
        ...rows.map(({ row, cells }) => ({
          value: String(row),
          label: t('header_row_of', { row, cells: shortened(cells) }),
        })),
        { value: '0', label: t('header_row_none') },
      ]}
    />
  );
}

const LONGEST = 40;

function shortened(cells: readonly string[]): string {
  const text = cells.filter((cell) => cell.trim() !== '').join(' · ');
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
