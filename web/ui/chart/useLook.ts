import { useComputedColorScheme } from '@mantine/core';
import { useReducedMotion } from '@mantine/hooks';
import { DARK_LOOK, LIGHT_LOOK, type Look } from '../../charts/look.ts';

export function useLook(): Look {
  return useComputedColorScheme('light') === 'dark' ? DARK_LOOK : LIGHT_LOOK;
}

export const useMotion = (): boolean => !useReducedMotion();
