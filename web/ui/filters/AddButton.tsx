import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { Pressed } from '../opened.tsx';
import bar from './FilterBar.module.css';
import { useWords } from './words.ts';

export function AddButton(pressed: Pressed) {
  const { t } = useWords();
  return (
    <Button
      {...pressed}
      variant="subtle"
      size="xs"
      className={bar.control}
      leftSection={<IconPlus size={14} stroke={2} aria-hidden />}
    >
      {t('add')}
    </Button>
  );
}
