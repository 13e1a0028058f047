import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { Dataset } from '../../server/contract/catalog.ts';
import type { DimensionFilter } from '../../server/contract/query.ts';
import { useSame } from '../data/useSame.ts';
import type { Language } from '../i18n/i18n.ts';
import type { FilterState } from './grammar.ts';
import { type Comparison, comparedRange, type DateRange, defaultPreset, type Preset, presetRange } from './ranges.ts';

/** What a page's questions are asked within: the filter bar's state, put into dates by the data's own calendar. */
export interface Scope {
  range: DateRange;
  /** The preset the range comes from; null for dates of one's own. */
  preset: Preset | null;
  comparison: Comparison;
  /** The range compared against, to name it; null without comparison. */
  compared: DateRange | null;
  /** The range that was to be compared with, where the data do not hold it whole: there is no comparison then. */
  uncomparable: DateRange | null;
  filters: DimensionFilter[];
  /** Last day with data. */
  asOf: string;
  /** First day with data. */
  since: string;
  language: Language;
  dataset: Dataset;
}

const ScopeContext = createContext<Scope | null>(null);

/** Puts a filter state into dates; null while the dataset is empty. Pure. */
export function resolveScope(state: FilterState, dataset: Dataset, language: Language): Scope | null {
  const { from, to, as_of } = dataset;
  if (from === null || to === null || as_of === null) return null;
  const span = { from, to: as_of };
  const preset = state.time?.kind === 'dates' ? null : (state.time?.preset ?? defaultPreset(span));
  const range =
    state.time?.kind === 'dates' ? { from: state.time.from, to: state.time.to } : presetRange(preset ?? 'all', span);
  const wanted = comparedRange(range, state.compare, as_of);
  const held = wanted === null || wanted.from >= from;
  return {
    range,
    preset,
    comparison: held ? state.compare : 'none',
    compared: held ? wanted : null,
    uncomparable: held ? null : wanted,
    filters: state.members.map(({ dimension, op, values }) => ({ dimension, op, values })),
    asOf: as_of,
    since: from,
    language,
    dataset,
  };
}

export function ScopeProvider({ scope, children }: { scope: Scope; children: ReactNode }) {
  return <ScopeContext value={scope}>{children}</ScopeContext>;
}

/** The scope of the page. Pages render only once the catalog is there and has data, so there always is one. */
export function useScope(): Scope {
  const scope = useContext(ScopeContext);
  if (scope === null) throw new Error('useScope outside ScopeProvider');
  return scope;
}

/** The same scope object as long as nothing in it changed. */
export function useResolvedScope(state: FilterState, dataset: Dataset | undefined, language: Language): Scope | null {
  const same = useSame(state);
  return useMemo(
    () => (dataset === undefined ? null : resolveScope(same, dataset, language)),
    [same, dataset, language],
  );
}
