import type { SeriesAnswer } from '../../../server/contract/analyses.ts';
import { useCall } from '../../data/hooks.ts';
import { useScope } from '../../data/scope.tsx';
import { type RelatedBy, relatedCall, relatedRows } from '../../figures/series/related.ts';
import { columnFormat, day, exact } from '../../i18n/numbers.ts';
import { Card, CardRow } from '../../ui/Card.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { SeriesLink } from '../../ui/PageLink.tsx';
import { TableSkeleton } from '../../ui/Skeletons.tsx';
import styles from './RelatedCards.module.css';
import { useWords } from './words.ts';

/** The largest series of the same franchise and of the same producer, as links. */
export function RelatedCards({ answer: { series } }: { answer: SeriesAnswer }) {
  const { t } = useWords();
  const { franchise } = series;
  const [producer] = series.producers;
  const same = [
    franchise !== null && (
      <Related
        key="franchise"
        by="franchise"
        member={franchise.id}
        own={series.series}
        title={t('same_franchise_of', { name: franchise.label })}
        none={t('alone_franchise')}
      />
    ),
    producer !== undefined && (
      <Related
        key="producer"
        by="producer"
        member={producer.id}
        own={series.series}
        title={t('same_producer_of', { name: producer.label })}
        none={t('alone_producer')}
      />
    ),
  ].filter((one) => one !== false);
  return same.length === 2 ? <CardRow>{same}</CardRow> : same;
}

interface RelatedProps {
  by: RelatedBy;
  member: string;
  own: string;
  title: string;
  none: string;
}

function Related({ by, member, own, title, none }: RelatedProps) {
  const { t, language } = useWords();
  const scope = useScope();
  const query = useCall(relatedCall(scope, by, member));
  const rows = relatedRows(query.data, own);
  const written = columnFormat(
    rows.map(({ views }) => views),
    language,
  );
  const body = () => {
    if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
    if (query.isPending) return <TableSkeleton rows={4} />;
    if (rows.length === 0) return <p className={styles.none}>{none}</p>;
    return (
      <ol className={styles.list}>
        {rows.map(({ id, label, views }) => (
          <li key={id} className={styles.entry}>
            <SeriesLink id={id}>{label}</SeriesLink>
            <span className={styles.views} title={exact(views)}>
              {written(views)}
            </span>
          </li>
        ))}
      </ol>
    );
  };
  return (
    <Card title={title} subtitle={t('related_text', { date: day(scope.asOf, language) })}>
      {body()}
    </Card>
  );
}
