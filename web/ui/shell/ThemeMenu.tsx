import { Menu, useMantineColorScheme } from '@mantine/core';
import { useWords } from '../../data/useWords.ts';
import { useOpenAtOnce } from '../opened.tsx';
import { THEMES, ThemeButton } from './ThemeButton.tsx';

export function ThemeMenu() {
  const { t } = useWords();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [open, setOpen] = useOpenAtOnce();
  return (
    <Menu opened={open} onChange={setOpen} position="top-end" withinPortal>
      <Menu.Target>
        <ThemeButton autoFocus />
      </Menu.Target>
      <Menu.Dropdown>
        {THEMES.map(({ value, icon: Icon, word }) => (
          <Menu.Item
            key={value}
            role="menuitemradio"
            aria-checked={value === colorScheme}
            leftSection={<Icon size={16} stroke={1.6} aria-hidden />}
            onClick={() => setColorScheme(value)}
          >
            {t(word)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
