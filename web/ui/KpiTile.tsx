import type { ReactNode } from 'react';
import type { Mark } from '../filters/marks.ts';
import { Change, type ChangeProps } from './Change.tsx';
import { Hint } from './Hint.tsx';
import styles from './KpiTile.module.css';
import { MarkLink } from './marks/MarkLink.tsx';
import { Named } from './Name.tsx';
import { type Target, TargetLink } from './TargetLink.tsx';

interface KpiTileProps {
  /** Usually a `<Definition measure="…" />`. */
  label: ReactNode;
  value: string;
  /** The full number, on hover and for assistive technology. */
  full?: string | undefined;
  change?: ChangeProps | undefined;
  /** A line of words under the number, where there is no change to name. */
  detail?: ReactNode;
  mark?: ReactNode;
  sparkline?: ReactNode;
  lead?: boolean;
  loading?: boolean;
  /** What the tile opens: a page, or what somebody stands for. */
  opens?: Target | Mark | undefined;
}

export function KpiTile({
  label,
  value,
  full,
  change,
  detail,
  mark,
  sparkline,
  lead = false,
  loading = false,
  opens,
}: KpiTileProps) {
  if (loading) {
    return (
      <section className={styles.tile} aria-busy>
        <div className={styles.label}>{label}</div>
        <p className={lead ? styles.lead : styles.value}>
          <span className={styles.wait} />
        </p>
        {(change !== undefined || detail !== undefined) && <div className={styles.change} />}
        {sparkline !== undefined && <div className={styles.sparkWait} />}
      </section>
    );
  }
  return (
    <section className={styles.tile}>
      <div className={styles.label}>
        {label}
        {mark}
      </div>
      <Hint label={full === value ? undefined : full}>
        {(hinted) => (
          <p className={lead ? styles.lead : styles.value} {...hinted}>
            <Opening opens={opens}>{value}</Opening>
          </p>
        )}
      </Hint>
      {(change !== undefined || (detail !== undefined && detail !== false)) && (
        <div className={styles.change}>
          {change !== undefined && <Change {...change} />}
          {detail !== undefined && detail !== false && (
            <div className={styles.detail}>
              <Named>{detail}</Named>
            </div>
          )}
        </div>
      )}
      {sparkline !== undefined && <div className={styles.spark}>{sparkline}</div>}
    </section>
  );
}

/** The number is the link; all of the tile is pressed. */
function Opening({ opens, children }: Pick<KpiTileProps, 'opens'> & { children: string }) {
  if (opens === undefined) return children;
  if ('members' in opens) {
    return (
      <MarkLink mark={opens} className={styles.opens}>
        {children}
      </MarkLink>
    );
  }
  return (
    <TargetLink target={opens} className={styles.opens}>
      {children}
    </TargetLink>
  );
}

interface KpiRowProps {
  /** Gives the first tile more room. */
  wideFirst?: boolean;
  /** The numbers are those of a moment ago. */
  stale?: boolean;
  children: ReactNode;
}

/** Tiles in one row, equally wide; two by two where there is less room. */
export function KpiRow({ children, wideFirst = false, stale = false }: KpiRowProps) {
  return (
    <div className={wideFirst ? `${styles.row} ${styles.wideFirst}` : styles.row} aria-busy={stale}>
      {children}
    </div>
  );
}
