/** Which figure shows which finding, and in which order the brief is told. Pure. */
import { z } from 'zod';
import {
  FILTER_DIMENSIONS,
  type FilterState,
  formatFilters,
  type MemberFilter,
  type Params,
} from '../../web/filters/grammar.ts';
import type { Finding, FindingKind } from '../contract/analyses-outlook.ts';
import { type Filter, filterSchema } from '../contract/query.ts';

/** Findings told on slides. */
export const MOST_FINDINGS = 9;

/** Of these a deck tells one: each is about how fast a single series went. */
const ALIKE: readonly FindingKind[] = ['launch', 'milestone', 'fastest'];
const kindOf = ({ kind }: Finding): string => (ALIKE.includes(kind) ? 'one series' : kind);

/** As it is told from a stage: the market, its hits, what grows, who gains. */
const ORDER: readonly FindingKind[] = [
  ...(['total', 'club', 'launch', 'fastest', 'milestone', 'growth', 'format', 'format_mix', 'supply'] as const),
  ...(['ai', 'overseas', 'genre', 'opportunity', 'producer', 'concentration', 'quality'] as const),
];

/** The weightiest of each kind. */
export function chosenFindings(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  const first = findings.filter((one) => {
    const known = seen.has(kindOf(one));
    seen.add(kindOf(one));
    return !known;
  });
  return first.slice(0, MOST_FINDINGS).toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
}

interface Shown {
  readonly figure: string;
  readonly params?: Params;
}

const FIGURE_OF: Readonly<Record<FindingKind, Shown>> = {
  club: { figure: 'club.by_producer' },
  launch: { figure: 'series.cumulative' },
  fastest: { figure: 'series.cumulative' },
  milestone: { figure: 'series.cumulative' },
  total: { figure: 'overview.formats' },
  format: { figure: 'growth.index', params: { by: 'format' } },
  format_mix: { figure: 'formats.mix' },
  growth: { figure: 'growth.index', params: { by: 'format' } },
  supply: { figure: 'formats.ongoing' },
  overseas: { figure: 'overseas.share' },
  ai: { figure: 'formats.made_by_ai' },
  quality: { figure: 'overview.formats' },
  opportunity: { figure: 'genres.supply_demand' },
  genre: { figure: 'overview.genre_movers' },
  producer: { figure: 'overview.producer_movers' },
  concentration: { figure: 'producers.shares' },
};

/** The figure that shows a finding, and its address within the brief's days. */
export function figureOf(
  { kind, query }: Finding,
  { from, to }: { readonly from: string; readonly to: string },
): { readonly figure: string; readonly address: Params } {
  const { figure, params = {} } = FIGURE_OF[kind];
  const given: Params = query.method === 'GET' ? query.params : {};
  const { series, base, threshold } = given;
  return {
    figure,
    address: {
      ...formatFilters(stateOf(filtersOf(given.filters), base === undefined ? { from, to } : { from: base, to })),
      ...params,
      ...(series === undefined ? {} : { id: series, range: 'all', from: undefined, to: undefined }),
      ...(base === undefined ? {} : { base }),
      ...(threshold === undefined ? {} : { threshold }),
    },
  };
}

function filtersOf(text: string | undefined): readonly Filter[] {
  return text === undefined ? [] : z.array(filterSchema).parse(JSON.parse(text));
}

const stateOf = (filters: readonly Filter[], dates: { from: string; to: string }): FilterState => ({
  time: { kind: 'dates', ...dates },
  compare: 'previous_period',
  members: filters.flatMap(memberFilter),
});

function memberFilter(filter: Filter): MemberFilter[] {
  if (!('dimension' in filter) || !('values' in filter)) return [];
  const dimension = FILTER_DIMENSIONS.find((one) => one === filter.dimension);
  return dimension === undefined ? [] : [{ dimension, op: filter.op, values: [...filter.values] }];
}
