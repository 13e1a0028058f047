import { useParams } from '@tanstack/react-router';
import { CHART_HEIGHT } from '../../charts/heights.ts';
import { useCall } from '../../data/hooks.ts';
import { usePageState } from '../../data/pageState.ts';
import { useScope } from '../../data/scope.tsx';
import { useFilters } from '../../data/useFilters.ts';
import { producerAges } from '../../figures/member/ages.ts';
import { producerShare, producerViews } from '../../figures/member/course.ts';
import { around } from '../../figures/member/member.ts';
import { producerMix } from '../../figures/member/mix.ts';
import { leagueCall, leagueParams } from '../../figures/producers/league.ts';
import { during, range as rangeText } from '../../i18n/numbers.ts';
import { Card, CardRow } from '../../ui/Card.tsx';
import { Chart } from '../../ui/chart/Chart.tsx';
import { CompareWith } from '../../ui/compare/CompareWith.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { FixedMember } from '../../ui/FixedMember.tsx';
import { Notes } from '../../ui/Notes.tsx';
import { NoViews } from '../../ui/NoViews.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { PageLink } from '../../ui/PageLink.tsx';
import { WhenSeen } from '../../ui/WhenSeen.tsx';
import { MilestonesCard } from './MilestonesCard.tsx';
import { PortfolioCard } from './PortfolioCard.tsx';
import { ProducerTiles } from './ProducerTiles.tsx';
import { useProducerWords } from './words.ts';

export function ProducerPage() {
  const { t } = useProducerWords();
  const { id = '' } = useParams({ strict: false });
  const back = <PageLink page="producers">{t('back')}</PageLink>;
  return (
    <FixedMember dimension="producer" id={id} missing={{ title: t('missing'), text: t('missing_text'), action: back }}>
      {(name) => <Loaded key={id} id={id} name={name} />}
    </FixedMember>
  );
}

function Loaded({ id, name }: { id: string; name: string }) {
  const { t, language } = useProducerWords();
  const scope = useScope();
  const { range, compared } = scope;
  const { state } = useFilters();
  const [params] = usePageState(leagueParams);
  const league = useCall(leagueCall({ ...around(scope, 'producer'), params }));
  const row = league.data?.rows.find(({ producer }) => producer === id);
  const when = rangeText(range.from, range.to, language);
  const ignored = state.members.some(({ dimension }) => dimension === 'producer');
  const absent = league.data !== undefined && row === undefined;
  const given = { id };
  return (
    <PageFrame
      title={name}
      above={<PageLink page="producers">{t('back')}</PageLink>}
      actions={<CompareWith dimension="producer" id={id} />}
      subtitle={
        compared === null
          ? t('subtitle', { range: when })
          : t('subtitle_compared', { range: when, compared: rangeText(compared.from, compared.to, language) })
      }
    >
      {ignored && <p role="note">{t('ignored', { name })}</p>}
      {league.isError ? (
        <Card>
          <ErrorState error={league.error} onRetry={() => void league.refetch()} />
        </Card>
      ) : (
        !absent && (
          <ProducerTiles
            league={league.data}
            row={row}
            hit={{ threshold: Number(params.hit), days: Number(params.days) }}
          />
        )
      )}
      {absent ? (
        <NoViews
          title={t('none', { when: during(range.from, range.to, language) })}
          text={t('none_text')}
          showAll={t('show_all')}
        />
      ) : (
        <>
          <CardRow>
            <Chart figure={producerViews} given={given} />
            <Chart figure={producerShare} given={given} />
          </CardRow>
          <CardRow>
            <Chart figure={producerMix} given={given} />
            <MilestonesCard dimension="producer" id={id} />
          </CardRow>
          <WhenSeen height={CHART_HEIGHT}>
            <Chart figure={producerAges} given={given} />
          </WhenSeen>
          <PortfolioCard dimension="producer" id={id} title={t('portfolio')} />
        </>
      )}
      <Notes notes={league.data?.meta.notes ?? []} />
    </PageFrame>
  );
}
