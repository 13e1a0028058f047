import { Menu, useMantineColorScheme } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useDensity, useSetDisplay } from '../../data/display.ts';
import { readDensity } from '../../data/kept.ts';
import { printWhole } from '../../data/paper.ts';
import { useWords } from '../../data/useWords.ts';
import { useOpenAtOnce } from '../opened.tsx';
import { THEMES, ThemeButton } from './ThemeButton.tsx';

/** How this browser shows everything: theme, the wall, density; and the page on paper. */
export function ThemeMenu() {
  const { t } = useWords();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const density = useDensity();
  const { setDensity, setStage } = useSetDisplay();
  const client = useQueryClient();
  const [open, setOpen] = useOpenAtOnce();
  const chooseTheme = (value: string) => {
    const theme = THEMES.find((one) => one.value === value);
    if (theme === undefined) setStage(true);
    else setColorScheme(theme.value);
  };
  return (
    <Menu opened={open} onChange={setOpen} position="top-end" withinPortal>
      <Menu.Target>
        <ThemeButton autoFocus />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('theme')}</Menu.Label>
        <Menu.RadioGroup value={colorScheme} onChange={chooseTheme}>
          {THEMES.map(({ value, word }) => (
            <Menu.RadioItem key={value} value={value}>
              {t(word)}
            </Menu.RadioItem>
          ))}
          <Menu.RadioItem value="stage" title={t('theme_stage_text')}>
            {t('theme_stage')}
          </Menu.RadioItem>
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Label>{t('density')}</Menu.Label>
        <Menu.RadioGroup value={density} onChange={(value) => setDensity(readDensity(value) ?? 'comfortable')}>
          {(['comfortable', 'compact'] as const).map((value) => (
            <Menu.RadioItem key={value} value={value}>
              {t(`density_${value}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconPrinter size={16} stroke={1.6} aria-hidden />}
          onClick={() => void printWhole(client)}
        >
          {t('print')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
