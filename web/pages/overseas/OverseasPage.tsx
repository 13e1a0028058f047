import { useMemo } from 'react';
import { usePageState } from '../../data/pageState.ts';
import { useScope } from '../../data/scope.tsx';
import { useAnswers } from '../../data/useFigure.ts';
import { overseasCurves } from '../../figures/overseas/curves.ts';
import { overseasRegionGenre } from '../../figures/overseas/regionGenre.ts';
import { overseasMap, regionRows } from '../../figures/overseas/regions.ts';
import { overseasShare, SHARE_SPLITS, shareParams, shareSplitName } from '../../figures/overseas/share.ts';
import { overseasTotals } from '../../figures/overseas/totals.ts';
import { range as rangeText } from '../../i18n/numbers.ts';
import { Card, CardRow } from '../../ui/Card.tsx';
import { Chart, SourceLine } from '../../ui/chart/Chart.tsx';
import { Segments } from '../../ui/chart/Segments.tsx';
import { useSource } from '../../ui/chart/useSource.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Notes } from '../../ui/Notes.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { TableSkeleton } from '../../ui/Skeletons.tsx';
import { RegionsTable } from './RegionsTable.tsx';
import { useFigureWords, useOverseasWords } from './words.ts';

export function OverseasPage() {
  const { t } = useOverseasWords();
  return (
    <PageFrame title={t('title')} subtitle={t('subtitle')}>
      <Chart figure={overseasMap} />
      <CardRow>
        <Chart figure={overseasTotals} />
        <Share />
      </CardRow>
      <Chart figure={overseasCurves} />
      <Chart figure={overseasRegionGenre} />
      <Regions />
    </PageFrame>
  );
}

function Share() {
  const { t } = useOverseasWords();
  const { scope } = useAnswers(overseasShare);
  const [{ split }, setState] = usePageState(shareParams);
  return (
    <Chart
      figure={overseasShare}
      controls={
        <Segments
          label={t('split')}
          value={split}
          options={SHARE_SPLITS.map((value) => ({ value, label: shareSplitName(scope, value) }))}
          onChange={(next) => setState({ split: next })}
        />
      }
    />
  );
}

function Regions() {
  const { t } = useOverseasWords();
  const { t: figures } = useFigureWords();
  const page = useScope();
  const { range, compared, language } = page;
  const { answers, isPending, error, retry } = useAnswers(overseasMap);
  const rows = useMemo(() => (answers === undefined ? undefined : regionRows(answers.regions, page)), [answers, page]);
  const source = useSource(answers?.regions.meta);
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
        {isPending && <TableSkeleton rows={13} />}
        {error !== null && <ErrorState error={error} onRetry={retry} />}
        {rows !== undefined && rows.length === 0 && <EmptyState title={figures('none')} text={figures('none_text')} />}
        {rows !== undefined && rows.length > 0 && <RegionsTable rows={rows} caption={t('table_title')} />}
      </Card>
      <Notes notes={answers?.regions.meta.notes ?? []} />
    </>
  );
}
