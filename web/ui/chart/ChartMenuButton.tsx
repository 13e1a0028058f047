import { ActionIcon } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { Pressed } from '../opened.tsx';
import { useChartWords } from './words.ts';

export type ExportKind = 'png' | 'png4k' | 'tall' | 'svg' | 'pdf' | 'pptx' | 'csv' | 'xlsx' | 'parquet';
/** What goes into the clipboard. */
export type CopyKind = 'picture' | 'link' | 'query';

export interface ChartMenuProps {
  title: string;
  asTable: boolean;
  onTable: () => void;
  /** Undefined where the chart has no definition of its own. */
  onDefinition: (() => void) | undefined;
  definitionShown: boolean;
  onExport: (kind: ExportKind) => void;
  /** @throws what the browser says if it may not */
  onClip: (kind: CopyKind) => Promise<void>;
  disabled: boolean;
}

export function ChartMenuButton(props: ChartMenuProps & Pressed) {
  const { title, disabled, asTable, onTable, onDefinition, definitionShown, onExport, onClip, ...pressed } = props;
  const { t } = useChartWords();
  return (
    <ActionIcon
      {...pressed}
      variant="subtle"
      color="gray"
      size={28}
      style={disabled ? { background: 'transparent' } : undefined}
      aria-label={t('menu', { title })}
      disabled={disabled}
    >
      <IconDots size={18} stroke={1.5} aria-hidden />
    </ActionIcon>
  );
}
