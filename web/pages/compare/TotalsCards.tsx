import { useMemo } from 'react';
import type { Meta } from '../../../server/contract/query.ts';
import { useCall } from '../../data/hooks.ts';
import { useScope } from '../../data/scope.tsx';
import type { Compared, CompareScope } from '../../figures/compare/compared.ts';
import { seriesMixCall } from '../../figures/compare/mix.ts';
import {
  groupMix,
  groupsCall,
  groupTotals,
  leadsSentence,
  type MixPart,
  mixSentence,
  seriesCall,
  seriesMix,
  seriesTotals,
  type Total,
} from '../../figures/compare/totals.ts';
import { Card } from '../../ui/Card.tsx';
import { Definition } from '../../ui/Definition.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Notes } from '../../ui/Notes.tsx';
import { TableSkeleton } from '../../ui/Skeletons.tsx';
import styles from './ComparePage.module.css';
import { type Member, SideBySide } from './SideBySide.tsx';
import { useWords } from './words.ts';

interface TotalsCardsProps {
  by: Compared;
  members: readonly Member[];
}

/** What sets the members apart, and all their numbers. */
export const TotalsCards = ({ by, members }: TotalsCardsProps) =>
  by === 'series' ? <OfSeries members={members} /> : <OfGroups by={by} members={members} />;

function OfGroups({ by, members }: { by: 'producer' | 'primary_genre'; members: readonly Member[] }) {
  const scope = useScope();
  const ids = members.map(({ id }) => id);
  const query = useCall(groupsCall(scope, by, ids));
  const totals = useMemo(() => (query.data === undefined ? [] : groupTotals(query.data, scope)), [query.data, scope]);
  const mix = useMemo(() => (query.data === undefined ? [] : groupMix(query.data, scope)), [query.data, scope]);
  return <Cards by={by} members={members} totals={totals} mix={mix} query={query} />;
}

function OfSeries({ members }: { members: readonly Member[] }) {
  const scope = useScope();
  const ids = members.map(({ id }) => id);
  const within: CompareScope = { ...scope, params: { by: 'series' } };
  const query = useCall(seriesCall(scope, ids));
  const platforms = useCall(seriesMixCall(within));
  const totals = query.data === undefined ? [] : seriesTotals(query.data, ids, scope);
  const mix = platforms.data === undefined ? [] : seriesMix(platforms.data, scope);
  return <Cards by="series" members={members} totals={totals} mix={mix} query={query} />;
}

interface CardsProps extends TotalsCardsProps {
  totals: readonly Total[];
  mix: readonly MixPart[];
  query: { isPending: boolean; error: unknown; refetch: () => unknown };
}

function Cards({ by, members, totals, mix, query }: CardsProps) {
  const { t } = useWords();
  const scope = useScope();
  const ids = members.map(({ id }) => id);
  const names = members.map(({ name }) => name);
  const sentences = [leadsSentence(totals, names, scope), mixSentence(mix, { by, ids, names }, scope)];
  const said = sentences.filter((sentence) => sentence !== '');
  if (query.error !== null) {
    return (
      <Card title={t('totals')}>
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      </Card>
    );
  }
  return (
    <>
      {(query.isPending || said.length > 0) && (
        <Card title={t('apart')}>
          <div className={styles.sentences}>
            {query.isPending ? (
              <TableSkeleton rows={2} />
            ) : (
              said.map((sentence) => (
                <p key={sentence} className={styles.apart}>
                  {sentence}
                </p>
              ))
            )}
          </div>
        </Card>
      )}
      <Card title={t('totals')} subtitle={t('totals_text')} flush>
        {query.isPending ? (
          <TableSkeleton rows={12} />
        ) : (
          <SideBySide
            caption={t('totals')}
            corner={t('measure')}
            by={by}
            members={members}
            lines={totals.map(({ id, label, definition, cells }) => ({
              id,
              head: <Definition text={definition}>{label}</Definition>,
              cells: cells.map(({ text, note, value, leads }) => (
                <>
                  {(value !== null || note === undefined) && (
                    <span className={leads ? `${styles.value} ${styles.leads}` : styles.value}>{text}</span>
                  )}
                  {note !== undefined && <span className={styles.note}>{note}</span>}
                </>
              )),
            }))}
          />
        )}
      </Card>
    </>
  );
}

/** What a reader of these numbers must know, at the page's foot. */
export function CompareNotes({ by, members }: TotalsCardsProps) {
  const scope = useScope();
  const ids = members.map(({ id }) => id);
  const call = by === 'series' ? seriesCall(scope, ids) : groupsCall(scope, by, ids);
  const { data } = useCall<{ meta: Meta }>(call);
  return <Notes notes={data?.meta.notes ?? []} />;
}
