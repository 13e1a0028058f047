import { Button } from '@mantine/core';
import { IconColumns3 } from '@tabler/icons-react';
import { useWords } from '../data/useWords.ts';
import type { Pressed } from './opened.tsx';

export interface ColumnChoiceProps {
  columns: readonly { id: string; header: string; fixed?: boolean }[];
  visibility: Record<string, boolean>;
  onChange: (id: string, shown: boolean) => void;
  /** Back to what the table has by itself; none, if that is what it shows. */
  onReset: (() => void) | undefined;
}

export function ColumnButton({
  columns,
  visibility,
  onChange,
  ...pressed
}: ColumnChoiceProps & Omit<Pressed, 'onChange'>) {
  const { t } = useWords();
  return (
    <Button {...pressed} variant="default" size="xs" leftSection={<IconColumns3 size={16} stroke={1.6} aria-hidden />}>
      {t('columns')}
    </Button>
  );
}
