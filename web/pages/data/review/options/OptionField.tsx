import { NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ImportOptions, Upload } from '../../../../../server/contract/imports.ts';
import type { Draft } from '../../desk/mapping.ts';
import { controlId } from '../../parts/answerControls.ts';
import { Info } from '../../parts/Info.tsx';
import styles from './OptionsForm.module.css';

export interface OptionGroupProps {
  upload: Upload;
  draft: Draft;
  set: (change: Partial<Record<keyof ImportOptions, string>>) => void;
  reason: (option: keyof ImportOptions) => string;
}

interface OptionFieldProps {
  answers: keyof ImportOptions;
  label: string;
  definition: string;
  note?: string | undefined;
  children: (id: string) => ReactNode;
}

export function OptionField({ answers, label, definition, note, children }: OptionFieldProps) {
  const id = controlId(`options.${answers}`);
  return (
    <div className={styles.option}>
      <div className={styles.label}>
        <label htmlFor={id}>{label}</label>
        <Info about={label} text={definition} />
      </div>
      {children(id)}
      {note !== undefined && note !== '' && <p className={styles.text}>{note}</p>}
    </div>
  );
}

interface SelectOptionProps extends Omit<OptionFieldProps, 'children'> {
  value: string;
  onChange: (value: string) => void;
  data: (string | { value: string; label: string })[];
}

export function SelectOption({ value, onChange, data, ...field }: SelectOptionProps) {
  return (
    <OptionField {...field}>
      {(id) => (
        <NativeSelect
          id={id}
          size="sm"
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
          data={data}
        />
      )}
    </OptionField>
  );
}
