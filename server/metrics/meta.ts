import type { Meta, Note } from '../contract/query.ts';
import type { DatasetState } from '../warehouse/warehouse.ts';
import { type Charts, chartNotes, chartsAsked } from './charts.ts';
import type { TableChoice } from './rollups.ts';

export interface MetaParts {
  readonly state: DatasetState;
  readonly startedAt: number;
  readonly choice?: TableChoice | undefined;
  readonly partialPeriods?: readonly string[];
  readonly alignment?: 'calendar' | 'elapsed';
  readonly currency?: string | null;
  readonly notes?: readonly Note[];
  readonly truncated?: boolean;
  /** The charts that the answer rests on; left out: those of the whole dataset. */
  readonly charts?: Charts | null;
}

/** The `meta` of an answer; notes on lagging sources and charts, and on synthetic data, are added here, for all. */
export function metaOf(parts: MetaParts): Meta {
  const { state, choice } = parts;
  return {
    version: state.version,
    as_of: state.asOf,
    source: { table: choice?.table ?? 'series', refused: (choice?.refused ?? []).map((r) => ({ ...r })) },
    elapsed_ms: Math.round((performance.now() - parts.startedAt) * 10) / 10,
    truncated: parts.truncated ?? false,
    partial_periods: [...(parts.partialPeriods ?? [])],
    alignment: parts.alignment ?? 'calendar',
    currency: parts.currency ?? null,
    notes: [
      ...laggingSources(state),
      ...chartNotes(parts.charts === undefined ? chartsAsked(state, []) : parts.charts),
      ...(parts.notes ?? []),
    ],
    synthetic: state.synthetic,
  };
}

/** Sources whose last day lies before the dataset's: their recent days are missing, not zero. */
function laggingSources(state: DatasetState): Note[] {
  const lagging = state.sources.filter((source) => state.asOf !== null && source.to < state.asOf);
  return lagging.map((source) => ({
    code: 'source_lags',
    text: {
      en: `Source ${source.id} ends on ${source.to}, before the dataset's last day ${state.asOf}.`,
      zh: `数据来源 ${source.id} 止于 ${source.to}，早于数据集最后一天 ${state.asOf}。`,
    },
  }));
}
