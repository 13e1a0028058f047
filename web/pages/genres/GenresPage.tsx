import { useMemo } from 'react';
import { z } from 'zod';
import { useAnalysis } from '../../data/hooks.ts';
import { usePageState } from '../../data/pageState.ts';
import { useScope } from '../../data/scope.tsx';
import { range as rangeText } from '../../i18n/numbers.ts';
import { Card, CardRow } from '../../ui/Card.tsx';
import { Segments } from '../../ui/chart/Choice.tsx';
import { SourceLine } from '../../ui/chart/OldChart.tsx';
import { useSource } from '../../ui/chart/useSource.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Notes } from '../../ui/Notes.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { TableSkeleton } from '../../ui/Skeletons.tsx';
import { GenreFormatChart, SpreadChart, SupplyDemandChart, TrendChart } from './GenresCharts.tsx';
import { GenresTable } from './GenresTable.tsx';
import { chosenMembers } from './genresData.ts';
import { useGenresWords } from './words.ts';

const SPLITS = ['primary_genre', 'format'] as const;
const STATE = z.object({ by: z.enum(SPLITS).catch('primary_genre') });

/** Supply against demand, trend, genre × format, spread and all numbers, by genre or by format. */
export function GenresPage() {
  const { t, language } = useGenresWords();
  const { range, compared } = useScope();
  const [{ by }, setState] = usePageState(STATE);
  const genres = useAnalysis('genres', { by });
  const chosen = useMemo(() => chosenMembers(genres.data?.rows ?? [], 7), [genres.data]);
  const source = useSource(genres.data?.meta);
  const when = rangeText(range.from, range.to, language);
  const versus =
    compared === null
      ? ''
      : ` · ${language === 'zh' ? '对比' : 'vs '}${rangeText(compared.from, compared.to, language)}`;
  const tableTitle = t(by === 'format' ? 'table_title_format' : 'table_title');
  return (
    <PageFrame
      title={t(by === 'format' ? 'title_format' : 'title')}
      subtitle={t('subtitle')}
      actions={
        <Segments
          label={t('by')}
          value={by}
          options={SPLITS.map((value) => ({ value, label: t(`by_${value}`) }))}
          onChange={(value) => setState({ by: value })}
        />
      }
    >
      <SupplyDemandChart split={by} chosen={chosen} answer={genres.data} query={genres} />
      <TrendChart split={by} chosen={chosen} />
      <CardRow>
        <SpreadChart split={by} chosen={chosen} />
        <GenreFormatChart />
      </CardRow>
      <Card
        title={tableTitle}
        subtitle={`${when}${versus}`}
        footer={<SourceLine source={source} language={language} />}
        flush
      >
        {genres.isPending && <TableSkeleton />}
        {genres.error !== null && <ErrorState error={genres.error} onRetry={() => void genres.refetch()} />}
        {genres.data !== undefined && <GenresTable rows={genres.data.rows} split={by} caption={tableTitle} />}
      </Card>
      <Notes notes={genres.data?.meta.notes ?? []} />
    </PageFrame>
  );
}
