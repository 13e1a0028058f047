import { Button, CloseButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { CHART_HEIGHT } from '../../charts/heights.ts';
import { textWidth } from '../../charts/text.ts';
import { useNamedMembers } from '../../data/api/namedMembers.ts';
import { usePageState } from '../../data/pageState.ts';
import { useScope } from '../../data/scope.tsx';
import { useFilters } from '../../data/useFilters.ts';
import { compareAges } from '../../figures/compare/ages.ts';
import { COMPARED, type Comparing, comparedIn, compareParams, LEAST, MOST } from '../../figures/compare/compared.ts';
import { compareIndex } from '../../figures/compare/indexOverTime.ts';
import { compareMix } from '../../figures/compare/mix.ts';
import { range as rangeText } from '../../i18n/numbers.ts';
import { Card, CardRow } from '../../ui/Card.tsx';
import { Chart } from '../../ui/chart/Chart.tsx';
import { MemberFinder } from '../../ui/compare/CompareWith.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { NamedMember } from '../../ui/MemberLink.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { PageLink, type PageName } from '../../ui/PageLink.tsx';
import { PageSkeleton } from '../../ui/Skeletons.tsx';
import { WhenSeen } from '../../ui/WhenSeen.tsx';
import styles from './ComparePage.module.css';
import { MilestonesCard } from './MilestonesCard.tsx';
import { Dot, type Member } from './SideBySide.tsx';
import { CompareNotes, TotalsCards } from './TotalsCards.tsx';
import { useWords } from './words.ts';

/** Of the title, in times its size; members' names stand below it anyhow. */
const MOST_TITLE = 24;

const TABLES = { series: 'series', producer: 'producers', primary_genre: 'genres' } as const satisfies Record<
  string,
  PageName
>;

export function ComparePage() {
  const { t } = useWords();
  const scope = useScope();
  const [{ by }] = usePageState(compareParams);
  const comparing = comparedIn(scope.filters, by);
  if (comparing === null) {
    return (
      <Refused title={t('none_title')} text={t('none_text')}>
        {COMPARED.map((one) => (
          <PageLink key={one} page={TABLES[one]} asButton>
            {t(`go_${one}`)}
          </PageLink>
        ))}
      </Refused>
    );
  }
  return <Named comparing={comparing} />;
}

/** The page says why it compares nothing, and what to do. */
function Refused({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  const { t } = useWords();
  return (
    <PageFrame title={t('title')}>
      <Card>
        <EmptyState title={title} text={text} action={<div className={styles.choices}>{children}</div>} />
      </Card>
    </PageFrame>
  );
}

function useMembersSet({ by }: Comparing): (ids: readonly string[]) => void {
  const { setMembers } = useFilters();
  return (ids) => setMembers({ dimension: by, op: 'in', values: [...ids] });
}

function Named({ comparing }: { comparing: Comparing }) {
  const { t, language } = useWords();
  const { by, ids } = comparing;
  const named = useNamedMembers(by, ids);
  const setIds = useMembersSet(comparing);
  if (named.isPending) return <PageSkeleton />;
  if (named.isError) return <ErrorState error={named.error} onRetry={() => void named.refetch()} />;
  const labels = new Map(named.data.rows.map(({ id, label }) => [id, label[language]]));
  const known = ids.filter((id) => labels.has(id));
  const members = ids.map((id) => ({ id, name: labels.get(id) ?? id }));
  const go = (
    <PageLink page={TABLES[by]} params={{ [by]: undefined }}>
      {t(`go_${by}`)}
    </PageLink>
  );
  const unknown = ids.filter((id) => !labels.has(id));
  if (unknown.length > 0 && !named.isPlaceholderData) {
    const said = unknown.map((id) => `“${id}”`).join(language === 'zh' ? '、' : ', ');
    return (
      <Refused title={t(`unknown_${by}`, { ids: said })} text={t('unknown_text')}>
        <Button onClick={() => setIds(known)}>
          {known.length >= LEAST ? t('rest', { count: known.length }) : t('keep')}
        </Button>
        {go}
      </Refused>
    );
  }
  if (ids.length < LEAST) {
    return (
      <Refused title={t('one_title')} text={t('one_text', { name: members.map(({ name }) => name).join('') })}>
        <MemberFinder dimension={by} without={ids} label={t('add')} onPick={(id) => setIds([...ids, id])} />
        {go}
      </Refused>
    );
  }
  if (ids.length > MOST) {
    return (
      <Refused
        title={t('many_title', { most: MOST, count: ids.length })}
        text={t('many_text', { most: MOST, over: ids.length - MOST })}
      >
        <MemberList comparing={comparing} members={members} />
        <Button onClick={() => setIds(ids.slice(0, MOST))}>{t('first', { most: MOST })}</Button>
      </Refused>
    );
  }
  return <Compared comparing={comparing} members={members} />;
}

function MemberList({ comparing, members }: { comparing: Comparing; members: readonly Member[] }) {
  const { t } = useWords();
  const setIds = useMembersSet(comparing);
  const { by, ids } = comparing;
  return (
    <ul className={styles.members} aria-label={t('members')}>
      {members.map((member, at) => (
        <li key={member.id} className={styles.member}>
          {ids.length <= MOST && <Dot at={at} />}
          <NamedMember dimension={by} id={member.id}>
            {member.name}
          </NamedMember>
          <CloseButton
            size={24}
            iconSize={14}
            aria-label={t('remove', { name: member.name })}
            onClick={() => setIds(ids.filter((id) => id !== member.id))}
          />
        </li>
      ))}
      {ids.length < MOST && (
        <li>
          <MemberFinder dimension={by} without={ids} label={t('add')} onPick={(id) => setIds([...ids, id])} />
        </li>
      )}
    </ul>
  );
}

function Compared({ comparing, members }: { comparing: Comparing; members: readonly Member[] }) {
  const { t, language } = useWords();
  const { range, compared } = useScope();
  const { by } = comparing;
  const names = members.map(({ name }) => name).join(language === 'zh' ? '、' : ' vs ');
  const long = textWidth(names, 1) > MOST_TITLE;
  const when = rangeText(range.from, range.to, language);
  return (
    <PageFrame
      title={long ? t(`counted_${by}`, { count: members.length }) : t('names', { names })}
      subtitle={
        compared === null
          ? t('subtitle', { range: when })
          : t('subtitle_compared', { range: when, compared: rangeText(compared.from, compared.to, language) })
      }
    >
      <MemberList comparing={comparing} members={members} />
      <TotalsCards by={by} members={members} />
      <CardRow>
        <WhenSeen height={CHART_HEIGHT}>
          <Chart figure={compareAges} />
        </WhenSeen>
        <Chart figure={compareIndex} />
      </CardRow>
      <Chart figure={compareMix} />
      <MilestonesCard by={by} members={members} />
      <CompareNotes by={by} members={members} />
    </PageFrame>
  );
}
