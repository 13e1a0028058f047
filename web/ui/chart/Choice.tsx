import { SegmentedControl, Select } from '@mantine/core';

interface ChoiceProps<T extends string> {
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
}

/** One of a few, all in sight. */
export function Segments<T extends string>({ label, value, options, onChange }: ChoiceProps<T>) {
  return (
    <SegmentedControl
      size="xs"
      styles={{ label: { paddingInline: 12 } }}
      aria-label={label}
      value={value}
      data={options.map((option) => ({ value: option.value, label: option.label }))}
      onChange={(next) => {
        const chosen = options.find((option) => option.value === next);
        if (chosen !== undefined) onChange(chosen.value);
      }}
    />
  );
}

/** One of many. */
export function Picker<T extends string>({
  label,
  value,
  options,
  onChange,
  width = 160,
}: ChoiceProps<T> & { width?: number }) {
  return (
    <Select
      size="xs"
      w={width}
      aria-label={label}
      value={value}
      allowDeselect={false}
      checkIconPosition="right"
      comboboxProps={{ width: 'max-content', position: 'bottom-end' }}
      data={options.map((option) => ({ value: option.value, label: option.label }))}
      onChange={(next) => {
        const chosen = options.find((option) => option.value === next);
        if (chosen !== undefined) onChange(chosen.value);
      }}
    />
  );
}
