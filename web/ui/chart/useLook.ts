import { useComputedColorScheme } from '@mantine/core';
import { useReducedMotion } from '@mantine/hooks';
import { DARK_LOOK, LIGHT_LOOK, type Look } from '../../charts/look.ts';

/** The charts' look in the reader's colour scheme. */
export function useLook(): Look {
  return useComputedColorScheme('light') === 'dark' ? DARK_LOOK : LIGHT_LOOK;
}

/** Whether things may move. */
export const useMotion = (): boolean => !useReducedMotion();
