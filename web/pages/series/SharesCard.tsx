import { useMemo } from 'react';
import type { SeriesAnswer } from '../../../server/contract/analyses.ts';
import type { Meta } from '../../../server/contract/query.ts';
import { type BarsData, horizontalBars } from '../../charts/horizontalBars.ts';
import type { AnalysisQuery } from '../../data/hooks.ts';
import { toNumber } from '../../i18n/numbers.ts';
import { Chart } from '../../ui/chart/OldChart.tsx';
import { useMeasureTerm } from '../../ui/Definition.tsx';
import { useWords } from './words.ts';

interface SharesCardProps {
  title: string;
  shares: SeriesAnswer['platforms'];
  query: AnalysisQuery<'series'>;
  meta: Meta;
}

const SHOWN = 8;

/** Where the series is watched: shares of its views as bars. */
export function SharesCard({ title, shares, query, meta }: SharesCardProps) {
  const { t } = useWords();
  const term = useMeasureTerm();
  const measure = term('share_of_views').label;
  const data = useMemo<BarsData | undefined>(() => {
    const bars = shares
      .slice(0, SHOWN)
      .flatMap(({ id, label, share }, at) =>
        share === null ? [] : [{ id, name: label, value: share, hue: at === 0 ? (0 as const) : ('grey' as const) }],
      );
    return bars.length === 0 ? undefined : { bars, kind: 'fraction', measure };
  }, [shares, measure]);
  return (
    <Chart
      title={title}
      subtitle={t('shares_subtitle')}
      definition={term('share_of_views').definition}
      build={horizontalBars}
      data={data}
      table={{
        columns: [
          { id: 'name', header: title, kind: 'text' },
          { id: 'views', header: term('views').label, kind: 'count' },
          { id: 'share', header: measure, kind: 'fraction' },
        ],
        rows: shares.map(({ label, views, share }) => [label, toNumber(views), share]),
      }}
      query={query}
      meta={meta}
      height={Math.min(shares.length, SHOWN) * 32 + 8}
    />
  );
}
