import { Select } from '@mantine/core';
import type { ChoiceProps } from './Segments.tsx';

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
