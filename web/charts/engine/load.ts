import type { init } from 'echarts/core';
import type { ChartOption } from '../frame.ts';

/** Types of series that only some pages draw. */
const KINDS: Readonly<Record<string, () => Promise<unknown>>> = {
  boxplot: () => import('./boxplot.ts'),
  custom: () => import('./custom.ts'),
  heatmap: () => import('./heatmap.ts'),
  scatter: () => import('./scatter.ts'),
};

/**
 * What draws charts, with what most of them need and the kinds that are named. An instance that is made before a kind is
 * loaded does not know it.
 */
export async function loadEngine(kinds: readonly string[]): Promise<typeof init> {
  const [base] = await Promise.all([import('./base.ts'), ...kinds.map((kind) => KINDS[kind]?.())]);
  return base.init;
}

/** The kinds that an option needs beside the usual ones. */
export function kindsOf({ series }: ChartOption): string[] {
  const types = Array.isArray(series) ? series.map(typeOf) : [];
  return Object.keys(KINDS).filter((kind) => types.includes(kind));
}

const typeOf = (series: unknown): unknown =>
  typeof series === 'object' && series !== null && 'type' in series ? series.type : undefined;
