import { useParams } from '@tanstack/react-router';
import { CHART_HEIGHT } from '../../charts/heights.ts';
import { useCall } from '../../data/hooks.ts';
import { useScope } from '../../data/scope.tsx';
import { useFilters } from '../../data/useFilters.ts';
import { genreAges } from '../../figures/member/ages.ts';
import { genreConcentration } from '../../figures/member/concentration.ts';
import { genreBalance, genreViews } from '../../figures/member/course.ts';
import { genreMix } from '../../figures/member/mix.ts';
import { genreSpread, genresCall } from '../../figures/member/spread.ts';
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
import { PortfolioCard } from '../producer/PortfolioCard.tsx';
import { GenreTiles } from './GenreTiles.tsx';
import { ProducersCard } from './ProducersCard.tsx';
import { useGenreWords } from './words.ts';

export function GenrePage() {
  const { t } = useGenreWords();
  const { id = '' } = useParams({ strict: false });
  const back = <PageLink page="genres">{t('back')}</PageLink>;
  return (
    <FixedMember
      dimension="primary_genre"
      id={id}
      missing={{ title: t('missing'), text: t('missing_text'), action: back }}
    >
      {(name) => <Loaded key={id} id={id} name={name} />}
    </FixedMember>
  );
}

function Loaded({ id, name }: { id: string; name: string }) {
  const { t, language } = useGenreWords();
  const scope = useScope();
  const { range, compared } = scope;
  const { state } = useFilters();
  const genres = useCall(genresCall({ ...scope, params: { id } }));
  const row = genres.data?.rows.find(({ member }) => member === id);
  const absent = genres.data !== undefined && row === undefined;
  const when = rangeText(range.from, range.to, language);
  const ignored = state.members.some(({ dimension }) => dimension === 'primary_genre');
  // Of one format the mix says nothing.
  const oneFormat = state.members.some(
    ({ dimension, op, values }) => dimension === 'format' && op === 'in' && values.length === 1,
  );
  const given = { id };
  return (
    <PageFrame
      title={name}
      above={<PageLink page="genres">{t('back')}</PageLink>}
      actions={<CompareWith dimension="primary_genre" id={id} />}
      subtitle={
        compared === null
          ? t('subtitle', { range: when })
          : t('subtitle_compared', { range: when, compared: rangeText(compared.from, compared.to, language) })
      }
    >
      {ignored && <p role="note">{t('ignored', { name })}</p>}
      {genres.isError ? (
        <Card>
          <ErrorState error={genres.error} onRetry={() => void genres.refetch()} />
        </Card>
      ) : (
        !absent && <GenreTiles row={row} loading={genres.data === undefined} />
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
            <Chart figure={genreViews} given={given} />
            <Chart figure={genreBalance} given={given} />
          </CardRow>
          <Chart figure={genreSpread} given={given} />
          <CardRow>
            <WhenSeen height={CHART_HEIGHT}>
              <Chart figure={genreAges} given={given} />
            </WhenSeen>
            <Chart figure={genreConcentration} given={given} />
          </CardRow>
          {!oneFormat && <Chart figure={genreMix} given={given} />}
          <ProducersCard id={id} />
          <PortfolioCard dimension="primary_genre" id={id} title={t('top_series')} />
        </>
      )}
      <Notes notes={genres.data?.meta.notes ?? []} />
    </PageFrame>
  );
}
