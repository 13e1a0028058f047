import { Burger, Drawer } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDatabase } from '@tabler/icons-react';
import { Outlet, useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useCatalog } from '../../data/hooks.ts';
import { FilterBar } from '../../filters/FilterBar.tsx';
import { ScopeProvider, useResolvedScope } from '../../filters/scope.tsx';
import { useAddressParams, useFilters } from '../../filters/useFilters.ts';
import { isLanguage, setLanguage } from '../../i18n/i18n.ts';
import { useWords } from '../../i18n/words.ts';
import { EmptyState } from '../EmptyState.tsx';
import { ErrorState } from '../ErrorState.tsx';
import { PageLink } from '../PageLink.tsx';
import { PageSkeleton } from '../Skeletons.tsx';
import { Brand } from './Brand.tsx';
import styles from './Shell.module.css';
import { Sidebar } from './Sidebar.tsx';

/** The frame of every page: navigation, filter bar, and the page once the catalog says what there is to ask. */
export function Shell() {
  const { t } = useWords();
  const { pathname } = useLocation();
  const [menuOpen, menu] = useDisclosure(false);
  useAskedLanguage();
  // biome-ignore lint/correctness/useExhaustiveDependencies: going to another page closes the menu
  useEffect(() => menu.close(), [pathname]);
  return (
    <>
      <a className={styles.skip} href="#content">
        {t('skip')}
      </a>
      <div className={styles.frame}>
        <aside className={styles.aside}>
          <Sidebar />
        </aside>
        <header className={styles.top}>
          <Burger size="sm" opened={menuOpen} onClick={menu.toggle} aria-label={t('open_menu')} />
          <Brand />
        </header>
        <Drawer.Root
          opened={menuOpen}
          onClose={menu.close}
          size={264}
          padding={0}
          classNames={{ content: styles.drawerContent, body: styles.drawer }}
        >
          <Drawer.Overlay />
          <Drawer.Content aria-label={t('navigation')}>
            <Drawer.Body>
              <Sidebar />
            </Drawer.Body>
          </Drawer.Content>
        </Drawer.Root>
        <main id="content" tabIndex={-1} className={styles.main}>
          <Content needsData={pathname !== '/data'} />
        </main>
      </div>
    </>
  );
}

/** `?lang=` in an address that was opened (or gone back to) sets the language. */
function useAskedLanguage(): void {
  const { lang } = useAddressParams();
  useEffect(() => {
    if (isLanguage(lang)) setLanguage(lang, false);
  }, [lang]);
}

function Content({ needsData }: { needsData: boolean }) {
  const { t, language } = useWords();
  const catalog = useCatalog();
  const { state } = useFilters();
  const scope = useResolvedScope(state, catalog.data?.dataset, language);
  if (!needsData) {
    return (
      <div className={styles.bare}>
        <Outlet />
      </div>
    );
  }
  if (catalog.isPending) return <PageSkeleton />;
  if (catalog.isError) return <ErrorState error={catalog.error} onRetry={() => void catalog.refetch()} />;
  if (scope === null) {
    return (
      <div className={styles.middle}>
        <EmptyState
          icon={<IconDatabase size={32} stroke={1.4} aria-hidden />}
          title={t('empty_dataset')}
          text={t('empty_dataset_text')}
          action={
            <PageLink page="data" asButton>
              {t('go_import')}
            </PageLink>
          }
        />
      </div>
    );
  }
  return (
    <ScopeProvider scope={scope}>
      <FilterBar />
      <Outlet />
    </ScopeProvider>
  );
}
