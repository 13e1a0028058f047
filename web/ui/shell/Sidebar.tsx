import {
  IconBuilding,
  IconCategory,
  IconChartAreaLine,
  IconDatabase,
  IconLayoutDashboard,
  IconMovie,
  IconTrendingUp,
  IconTrophy,
  IconWorld,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useCatalog } from '../../data/hooks.ts';
import { useCarried, usePresent } from '../../data/useLeads.ts';
import { useWords } from '../../data/useWords.ts';
import { comparedOn, MEMBER_PAGES } from '../../filters/memberPages.ts';
import { day } from '../../i18n/numbers.ts';
import { opened } from '../opened.tsx';
import { PAGES } from '../PageLink.tsx';
import { Brand } from './Brand.tsx';
import { LanguageSwitch, SignOut } from './Preferences.tsx';
import styles from './Sidebar.module.css';
import { SyntheticMark } from './SyntheticMark.tsx';
import { ThemeButton } from './ThemeButton.tsx';

const SyntheticBadge = opened(SyntheticMark, async () => (await import('./SyntheticBadge.tsx')).SyntheticBadge);
const ThemeMenu = opened(ThemeButton, async () => (await import('./ThemeMenu.tsx')).ThemeMenu);

const ENTRIES = [
  { page: 'overview', icon: IconLayoutDashboard },
  { page: 'club', icon: IconTrophy },
  { page: 'series', icon: IconMovie },
  { page: 'genres', icon: IconCategory },
  { page: 'producers', icon: IconBuilding },
  { page: 'growth', icon: IconTrendingUp },
  { page: 'formats', icon: IconChartAreaLine },
  { page: 'overseas', icon: IconWorld },
  { page: 'data', icon: IconDatabase },
] as const;

export function Sidebar() {
  const { t, language } = useWords();
  const search = useCarried();
  const { path, params } = usePresent();
  const compared = comparedOn(path, params);
  const dataset = useCatalog().data?.dataset;
  return (
    <div className={styles.sidebar}>
      <div className={styles.brand}>
        <Brand />
      </div>
      <nav aria-label={t('navigation')} className={styles.nav}>
        {ENTRIES.map(({ page, icon: Icon }) => (
          <Link
            key={page}
            to={PAGES[page]}
            search={search}
            activeOptions={{ exact: page === 'overview', includeSearch: false }}
            className={styles.entry}
            data-within={compared !== null && MEMBER_PAGES[compared] === `${PAGES[page]}/` ? true : undefined}
          >
            <Icon size={18} stroke={1.6} aria-hidden />
            <span>{t(page)}</span>
          </Link>
        ))}
      </nav>
      <div className={styles.foot}>
        {dataset?.synthetic === true && <SyntheticBadge />}
        {dataset?.as_of != null && <p className={styles.asOf}>{t('as_of', { date: day(dataset.as_of, language) })}</p>}
        <div className={styles.switches}>
          <LanguageSwitch />
          <div className={styles.icons}>
            <ThemeMenu />
            <SignOut />
          </div>
        </div>
      </div>
    </div>
  );
}
