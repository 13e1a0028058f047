import { lazy, type ReactNode, Suspense, useState } from 'react';
import type { Meta } from '../../../server/contract/query.ts';
import type { ChartBuilder } from '../../charts/frame.ts';
import { CHART_HEIGHT } from '../../charts/heights.ts';
import { useScope } from '../../data/scope.tsx';
import { SLIDE } from '../../export/picture.ts';
import { type ChartSource, sourceParts, syntheticWord } from '../../export/source.ts';
import type { FigureTable } from '../../figures/figure.ts';
import type { NumberLanguage } from '../../i18n/numbers.ts';
import { Card } from '../Card.tsx';
import { EmptyState } from '../EmptyState.tsx';
import { ErrorState } from '../ErrorState.tsx';
import { ChartSkeleton } from '../Skeletons.tsx';
import styles from './Chart.module.css';
import { ChartCanvas } from './ChartCanvas.tsx';
import { ChartMenu, type ExportKind } from './ChartMenu.tsx';
import { exportChart } from './exportChart.ts';
import { useLook } from './useLook.ts';
import { useSource } from './useSource.ts';
import { useMenuWords } from './words.ts';

/** Tables are larger than charts' own code, and asked for rarely. */
const ChartTable = lazy(async () => ({ default: (await import('./ChartTable.tsx')).ChartTable }));

/** What a chart needs to know of the request behind it; a `useQuery` result is one. */
export interface ChartQuery {
  isPending: boolean;
  error: unknown;
  refetch: () => unknown;
  isPlaceholderData?: boolean;
}

export interface ChartProps<D> {
  /** The finding, or the question. */
  title: string;
  /** Measure, unit, period. */
  subtitle: string;
  /** How the measure is defined, shown on demand. */
  definition?: string | undefined;
  build: ChartBuilder<D>;
  /** Stable (memo); undefined where there is nothing to draw. */
  data: D | undefined;
  /** The same data as a table, for the table view and the CSV. */
  table: FigureTable;
  query: ChartQuery;
  meta?: Meta | undefined;
  /** Last day of the last period, where the data or the range cut it. */
  cut?: string | null;
  /** Pixels, if it needs others than most. */
  height?: number;
  /** Choices of this chart, left of its menu. */
  controls?: ReactNode;
  /** In place of the usual sentence where there is nothing to draw. */
  empty?: string | undefined;
  /** In place of the usual advice under it. */
  emptyText?: string | undefined;
  /** Under the chart: what a reader of it must know. */
  note?: ReactNode;
  className?: string | undefined;
}

/** A chart with its title, menu, source and states. */
export function Chart<D>(props: ChartProps<D>) {
  const { title, subtitle, definition, data, table, meta, cut = null, controls, note } = props;
  const { language, range } = useScope();
  const { t } = useMenuWords();
  const look = useLook();
  const source = useSource(meta, cut);
  const [asTable, setAsTable] = useState(false);
  const [defined, setDefined] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  const onExport = (kind: ExportKind) => {
    if (data === undefined) return;
    const picture = { build: props.build, data, title, subtitle, source, look, language, ...SLIDE };
    setFailure(null);
    exportChart(kind, picture, table, `${range.from}_${range.to}`).catch((error: unknown) =>
      setFailure(error instanceof Error ? error.message : String(error)),
    );
  };
  const menu = (
    <ChartMenu
      title={title}
      asTable={asTable}
      onTable={() => setAsTable(!asTable)}
      onDefinition={definition === undefined ? undefined : () => setDefined(!defined)}
      definitionShown={defined}
      onExport={onExport}
      disabled={data === undefined}
    />
  );
  return (
    <Card
      className={props.className}
      title={title}
      subtitle={subtitle}
      actions={
        <>
          {controls}
          {menu}
        </>
      }
      footer={<SourceLine source={source} language={language} />}
    >
      {defined && definition !== undefined && <p className={styles.definition}>{definition}</p>}
      {failure !== null && (
        <p className={styles.failure} role="alert">
          {t('failed', { reason: failure })}
        </p>
      )}
      <ChartBody {...props} asTable={asTable} language={language} />
      {note !== undefined && <div className={styles.note}>{note}</div>}
    </Card>
  );
}

function ChartBody<D>(props: ChartProps<D> & { asTable: boolean; language: NumberLanguage }) {
  const { query, data, build, table, height = CHART_HEIGHT, asTable, language, title, empty, emptyText } = props;
  const { t } = useMenuWords();
  if (query.isPending) return <ChartSkeleton height={height} />;
  if (query.error !== null && query.error !== undefined) {
    return (
      <div className={styles.state} style={{ minHeight: height }}>
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      </div>
    );
  }
  if (data === undefined) {
    return (
      <div className={styles.state} style={{ minHeight: Math.min(height, 200) }}>
        <EmptyState title={empty ?? t('empty')} text={emptyText ?? t('empty_text')} />
      </div>
    );
  }
  return (
    <div className={query.isPlaceholderData === true ? styles.stale : undefined} aria-busy={query.isPlaceholderData}>
      {asTable ? (
        <Suspense fallback={<ChartSkeleton height={height} />}>
          <ChartTable table={table} caption={title} language={language} />
        </Suspense>
      ) : (
        <ChartCanvas build={build} data={data} language={language} height={height} />
      )}
    </div>
  );
}

/** Source, as-of day, filters and marks, in one quiet line. */
export function SourceLine({ source, language }: { source: ChartSource; language: NumberLanguage }) {
  return (
    <span className={styles.source}>
      {sourceParts(source, language).join(' · ')}
      {source.synthetic && <span className={styles.synthetic}>{syntheticWord(language)}</span>}
    </span>
  );
}
