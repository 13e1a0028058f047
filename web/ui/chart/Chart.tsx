import { useElementSize } from '@mantine/hooks';
import { lazy, type ReactNode, Suspense, useMemo, useRef, useState } from 'react';
import type { z } from 'zod';
import { CHART_HEIGHT } from '../../charts/heights.ts';
import { part } from '../../data/api/code.ts';
import { useLetterScale } from '../../data/display.ts';
import { useSheet } from '../../data/paper.ts';
import { type Giving, useAnswers } from '../../data/useFigure.ts';
import { useAddressParams } from '../../data/useFilters.ts';
import { type ChartSource, sourceParts, syntheticWord } from '../../export/source.ts';
import { metaOf } from '../../figures/answers.ts';
import { type Call, daysAsked } from '../../figures/calls.ts';
import { type Answers, type Figure, tell } from '../../figures/figure.ts';
import { ownWords } from '../../figures/ownWords.ts';
import { sourceOf } from '../../figures/source.ts';
import type { NumberLanguage } from '../../i18n/numbers.ts';
import { Card } from '../Card.tsx';
import { EmptyState } from '../EmptyState.tsx';
import { ErrorState } from '../ErrorState.tsx';
import { MendLink } from '../MendLink.tsx';
import { Name } from '../Name.tsx';
import { opened } from '../opened.tsx';
import { ChartSkeleton } from '../Skeletons.tsx';
import styles from './Chart.module.css';
import { ChartCanvas } from './ChartCanvas.tsx';
import { ChartMenuButton, type CopyKind, type ExportKind } from './ChartMenuButton.tsx';
import { clip } from './clip.ts';
import { exportChart } from './exportChart.ts';
import { useChartHeight } from './useChartHeight.ts';
import { useExportError } from './useExportError.ts';
import { useChartWords } from './words.ts';

const ChartMenu = opened(ChartMenuButton, async () => (await import('./ChartMenu.tsx')).ChartMenu, 'menu');
/** Tables are larger than charts' own code, and asked for rarely. */
const ChartTable = lazy(async () => ({ default: (await part(() => import('./ChartTable.tsx'))).ChartTable }));

const PictureDialog = lazy(async () => ({
  default: (await part(() => import('./PictureDialog.tsx'))).PictureDialog,
}));

interface ChartProps<P extends z.ZodObject, A extends Answers, D> extends Giving {
  figure: Figure<P, A, D>;
  controls?: ReactNode;
  note?: ReactNode;
  className?: string | undefined;
}

