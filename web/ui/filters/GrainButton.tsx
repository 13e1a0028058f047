import { Button } from '@mantine/core';
import { IconChevronDown, IconRulerMeasure } from '@tabler/icons-react';
import { useScope } from '../../data/scope.tsx';
import { useFilters } from '../../data/useFilters.ts';
import type { Pressed } from '../opened.tsx';
import bar from './FilterBar.module.css';
import { useWords } from './words.ts';

export function GrainButton(pressed: Pressed) {
  const { t } = useWords();
  const told = useGrainTold();
  return (
    <Button
      {...pressed}
      variant="default"
      size="xs"
      className={bar.control}
      leftSection={<IconRulerMeasure size={16} stroke={1.6} aria-hidden />}
      rightSection={<IconChevronDown size={14} stroke={1.8} aria-hidden />}
      aria-label={`${t('grain')}: ${told}`}
    >
      <span className={bar.muted}>{t('grain')}</span>
      {told}
    </Button>
  );
}

/** The grain that was chosen, and what is drawn instead if that is too fine. */
export function useGrainTold(): string {
  const { t } = useWords();
  const { grain } = useScope();
  const { grain: asked } = useFilters().state;
  if (asked === undefined || grain === null) return t('grain_auto');
  if (asked === grain) return t(`grain_${grain}`);
  return t('too_many', { asked: t(`grain_${asked}`), used: t(`grain_${grain}`) });
}
