import { PageLink } from '../PageLink.tsx';
import styles from './Brand.module.css';

export function Brand() {
  return (
    <PageLink page="overview" className={styles.brand}>
      <svg viewBox="0 0 32 32" width="24" height="24" aria-hidden="true">
        <rect width="32" height="32" rx="8" className={styles.tile} />
        <g fill="#fff">
          <rect x="8" y="17" width="4" height="8" rx="1" />
          <rect x="14" y="12" width="4" height="13" rx="1" />
          <rect x="20" y="7" width="4" height="18" rx="1" />
        </g>
      </svg>
      <span>Dramascope</span>
    </PageLink>
  );
}
