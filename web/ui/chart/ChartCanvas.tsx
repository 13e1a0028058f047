import { useElementSize } from '@mantine/hooks';
import type { EChartsType } from 'echarts/core';
import { type CSSProperties, useEffect, useMemo, useRef, useState } from 'react';
import { z } from 'zod';
import { kindsOf, loadEngine } from '../../charts/engine/load.ts';
import type { ChartBuilder, ChartOption } from '../../charts/frame.ts';
import { hasMarks } from '../../charts/parts/markPlaces.ts';
import { part } from '../../data/api/code.ts';
import { letterScale, useLetterScale } from '../../data/display.ts';
import { PAPER_WIDTH, useSheet } from '../../data/paper.ts';
import type { Call } from '../../figures/calls.ts';
import type { NumberLanguage } from '../../i18n/numbers.ts';
import { useMarkMenu } from '../marks/useMarkMenu.tsx';
import { useMarkWords } from '../marks/words.ts';
import { ChartSkeleton } from '../Skeletons.tsx';
import styles from './Chart.module.css';
import { inTurn } from './inTurn.ts';
import { TimeBrush } from './TimeBrush.tsx';
import { useChartMarks } from './useChartMarks.ts';
import { useLook, useMotion } from './useLook.ts';

interface ChartCanvasProps<D> {
  build: ChartBuilder<D>;
  /** Stable (memo): a new object is drawn again. */
  data: D;
  language: NumberLanguage;
  height: number;
  /** What the marks' numbers were asked by. */
  call: () => Call<unknown> | undefined;
}

const described = z.looseObject({ label: z.looseObject({ description: z.string() }) });

// Whatever loads this will draw: the code comes while the answers do.
void loadEngine([]).catch(() => undefined);

/** ECharts' code and the text's font, both needed before the first stroke: a canvas does not repaint when a font arrives. */
const loaded = new Set<string>();

async function loadCharts(kinds: readonly string[]) {
  const [init] = await Promise.all([
    part(() => loadEngine(kinds)),
    document.fonts.load('400 12px "Inter Variable"').catch(() => undefined),
  ]);
  for (const kind of kinds) loaded.add(kind);
  return init;
}

/** Mounts one ECharts instance, draws the option for its size, look and language, and takes it down again. */
export function ChartCanvas<D>({ build, data, language, height, call }: ChartCanvasProps<D>) {
  const { t } = useMarkWords();
  const hint = t('hint');
  const drawn = useRef<ChartOption>(null);
  const { ask, menu } = useMarkMenu(call);
  const host = useRef<HTMLDivElement>(null);
  const { ref: measured, width } = useElementSize();
  const [chart, setChart] = useState<EChartsType | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  if (failure !== null) throw failure;
  const look = useLook();
  const motion = useMotion();
  const sheet = useSheet();
  const letters = useLetterScale();
  const scale = sheet ? 1 : letters;
  const size = sheet ? PAPER_WIDTH : Math.round(width / scale);
  const option = useMemo(
    () => (size === 0 ? null : build(data, { look, language, width: size, height, motion })),
    [build, data, look, language, size, height, motion],
  );
  const kinds = option === null ? null : kindsOf(option).join();
  // Whoever comes back sees the chart in the next frame: a skeleton would only flash.
  const isLoaded = kinds === null ? loaded.size > 0 : kinds.split(',').every((kind) => loaded.has(kind));

  useEffect(() => {
    if (kinds === null) return;
    let mounted: EChartsType | null = null;
    let gone = false;
    loadCharts(kinds.split(',')).then((init) => {
      if (gone || host.current === null) return;
      const devicePixelRatio = window.devicePixelRatio * letterScale();
      mounted = init(host.current, null, { renderer: 'canvas', width: 1, height: 1, devicePixelRatio });
      setChart(mounted);
    }, setFailure);
    return () => {
      gone = true;
      mounted?.dispose();
      setChart(null);
    };
  }, [kinds]);

  useEffect(() => {
    if (chart === null || option === null) return;
    const aria = hasMarks(option) ? { aria: withHint(option.aria, hint) } : {};
    const draw = () => {
      if (chart.isDisposed()) return;
      chart.resize({ width: size, height, silent: true });
      drawn.current = option;
      // Series keep their identity by id; texts and lines at pixels are of this size only, and are replaced whole.
      chart.setOption(
        { ...option, ...aria },
        { replaceMerge: ['series', 'graphic', 'grid', 'xAxis', 'yAxis', 'visualMap', 'tooltip'] },
      );
    };
    if (!sheet) return inTurn(draw);
    draw();
    // Else it is painted in the next frame, which is after the printing.
    chart.getZr().flush();
  }, [chart, option, size, height, hint, sheet]);
  useChartMarks(chart, drawn, ask);

  return (
    <div ref={measured} className={styles.canvas} style={{ height: height * scale }}>
      {chart === null && !isLoaded && <ChartSkeleton height={height} />}
      <div className={styles.host} style={{ height, ...scaled(scale) }}>
        <div ref={host} className={styles.host} style={{ height }} />
        {chart !== null && option?.time !== undefined && <TimeBrush chart={chart} axis={option.time} width={size} />}
      </div>
      {menu}
    </div>
  );
}

/** Drawn as on a desk, and as much larger as its letters: bars, gaps and lines grow with them. */
const scaled = (scale: number): CSSProperties =>
  scale === 1 ? {} : { width: `${100 / scale}%`, transform: `scale(${scale})`, transformOrigin: '0 0' };

/** The chart's description, and how to reach by keyboard what the pointer reaches. */
function withHint(aria: unknown, hint: string): object {
  const spoken = described.safeParse(aria).data;
  return spoken === undefined
    ? {}
    : { ...spoken, label: { ...spoken.label, description: `${spoken.label.description} ${hint}` } };
}
