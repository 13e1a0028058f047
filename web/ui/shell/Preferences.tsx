import { ActionIcon } from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { isSignedIn } from '../../data/api/session.ts';
import { setLanguage } from '../../data/language.ts';
import { useAddressParams } from '../../data/useFilters.ts';
import { useWords } from '../../data/useWords.ts';
import type { Params } from '../../filters/grammar.ts';
import type { Language } from '../../i18n/i18n.ts';
import { Segments } from '../chart/Segments.tsx';

/** 中文 or English, kept in this browser; an address that names a language is rewritten, or it would win again. */
export function LanguageSwitch() {
  const { t, language } = useWords();
  const { lang } = useAddressParams();
  const navigate = useNavigate();
  const choose = (value: Language) => {
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
    <Segments
      label={t('language')}
      value={language}
      onChange={choose}
      options={[
        { value: 'zh', label: '中文' },
        { value: 'en', label: 'EN' },
      ]}
    />
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
