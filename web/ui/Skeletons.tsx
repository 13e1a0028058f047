import { Skeleton } from '@mantine/core';
import { useWords } from '../data/useWords.ts';
import styles from './Skeletons.module.css';

export function ChartSkeleton({ height = 320 }: { height?: number }) {
  const { t } = useWords();
  return <Skeleton height={height} radius="sm" role="status" aria-label={t('loading')} />;
}

/** As high as a table of so many rows with its head, and with what stands over it (`tools`). */
export function TableSkeleton({ rows = 8, tools = false }: { rows?: number; tools?: boolean }) {
  const { t } = useWords();
  return (
    <div className={styles.table} data-tools={tools} role="status" aria-label={t('loading')}>
      {Array.from({ length: rows }, (_, row) => `row ${row}`).map((row) => (
        <Skeleton key={row} height={20} radius="sm" />
      ))}
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
