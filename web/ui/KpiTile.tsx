import { Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { Change, type ChangeProps } from './Change.tsx';
import styles from './KpiTile.module.css';
import { TileSkeleton } from './Skeletons.tsx';

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
}: KpiTileProps) {
  if (loading) {
    return (
      <section className={styles.tile}>
        <TileSkeleton />
      </section>
    );
  }
  return (
    <section className={styles.tile}>
      <div className={styles.label}>
        {label}
        {mark}
      </div>
      <Tooltip label={full} disabled={full === undefined || full === value} withArrow>
        <p className={lead ? styles.lead : styles.value}>{value}</p>
      </Tooltip>
      {(change !== undefined || (detail !== undefined && detail !== false)) && (
        <div className={styles.change}>
          {change !== undefined && <Change {...change} />}
          {detail !== undefined && detail !== false && <div className={styles.detail}>{detail}</div>}
        </div>
      )}
      {sparkline !== undefined && <div className={styles.spark}>{sparkline}</div>}
    </section>
  );
}

/** Tiles in one row, equally wide; two by two where there is less room. `wideFirst` gives the first two shares. */
export function KpiRow({ children, wideFirst = false }: { children: ReactNode; wideFirst?: boolean }) {
  return <div className={wideFirst ? `${styles.row} ${styles.wideFirst}` : styles.row}>{children}</div>;
}
