import { type ReactNode, useId } from 'react';
import styles from './Card.module.css';
import { Named } from './Name.tsx';

interface CardProps {
  title?: ReactNode;
  subtitle?: ReactNode;
  actions?: ReactNode;
  footer?: ReactNode;
  flush?: boolean;
  /** What the title will say is not known yet. */
  pending?: boolean;
  className?: string | undefined;
  children: ReactNode;
}

/** A surface with a hairline; named by its title for assistive technology. */
export function Card({
  title,
  subtitle,
  actions,
  footer,
  flush = false,
  pending = false,
  className,
  children,
}: CardProps) {
  const id = useId();
  const named = title === undefined ? {} : { 'aria-labelledby': id };
  return (
    <section className={[styles.card, className].filter(Boolean).join(' ')} {...named} data-flush={flush}>
      {(title !== undefined || actions !== undefined) && (
        <header className={styles.head}>
          <div className={styles.words} data-pending={pending}>
            {title !== undefined && (
              <h2 id={id} className={styles.title}>
                <Named>{title}</Named>
              </h2>
            )}
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
      )}
      <div className={flush ? styles.flush : styles.body}>{children}</div>
      {footer !== undefined && <footer className={styles.foot}>{footer}</footer>}
    </section>
  );
}

/** Cards side by side on a wide screen, below one another on a narrow one. */
export function CardRow({ children, columns = 2 }: { children: ReactNode; columns?: 2 | 3 }) {
  return <div className={columns === 2 ? styles.two : styles.three}>{children}</div>;
}
