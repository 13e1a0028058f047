import { useMemo } from 'react';
import { usePageState } from '../../data/pageState.ts';
import { useAnswers } from '../../data/useFigure.ts';
import { genresAges } from '../../figures/genres/ages.ts';
import { genresConcentration } from '../../figures/genres/concentration.ts';
import { genreFormat } from '../../figures/genres/genreFormat.ts';
import { mostViewed, SPLITS, splitParams } from '../../figures/genres/split.ts';
import { genresSpread } from '../../figures/genres/spread.ts';
import { supplyDemand } from '../../figures/genres/supplyDemand.ts';
import { genresTrend } from '../../figures/genres/trend.ts';
import { range as rangeText } from '../../i18n/numbers.ts';
import { Card, CardRow } from '../../ui/Card.tsx';
import { Chart, SourceLine } from '../../ui/chart/Chart.tsx';
import { Segments } from '../../ui/chart/Segments.tsx';
import { useSource } from '../../ui/chart/useSource.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Notes } from '../../ui/Notes.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { TableSkeleton } from '../../ui/Skeletons.tsx';
import { GenresTable } from './GenresTable.tsx';
import { useGenresWords } from './words.ts';

export function GenresPage() {
  const { t, language } = useGenresWords();
  const [{ by }, setState] = usePageState(splitParams);
  const { scope, answers, isPending, error, retry } = useAnswers(supplyDemand);
  const { range, compared } = scope;
  const rows = answers?.genres.rows;
  const owners = useMemo(() => mostViewed(rows ?? []), [rows]);
  const source = useSource(answers?.genres.meta);
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
      <Chart figure={supplyDemand} owners={owners} />
      <Chart figure={genresTrend} owners={owners} />
      <CardRow>
        <Chart figure={genresSpread} owners={owners} />
        <Chart figure={genreFormat} />
      </CardRow>
      <Chart figure={genresAges} owners={owners} />
      {by === 'primary_genre' && <Chart figure={genresConcentration} />}
      <Card
        title={tableTitle}
        subtitle={`${when}${versus}`}
        footer={<SourceLine source={source} language={language} />}
        flush
      >
        {isPending && <TableSkeleton />}
        {error !== null && <ErrorState error={error} onRetry={retry} />}
        {rows !== undefined && <GenresTable rows={rows} split={by} caption={tableTitle} />}
      </Card>
      <Notes notes={answers?.genres.meta.notes ?? []} />
    </PageFrame>
  );
}
