import { ActionIcon, useMantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import { useWords } from '../../data/useWords.ts';
import type { Pressed } from '../opened.tsx';

export const THEMES = [
  { value: 'light', icon: IconSun, word: 'theme_light' },
  { value: 'dark', icon: IconMoon, word: 'theme_dark' },
  { value: 'auto', icon: IconDeviceDesktop, word: 'theme_auto' },
] as const;

export function ThemeButton(pressed: Pressed) {
  const { t } = useWords();
  const { colorScheme } = useMantineColorScheme();
  const current = THEMES.find(({ value }) => value === colorScheme) ?? THEMES[2];
  const label = `${t('theme')}: ${t(current.word)}`;
  return (
    <ActionIcon {...pressed} variant="subtle" color="gray" size="lg" aria-label={label} title={label}>
      <current.icon size={18} stroke={1.6} aria-hidden />
    </ActionIcon>
  );
}
