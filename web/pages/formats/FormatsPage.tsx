import { useAnalysis } from '../../data/hooks.ts';
import { usePageState } from '../../data/pageState.ts';
import { useScope } from '../../data/scope.tsx';
import { useAnswers } from '../../data/useFigure.ts';
import { chosenFormat, formatsGenreMix, GENRE_COUNTS, genreMixParams } from '../../figures/formats/genreMix.ts';
import { formatsMadeByAi } from '../../figures/formats/madeByAi.ts';
import { formatsMix } from '../../figures/formats/mix.ts';
import { formatsOngoing } from '../../figures/formats/ongoing.ts';
import { formatsReleases } from '../../figures/formats/releases.ts';
import { range as rangeText } from '../../i18n/numbers.ts';
import { Card, CardRow } from '../../ui/Card.tsx';
import { Chart, SourceLine } from '../../ui/chart/Chart.tsx';
import { Picker } from '../../ui/chart/Picker.tsx';
import { Segments } from '../../ui/chart/Segments.tsx';
import { useSource } from '../../ui/chart/useSource.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Notes } from '../../ui/Notes.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { TableSkeleton } from '../../ui/Skeletons.tsx';
import { GenresTable } from '../genres/GenresTable.tsx';
import { useFormatsWords } from './words.ts';

export function FormatsPage() {
  const { t } = useFormatsWords();
  return (
    <PageFrame title={t('title')} subtitle={t('subtitle')}>
      <Chart figure={formatsMix} />
      <CardRow>
        <Chart figure={formatsOngoing} />
        <GenreMix />
      </CardRow>
      <CardRow>
        <Chart figure={formatsMadeByAi} />
        <Chart figure={formatsReleases} />
      </CardRow>
      <AllFormats />
    </PageFrame>
  );
}

function GenreMix() {
  const { t } = useFormatsWords();
  const { scope, answers } = useAnswers(formatsGenreMix);
  const [{ count }, setState] = usePageState(genreMixParams);
  const { choices, chosen } =
    answers === undefined ? { choices: [], chosen: undefined } : chosenFormat(answers.formats, scope);
  return (
    <Chart
      figure={formatsGenreMix}
      controls={
        <>
          <Segments
            label={t('count')}
            value={count}
            options={GENRE_COUNTS.map((value) => ({ value, label: t(`count_${value}`) }))}
            onChange={(next) => setState({ count: next })}
          />
          <Picker
            label={t('format')}
            value={chosen?.id ?? ''}
            width={104}
            options={choices.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(of) => setState({ of })}
          />
        </>
      }
    />
  );
}

function AllFormats() {
  const { t } = useFormatsWords();
  const { range, compared, language } = useScope();
  const { data, isPending, error, refetch } = useAnalysis('genres', { by: 'format' });
  const source = useSource(data?.meta);
  const when = rangeText(range.from, range.to, language);
  const against = compared === null ? '' : rangeText(compared.from, compared.to, language);
  const versus = against === '' ? '' : ` · ${language === 'zh' ? '对比' : 'vs '}${against}`;
  return (
    <>
      <Card
        title={t('table_title')}
        subtitle={`${when}${versus}`}
        footer={<SourceLine source={source} language={language} />}
        flush
      >
        {isPending && <TableSkeleton rows={4} />}
        {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
        {data !== undefined && <GenresTable rows={data.rows} split="format" caption={t('table_title')} />}
      </Card>
      <Notes notes={data?.meta.notes ?? []} />
    </>
  );
}
