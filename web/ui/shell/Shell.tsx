import { Burger } from '@mantine/core';
import { Outlet, useLocation } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { part } from '../../data/api/code.ts';
import { useAway } from '../../data/api/reach.ts';
import { useDisplay } from '../../data/display.ts';
import { stage } from '../../data/kept.ts';
import { setLanguage } from '../../data/language.ts';
import { useAddressParams } from '../../data/useFilters.ts';
import { useWords } from '../../data/useWords.ts';
import { isLanguage } from '../../i18n/i18n.ts';
import { BottomBar } from './BottomBar.tsx';
import { Brand } from './Brand.tsx';
import styles from './Shell.module.css';
import { Sidebar } from './Sidebar.tsx';
import { useKeptFocus } from './useKeptFocus.ts';

const NavigationDrawer = lazy(async () => ({
  default: (await part(() => import('./NavigationDrawer.tsx'))).NavigationDrawer,
}));

const StageExit = lazy(async () => ({ default: (await part(() => import('./StageExit.tsx'))).StageExit }));

/** The frame of every page: navigation beside it, or behind a button where there is little room. */
export function Shell() {
  const { t } = useWords();
  const { pathname } = useLocation();
  // The page on which the menu was opened: going to another one closes it.
  const [openOn, setOpenOn] = useState<string | null>(null);
  const menuOpen = openOn === pathname;
  useAskedLanguage();
  useKeptFocus();
  useDisplay();
  const onStage = stage.use();
  return (
    <>
      <a className={styles.skip} href="#content">
        {t('skip')}
      </a>
      <div className={styles.frame}>
        <aside className={styles.aside} data-control>
          <Sidebar />
        </aside>
        <header className={styles.top} data-control>
          <Burger
            size="sm"
            opened={menuOpen}
            onClick={() => setOpenOn(menuOpen ? null : pathname)}
            aria-label={t('open_menu')}
          />
          <Brand />
        </header>
        <Suspense>{openOn !== null && <NavigationDrawer open={menuOpen} onClose={() => setOpenOn(null)} />}</Suspense>
        <Away />
        <Suspense>{onStage && <StageExit />}</Suspense>
        <BottomBar open={menuOpen} onMenu={() => setOpenOn(pathname)} />
        <main id="content" tabIndex={-1} className={styles.main}>
          <Outlet />
        </main>
      </div>
    </>
  );
}

/** One calm line while the server cannot be reached. */
function Away() {
  const { t } = useWords();
  const away = useAway();
  return (
    <div role="status" className={styles.away}>
      {away && <p>{t('away')}</p>}
    </div>
  );
}

/** `?lang=` in an address that was opened (or gone back to) sets the language. */
function useAskedLanguage(): void {
  const { lang } = useAddressParams();
  useEffect(() => {
    if (isLanguage(lang)) setLanguage(lang, false);
  }, [lang]);
}
