import { Button } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import type { Compared } from '../../figures/compare/compared.ts';
import type { Pressed } from '../opened.tsx';

export interface MemberFinderProps {
  dimension: Compared;
  /** Members that are there already. */
  without: readonly string[];
  /** What the button says. */
  label: string;
  onPick: (id: string) => void;
}

export function FinderButton(props: MemberFinderProps & Pressed) {
  const { dimension, without, label, onPick, ...pressed } = props;
  return (
    <Button
      {...pressed}
      variant="default"
      size="xs"
      leftSection={<IconArrowsDiff size={16} stroke={1.6} aria-hidden />}
    >
      {label}
    </Button>
  );
}
