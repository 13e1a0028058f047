import { Skeleton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { answered } from '../../data/hooks.ts';
import { useScope } from '../../data/scope.tsx';
import { useWords as useCommon } from '../../data/useWords.ts';
import { Card } from '../../ui/Card.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageLink } from '../../ui/PageLink.tsx';
import styles from './FindingsCard.module.css';
import { sentences } from './sentences.ts';
import { useClubWithin, type useOverview } from './useOverview.ts';
import { useWords } from './words.ts';

/** What changed in the period, in sentences; each opens the page that shows it. */
export function FindingsCard({ overview }: { overview: ReturnType<typeof useOverview> }) {
  const { t, language } = useWords();
  const common = useCommon();
  const { range, compared } = useScope();
  const { batch, club, formats, genres, producers } = overview;
  const within = useClubWithin(club.data, range);
  const pending = batch.isPending || club.isPending || [formats, genres, producers].some((one) => one.isLoading);
  const failed = batch.isError || club.isError;
  const found =
    pending || failed
      ? []
      : sentences({
          language,
          range,
          compared,
          totals: answered(batch.data?.totals)?.rows[0],
          club: within,
          known: overview.known,
          widened: overview.widened,
          formats: formats.data?.rows,
          genres: genres.data?.rows,
          producers: producers.data?.rows,
        });
  return (
    <Card title={t('findings')} flush>
      {pending && (
        <div className={styles.loading}>
          {['a', 'b', 'c', 'd', 'e'].map((key) => (
            <Skeleton key={key} height={36} />
          ))}
        </div>
      )}
      {failed && <EmptyState title={common.t('failed')} />}
      {!pending && !failed && found.length === 0 && <p className={styles.empty}>{t('findings_empty')}</p>}
      <ul className={styles.list}>
        {found.map(({ id, text, page, params }) => (
          <li key={id}>
            <PageLink page={page} params={params ?? {}} className={styles.finding}>
              <span>{text}</span>
              <IconChevronRight size={16} stroke={1.6} aria-hidden />
            </PageLink>
          </li>
        ))}
      </ul>
    </Card>
  );
}
