import { Button } from '@mantine/core';
import { IconChevronDown, type IconProps } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { Pressed } from '../opened.tsx';
import bar from './FilterBar.module.css';

interface BarButtonProps {
  pressed: Pressed;
  icon: ComponentType<IconProps>;
  /** What it sets, or the name of what is set; left out if empty. */
  muted: string;
  value: string;
  /** Its name, if `muted` does not say what it sets. */
  label?: string;
}

/** A choice of the filter bar that opens: what it sets, and what is set. */
export function BarButton({ pressed, icon: Icon, muted, value, label }: BarButtonProps) {
  return (
    <Button
      {...pressed}
      variant="default"
      size="xs"
      className={bar.control}
      leftSection={<Icon size={16} stroke={1.6} aria-hidden />}
      rightSection={<IconChevronDown size={14} stroke={1.8} aria-hidden />}
      aria-label={label}
    >
      {muted !== '' && <span className={bar.muted}>{muted}</span>}
      {value}
    </Button>
  );
}
