import { ActionIcon } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { FigureFormat } from '../../../server/contract/figures.ts';
import type { Pressed } from '../opened.tsx';
import { useChartWords } from './words.ts';

/** Files of one click; pictures otherwise than these are asked for in the dialog. */
export type ExportKind = Exclude<FigureFormat, 'json'>;
/** What goes into the clipboard. */
export type CopyKind = 'picture' | 'link' | 'embed' | 'query' | 'sql' | 'duckdb';

export interface ChartMenuProps {
  title: string;
  asTable: boolean;
  onTable: () => void;
  /** Undefined where the chart has no definition of its own. */
  onDefinition: (() => void) | undefined;
  definitionShown: boolean;
  onExport: (kind: ExportKind) => void;
  /** Opens the dialog of pictures. */
  onPictures: () => void;
  /** @throws what the browser says if it may not */
  onClip: (kind: CopyKind) => Promise<void>;
  disabled: boolean;
}

export function ChartMenuButton(props: ChartMenuProps & Pressed) {
  const { title, disabled, asTable, onTable, onDefinition, definitionShown, onExport, onPictures, onClip, ...pressed } =
    props;
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
