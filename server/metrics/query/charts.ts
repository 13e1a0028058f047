import type { Label, Note, ScopeFilter } from '../../contract/query.ts';
import type { DatasetState, SourceState } from '../../warehouse/warehouse.ts';
import type { Range } from '../language/calendar.ts';
import type { Measure } from '../language/measures.ts';

/**
 * Charts state a top N (docs/definitions.md#rankings): a series without rows is unknown, not 0, beside a census too.
 */
export interface Charts {
  readonly sources: readonly string[];
  /** No other source is in the question. */
  readonly only: boolean;
  /** A member without rows is unknown: now; before. */
  readonly absentNow: boolean;
  readonly absentBefore: boolean;
}

/** By filters on the source; other filters are not looked at. */
export const sourcesAsked = (state: DatasetState, filters: readonly ScopeFilter[]): SourceState[] =>
  state.sources.filter(({ id }) => filters.every((filter) => mayBe(filter, id)));

function mayBe(filter: ScopeFilter, source: string): boolean {
  if (!('dimension' in filter) || filter.dimension !== 'source') return true;
  if (filter.op === 'in') return filter.values.includes(source);
  return filter.op === 'not_in' ? !filter.values.includes(source) : true;
}

/** Null if there is none. Without ranges: over all time. */
export function chartsAsked(
  state: DatasetState,
  filters: readonly ScopeFilter[],
  ranges: { readonly current?: Range; readonly previous?: Range | undefined } = {},
): Charts | null {
  const asked = sourcesAsked(state, filters);
  const charts = asked.filter(({ coverage }) => coverage === 'chart');
  const touching = (range: Range | undefined) =>
    charts.filter(({ from, to }) => range === undefined || (from <= range.to && to >= range.from));
  const now = touching(ranges.current);
  const before = ranges.previous ? touching(ranges.previous) : [];
  const used = charts.filter((source) => now.includes(source) || before.includes(source));
  if (used.length === 0) return null;
  return {
    sources: used.map(({ id }) => id),
    only: charts.length === asked.length,
    absentNow: now.length > 0,
    absentBefore: before.length > 0,
  };
}

/** False for what is stated apart from the range's rows. */
export const restsOnRows = ({ aggregation }: Measure): boolean =>
  aggregation.kind !== 'cumulative' && aggregation.kind !== 'new_series';

export function labelOfChart(label: Label, charts: Charts | null): Label {
  if (charts === null) return label;
  return charts.only
    ? { en: `${label.en} (of the chart)`, zh: `${label.zh}（榜内）` }
    : { en: `${label.en} (charts included)`, zh: `${label.zh}（含榜单）` };
}

export function chartNotes(charts: Charts | null): Note[] {
  if (charts === null) return [];
  const names = { en: charts.sources.join(', '), zh: charts.sources.join('、') };
  const many = charts.sources.length > 1;
  const note = {
    en: `${many ? 'Sources' : 'Source'} ${names.en} ${many ? 'list' : 'lists'} a chart (a top N), not all series: one that is not on it is unknown, not zero, and shares are of the chart.`,
    zh: `数据来源 ${names.zh} 为榜单（仅列前 N 名）：未上榜的剧集数据未知，并非为零；占比均为榜内占比。`,
  };
  const mixed = {
    en: ' Other sources state all series: sums mix both, so filter by source to keep them apart.',
    zh: '其他来源为全量数据，合计混有两者，可按数据来源筛选分开查看。',
  };
  return [
    {
      code: 'chart_source',
      text: charts.only ? note : { en: note.en + mixed.en, zh: note.zh + mixed.zh },
    },
  ];
}
