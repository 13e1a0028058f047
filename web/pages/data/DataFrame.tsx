import { Link, Outlet } from '@tanstack/react-router';
import { useCarried } from '../../data/useLeads.ts';
import { PAGES } from '../../ui/PageLink.tsx';
import styles from './DataFrame.module.css';
import { useWords } from './words.ts';

const SECTIONS = [
  { page: 'data', word: 'files_and_history' },
  { page: 'names', word: 'names' },
  { page: 'coverage', word: 'coverage' },
] as const;

export function DataFrame() {
  const { t } = useWords();
  const search = useCarried();
  return (
    <>
      <nav aria-label={t('sections')} className={styles.sections}>
        {SECTIONS.map(({ page, word }) => (
          <Link
            key={page}
            to={PAGES[page]}
            search={search}
            activeOptions={{ exact: true, includeSearch: false }}
            className={styles.section}
            data-text={t(word)}
          >
            {t(word)}
          </Link>
        ))}
      </nav>
      <Outlet />
    </>
  );
}
