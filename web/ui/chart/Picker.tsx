import { NativeSelect } from '@mantine/core';
import type { ChoiceProps } from './Segments.tsx';

/** One of a longer list: the system's own list, which phones make for the thumb. */
export function Picker<T extends string>({
  label,
  value,
  options,
  onChange,
  width = 160,
}: ChoiceProps<T> & { width?: number }) {
  return (
    <NativeSelect
      size="xs"
      w={width}
      aria-label={label}
      value={value}
      data={options.map((option) => ({ value: option.value, label: option.label }))}
      onChange={(event) => {
        const chosen = options.find((option) => option.value === event.currentTarget.value);
        if (chosen !== undefined) onChange(chosen.value);
      }}
    />
  );
}
