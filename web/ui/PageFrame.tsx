import { type ReactNode, useEffect } from 'react';
import { Named } from './Name.tsx';
import styles from './PageFrame.module.css';

interface PageFrameProps {
  title: string;
  subtitle?: ReactNode;
  actions?: ReactNode;
  above?: ReactNode;
  children: ReactNode;
}

/** Title, subtitle and actions above a page's cards; also names the browser's tab. */
export function PageFrame({ title, subtitle, actions, above, children }: PageFrameProps) {
  useEffect(() => {
    document.title = `${title} · Dramascope`;
  }, [title]);
  return (
    <div className={styles.page} data-page>
      <header className={styles.head}>
        <div className={styles.words}>
          {above !== undefined && <div className={styles.above}>{above}</div>}
          <h1 className={styles.title}>
            <Named>{title}</Named>
          </h1>
          {subtitle !== undefined && (
            <p className={styles.subtitle}>
              <Named>{subtitle}</Named>
            </p>
          )}
        </div>
        {actions !== undefined && (
          <div className={styles.actions} data-control>
            {actions}
          </div>
        )}
      </header>
      {children}
    </div>
  );
}