/** A figure within the page's scope, in a card with its title, menu, source and states. */
export function Chart<P extends z.ZodObject, A extends Answers, D>(props: ChartProps<P, A, D>) {
  const { figure, controls, note, className, ...giving } = props;
  const { scope, answers, isPending, isStale, error, retry } = useAnswers(figure, giving);
  const params = useAddressParams();
  const told = useMemo(() => tell(figure, scope, answers), [figure, scope, answers]);
  const { title, subtitle, definition, drawn, nothing } = told;
  const height = useChartHeight(told.height ?? CHART_HEIGHT);
  const { language, range } = scope;
  const { t } = useChartWords();
  const source = sourceOf(scope, metaOf(answers), told.cut);
  const [asTable, setAsTable] = useState(false);
  const [defined, setDefined] = useState(false);
  const button = useRef<HTMLSpanElement>(null);
  const [pictured, setPictured] = useState(false);
  const textOf = useExportError();
  const [failure, setFailure] = useState<string | null>(null);

  const asked = () => Object.values<Call<unknown>>(figure.asks(scope, answers ?? {}));
  const file = { id: figure.id, address: { ...params, ...giving.given }, language };
  const failed = (reason: unknown) => setFailure(textOf(reason));
  const named = () => {
    const { from, to } = daysAsked(asked()) ?? range;
    // A table has no footer to say it in: the name of every file says that its data are synthetic.
    const mark = source.synthetic ? ` ${syntheticWord(language)}` : '';
    return { title: ownWords(params, figure.id).title || title, period: `${from}_${to}${mark}` };
  };
  const onExport = (kind: ExportKind) => {
    setFailure(null);
    exportChart(file, kind, named()).catch(failed);
  };
  const onClip = async (kind: CopyKind) => {
    setFailure(null);
    try {
      await clip(kind, { file, title, asked: asked() });
    } catch (reason) {
      failed(reason);
      throw reason;
    }
  };
  const call = () => asked().at(-1);
  const menu = (
    <ChartMenu
      title={title}
      asTable={asTable}
      onTable={() => setAsTable(!asTable)}
      onDefinition={definition === undefined ? undefined : () => setDefined(!defined)}
      definitionShown={defined}
      onExport={onExport}
      onPictures={() => setPictured(true)}
      onClip={onClip}
      disabled={drawn === undefined}
    />
  );
  const body = () => {
    if (isPending) return <ChartSkeleton height={height} />;
    if (error !== null) {
      return (
        <div className={styles.state} style={{ minHeight: height }}>
          <ErrorState error={error} onRetry={retry} />
        </div>
      );
    }
    if (drawn === undefined) {
      return (
        <div className={styles.state} style={{ minHeight: Math.min(height, 200) }}>
          <EmptyState
            title={nothing?.reason ?? ''}
            text={nothing?.remedy ?? ''}
            action={told.mend && <MendLink mend={told.mend} />}
          />
        </div>
      );
    }
    return (
      <div className={isStale ? `${styles.shown} ${styles.stale}` : styles.shown} aria-busy={isStale} data-fills>
        {asTable ? (
          <Suspense fallback={<ChartSkeleton height={height} />}>
            <ChartTable table={drawn.table} caption={title} language={language} call={call} />
          </Suspense>
        ) : (
          <Filling height={height}>
            {(room) => (
              <ChartCanvas build={figure.draws} data={drawn.data} language={language} height={room} call={call} />
            )}
          </Filling>
        )}
      </div>
    );
  };
  return (
    <Card
      className={className}
      pending={isPending}
      title={title}
      subtitle={subtitle}
      actions={
        <>
          {controls}
          <span ref={button} className={styles.menu}>
            {menu}
          </span>
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
      {pictured && (
        <Suspense fallback={null}>
          <PictureDialog
            file={file}
            words={{ title, subtitle, note: told.notes.join(language === 'zh' ? '' : ' ') }}
            named={named}
            onClose={() => {
              setPictured(false);
              // Once the dialog has let go of the focus.
              requestAnimationFrame(() => button.current?.querySelector('button')?.focus());
            }}
          />
        </Suspense>
      )}
      {body()}
      {told.notes.length > 0 && (
        <div className={styles.note}>
          <Name text={told.notes.join(language === 'zh' ? '' : ' ')} />{' '}
          {drawn !== undefined && told.mend && <MendLink mend={told.mend} inline />}
        </div>
      )}
      {note !== undefined && <div className={styles.note}>{note}</div>}
    </Card>
  );
}

/** More would pull apart what belongs together. */
const MOST_STRETCH = 1.5;

/** Beside a taller card the chart takes the room that its own card is given. */
function Filling({ height, children }: { height: number; children: (height: number) => ReactNode }) {
  const { ref, height: room } = useElementSize();
  const letters = useLetterScale();
  // On paper there is nothing beside it, and no time to measure.
  const sheet = useSheet();
  const scale = sheet ? 1 : letters;
  const limits = { minHeight: height * scale, maxHeight: height * MOST_STRETCH * scale };
  return (
    <div ref={ref} className={styles.filling} style={limits}>
      <div className={styles.filled}>{children(sheet ? height : Math.max(height, Math.floor(room / scale)))}</div>
    </div>
  );
}

export function SourceLine({ source, language }: { source: ChartSource; language: NumberLanguage }) {
  return (
    <span className={styles.source}>
      {sourceParts(source, language).join(' · ')}
      {source.synthetic && <span className={styles.synthetic}>{syntheticWord(language)}</span>}
    </span>
  );
}
