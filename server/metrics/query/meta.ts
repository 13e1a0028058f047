import type { Day, Meta, Note, ScopeFilter } from '../../contract/query.ts';
import type { DatasetState, SourceState } from '../../warehouse/warehouse.ts';
import type { Range } from '../language/calendar.ts';
import { dayWords } from '../language/day-words.ts';
import { type Charts, chartNotes, chartsAsked, sourcesAsked } from './charts.ts';
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
  /** Sources that they leave out get no notes. */
  readonly filters?: readonly ScopeFilter[];
  /** Default: all. */
  readonly ranges?: readonly Range[];
  /** Default: those that the filters leave. */
  readonly charts?: Charts | null;
}

/** Adds notes on lagging sources, charts and synthetic data. */
export function metaOf(parts: MetaParts): Meta {
  const { state, choice, filters = [], ranges } = parts;
  const sources = sourcesAsked(state, filters);
  const touched = sources.filter(
    ({ from, to }) => ranges === undefined || ranges.some((range) => from <= range.to && to >= range.from),
  );
  return {
    version: state.version,
    as_of: state.asOf,
    source: { table: choice?.table ?? 'series', refused: (choice?.refused ?? []).map((r) => ({ ...r })) },
    sources: touched.map(({ id }) => id),
    elapsed_ms: Math.round((performance.now() - parts.startedAt) * 10) / 10,
    truncated: parts.truncated ?? false,
    partial_periods: [...(parts.partialPeriods ?? [])],
    alignment: parts.alignment ?? 'calendar',
    currency: parts.currency ?? null,
    notes: [
      ...laggingSources(sources, state.asOf),
      ...chartNotes(parts.charts === undefined ? chartsAsked(state, filters) : parts.charts),
      ...(parts.notes ?? []),
    ],
    synthetic: state.synthetic,
  };
}

/** Their recent days are missing, not zero. */
function laggingSources(sources: readonly SourceState[], asOf: Day | null): Note[] {
  const lagging = sources.filter(({ to }) => asOf !== null && to < asOf);
  const [first] = lagging;
  if (first === undefined || asOf === null) return [];
  const last = dayWords(asOf);
  if (lagging.length === 1) {
    const end = dayWords(first.to);
    const text = {
      en: `Source ${first.id} ends on ${end.en}, before the data’s last day, ${last.en}: what came after is missing, not zero.`,
      zh: `数据来源 ${first.id} 止于${end.zh}，早于全部数据的最后一天（${last.zh}）：其后的数据缺失，并非为零。`,
    };
    return [{ code: 'source_lags', text }];
  }
  const text = {
    en: `${lagging.length} sources end before the data’s last day, ${last.en}: what came after is missing, not zero.`,
    zh: `有 ${lagging.length} 个数据来源止于全部数据的最后一天（${last.zh}）之前：其后的数据缺失，并非为零。`,
  };
  const items = lagging.map(({ id, to }) => ({
    en: `${id}: to ${dayWords(to).en}`,
    zh: `${id}：至${dayWords(to).zh}`,
  }));
  return [{ code: 'source_lags', text, items }];
}
