import type { Catalog } from '../../server/contract/catalog.ts';
import type { DimensionFilter, DimensionId, MeasureId, ScopeFilter } from '../../server/contract/query.ts';
import type { Language } from '../i18n/i18n.ts';
import { type Condition, seriesFilterOf } from './conditions.ts';
import type { FilterState, MemberFilter } from './grammar.ts';
import {
  type ChosenGrain,
  type Comparison,
  clip,
  comparedRange,
  comparisonOf,
  completePart,
  type DateRange,
  defaultPreset,
  grainFor,
  grainThatFits,
  type Holiday,
  type Preset,
  presetRange,
} from './ranges.ts';

/** Names of members by dimension and id, as far as they are known. */
export type MemberNames = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The filters that name members; the others choose series by a total. */
export const membersIn = (filters: readonly ScopeFilter[]): DimensionFilter[] =>
  filters.filter((filter): filter is DimensionFilter => 'dimension' in filter);

/** What questions are asked within: the address's filters, put into dates by the data's own calendar. */
export interface Scope {
  range: DateRange;
  /** The preset the range comes from; null for dates of one's own. */
  preset: Preset | null;
  /** What the API is asked to compare with. */
  comparison: Comparison | DateRange;
  /** The range compared against, to name it; null without comparison. */
  compared: DateRange | null;
  /** The range that was to be compared with, if the data do not hold it whole: there is no comparison then. */
  uncomparable: DateRange | null;
  /** The grain of time series that was chosen, or the finest after it that fits the range; null if it is left to each. */
  grain: ChosenGrain | null;
  /** Complete periods alone were asked for, and there are none of that grain: the range is shown as it is. */
  incomplete: boolean;
  filters: ScopeFilter[];
  /** What chooses series by a total, to say it in words; `filters` hold it already. */
  where: readonly Condition[];
  /** Names of the filtered members, in the reader's language. */
  names: MemberNames;
  asOf: string;
  since: string;
  language: Language;
  catalog: Catalog;
}

/** Those that data of more than one year have. */
export const holidaysOf = ({ holidays }: Pick<Catalog, 'holidays'>): readonly Holiday[] => holidays ?? [];

function dimensionFilterOf(filter: MemberFilter): DimensionFilter {
  const { dimension, op, values } = filter;
  if (op === 'contains' || op === 'not_contains') return { dimension, op, value: values[0] ?? '' };
  return { dimension, op, values };
}

/**
 * Puts a filter state into dates; null while the dataset is empty.
 * @param release of the one series that the page is about
 */
export function resolveScope(
  state: FilterState,
  catalog: Catalog,
  language: Language,
  names: MemberNames = {},
  release: string | null = null,
): Scope | null {
  const { from, to, as_of } = catalog.dataset;
  if (from === null || to === null || as_of === null) return null;
  const span = { from, to: as_of };
  const preset = state.time?.kind === 'dates' ? null : (state.time?.preset ?? defaultPreset(span));
  const chosen =
    state.time?.kind === 'dates'
      ? { from: state.time.from, to: state.time.to }
      : presetRange(preset ?? 'all', span, release);
  const grain = state.grain === undefined ? null : grainThatFits(clip(chosen, span), state.grain);
  const whole = state.complete ? completePart(chosen, grain ?? grainFor(chosen), span) : chosen;
  const range = whole ?? chosen;
  const comparison = comparisonOf(range, state.compare, holidaysOf(catalog));
  const wanted = comparedRange(range, comparison, as_of);
  // A measure that the data do not have would refuse every question of the page.
  const known = (id: MeasureId): boolean => catalog.measures.some((one) => one.id === id && one.available);
  const where = (state.where ?? []).filter(({ measure }) => known(measure));
  const held = wanted === null || (wanted.from >= from && wanted.from <= as_of);
  return {
    range,
    preset,
    comparison: held ? comparison : 'none',
    compared: held ? wanted : null,
    uncomparable: held ? null : wanted,
    grain,
    incomplete: whole === null,
    filters: [...state.members.map(dimensionFilterOf), ...where.flatMap((one) => seriesFilterOf(one) ?? [])],
    where,
    names,
    asOf: as_of,
    since: from,
    language,
    catalog,
  };
}

/** A measure's label and definition in the reader's language; its id if the catalog has no such measure. */
export function measureTerm({ catalog, language }: Scope, id: MeasureId): { label: string; definition: string } {
  const info = catalog.measures.find((one) => one.id === id);
  return { label: info?.label[language] ?? id, definition: info?.definition[language] ?? '' };
}

/** A dimension's label in the reader's language; its id if the catalog has no such dimension. */
export const dimensionLabel = ({ catalog, language }: Scope, id: DimensionId): string =>
  catalog.dimensions.find((one) => one.id === id)?.label[language] ?? id;
