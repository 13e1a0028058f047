import { Skeleton } from '@mantine/core';
import { useWords } from '../data/useWords.ts';
import styles from './Skeletons.module.css';

export function ChartSkeleton({ height = 320 }: { height?: number }) {
  const { t } = useWords();
  return <Skeleton height={height} radius="sm" role="status" aria-label={t('loading')} />;
}

export function TableSkeleton({ rows = 8 }: { rows?: number }) {
  const { t } = useWords();
  return (
    <div className={styles.table} role="status" aria-label={t('loading')}>
      {Array.from({ length: rows }, (_, row) => `row ${row}`).map((row) => (
        <Skeleton key={row} height={24} radius="sm" />
      ))}
    </div>
  );
}

export function TileSkeleton() {
  return (
    <div className={styles.tile}>
      <Skeleton height={12} width="40%" radius="sm" />
      <Skeleton height={28} width="70%" radius="sm" />
      <Skeleton height={12} width="56%" radius="sm" />
    </div>
  );
}

export function PageSkeleton() {
  const { t } = useWords();
  return (
    <div className={styles.page} role="status" aria-label={t('loading')}>
      <Skeleton height={32} width={320} radius="sm" />
      <Skeleton height={40} width={240} radius="sm" mt={24} />
      <div className={styles.tiles}>
        {['a', 'b', 'c', 'd'].map((key) => (
          <Skeleton key={key} height={128} radius="md" />
        ))}
      </div>
      <Skeleton height={360} radius="md" />
    </div>
  );
}
