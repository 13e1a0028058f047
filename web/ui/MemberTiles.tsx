import type { ReactNode } from 'react';
import type { Count, GrowthReason } from '../../server/contract/analyses.ts';
import { useScope } from '../data/scope.tsx';
import { compact, exact } from '../i18n/numbers.ts';
import { Definition } from './Definition.tsx';
import { KpiRow, KpiTile } from './KpiTile.tsx';
import styles from './MemberTiles.module.css';

/** Two rows of tiles at the head of a member's page, as high as their numbers make them, also while those are fetched. */
export function MemberTiles({ first, second }: { first: ReactNode; second: ReactNode }) {
  return (
    <>
      <div className={styles.first}>
        <KpiRow>{first}</KpiRow>
      </div>
      <div className={styles.second}>
        <KpiRow>{second}</KpiRow>
      </div>
    </>
  );
}

interface ViewsTileProps {
  row: { views: Count; growth: number | null; growth_reason: GrowthReason } | undefined;
  loading: boolean;
  detail: string | undefined;
}

/** What the page leads with: the member's views and how they grew. */
export function ViewsTile({ row, loading, detail }: ViewsTileProps) {
  const { compared, language } = useScope();
  return (
    <KpiTile
      lead
      loading={loading}
      label={<Definition measure="views" />}
      value={compact(row?.views, language)}
      full={exact(row?.views)}
      change={
        compared === null || row === undefined ? undefined : { value: row.growth, reason: row.growth_reason, compared }
      }
      detail={detail}
    />
  );
}
