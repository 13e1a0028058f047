import { ActionIcon, Menu, SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconLogout, IconMoon, IconSun } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { setLanguage } from '../../data/language.ts';
import { isSignedIn } from '../../data/session.ts';
import { useAddressParams } from '../../data/useFilters.ts';
import { useWords } from '../../data/useWords.ts';
import type { Params } from '../../filters/grammar.ts';
import { isLanguage } from '../../i18n/i18n.ts';

/** 中文 or English, kept in this browser; an address that names a language is rewritten, or it would win again. */
export function LanguageSwitch() {
  const { t, language } = useWords();
  const { lang } = useAddressParams();
  const navigate = useNavigate();
  const choose = (value: string) => {
    if (!isLanguage(value)) return;
    setLanguage(value, true);
    if (lang !== undefined) {
      void navigate({
        to: '.',
        search: (before: Params) => ({ ...before, lang: value }),
        replace: true,
        resetScroll: false,
      });
    }
  };
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('language')}
      value={language}
      onChange={choose}
      data={[
        { value: 'zh', label: '中文' },
        { value: 'en', label: 'EN' },
      ]}
    />
  );
}

const THEMES = [
  { value: 'light', icon: IconSun, word: 'theme_light' },
  { value: 'dark', icon: IconMoon, word: 'theme_dark' },
  { value: 'auto', icon: IconDeviceDesktop, word: 'theme_auto' },
] as const;

/** Light, dark, or as the system says. */
export function ThemeSwitch() {
  const { t } = useWords();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const current = THEMES.find(({ value }) => value === colorScheme) ?? THEMES[2];
  const label = `${t('theme')}: ${t(current.word)}`;
  return (
    <Menu position="top-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={label} title={label}>
          <current.icon size={18} stroke={1.6} aria-hidden />
        </ActionIcon>
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

/** Ends the session, where the server asked for one. A form: the server answers with its sign-in page. */
export function SignOut() {
  const { t } = useWords();
  if (!isSignedIn()) return null;
  return (
    <form method="post" action="/sign-out">
      <ActionIcon
        type="submit"
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={t('sign_out')}
        title={t('sign_out')}
      >
        <IconLogout size={18} stroke={1.6} aria-hidden />
      </ActionIcon>
    </form>
  );
}
