import { IconRulerMeasure } from '@tabler/icons-react';
import { useScope } from '../../../data/scope.tsx';
import { useFilters } from '../../../data/useFilters.ts';
import type { Pressed } from '../../opened.tsx';
import { BarButton } from '../BarButton.tsx';
import { useWords } from '../words.ts';

export function GrainButton(pressed: Pressed) {
  const { t } = useWords();
  const told = useGrainTold();
  return (
    <BarButton
      pressed={pressed}
      icon={IconRulerMeasure}
      muted={t('grain')}
      value={told}
      label={`${t('grain')}: ${told}`}
    />
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
