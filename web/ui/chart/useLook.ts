import { useComputedColorScheme } from '@mantine/core';
import { useReducedMotion } from '@mantine/hooks';
import { DARK_LOOK, LIGHT_LOOK, type Look, STAGE_LOOK } from '../../charts/look.ts';
import { stage } from '../../data/kept.ts';
import { useSheet } from '../../data/paper.ts';

/** A page has several charts, and each less room than a picture of its own. */
const STAGE_PAGE_LOOK: Look = { ...STAGE_LOOK, type: { ...STAGE_LOOK.type, label: STAGE_LOOK.type.tick } };

export function useLook(): Look {
  const onStage = stage.use();
  const sheet = useSheet();
  const scheme = useComputedColorScheme('light');
  if (sheet) return LIGHT_LOOK;
  if (onStage) return STAGE_PAGE_LOOK;
  return scheme === 'dark' ? DARK_LOOK : LIGHT_LOOK;
}

/** The page's theme, by the name that the server's pictures know it by. */
export function useThemeName(): 'light' | 'dark' | 'stage' {
  const onStage = stage.use();
  const scheme = useComputedColorScheme('light');
  return onStage ? 'stage' : scheme;
}

export function useMotion(): boolean {
  const still = useReducedMotion();
  return !useSheet() && !still;
}
