import { IconCategory, IconLayoutDashboard, IconMenu2, IconMovie, IconTrophy } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useCarried } from '../../data/useLeads.ts';
import { useWords } from '../../data/useWords.ts';
import { PAGES } from '../PageLink.tsx';
import styles from './BottomBar.module.css';

const ENTRIES = [
  { page: 'overview', icon: IconLayoutDashboard },
  { page: 'club', icon: IconTrophy },
  { page: 'series', icon: IconMovie },
  { page: 'genres', icon: IconCategory },
] as const;

/** On a phone: the pages most asked for, and the menu with all of them, under the thumb. */
export function BottomBar({ open, onMenu }: { open: boolean; onMenu: () => void }) {
  const { t } = useWords();
  const search = useCarried();
  return (
    <nav className={styles.bar} data-control aria-label={t('quick')}>
      {ENTRIES.map(({ page, icon: Icon }) => (
        <Link
          key={page}
          to={PAGES[page]}
          search={search}
          activeOptions={{ exact: page === 'overview', includeSearch: false }}
          className={styles.entry}
        >
          <Icon size={20} stroke={1.6} aria-hidden />
          {t(page)}
        </Link>
      ))}
      <button type="button" className={styles.entry} aria-expanded={open} onClick={onMenu}>
        <IconMenu2 size={20} stroke={1.6} aria-hidden />
        {t('more')}
      </button>
    </nav>
  );
}
