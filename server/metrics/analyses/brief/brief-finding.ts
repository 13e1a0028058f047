import type { Finding, FindingKind, FindingQuery } from '../../../contract/analyses-outlook.ts';
import type { DimensionFilter, Label, Query, QueryInput, Unit } from '../../../contract/query.ts';
import { querySchema } from '../../../contract/query.ts';
import { MAD_TO_SIGMA, mad, median } from '../../forecasting/robust.ts';

/** A sentence that might be told, before it is weighed against the others. */
export interface Candidate {
  readonly id: string;
  readonly kind: FindingKind;
  /** What it is about: of one subject only the best is told within a kind, and further ones count for less. */
  readonly subject: string;
  readonly sentence: Label;
  readonly value: number;
  readonly unit: Unit;
  readonly query: FindingQuery;
  readonly also?: readonly FindingQuery[];
  /** Part of the whole that it speaks of, 0 to 1: of the month's views, or of its series. */
  readonly size: number;
  /** How far from usual it is, in robust deviations, 0 to `MOST_SURPRISE`. */
  readonly surprise: number;
  /** Told before all that is ranked, in the order of `LEADS`. */
  readonly lead?: Lead;
}

/** What a brief with a comparison begins with, so that a reader finds it in the same place each time. */
const LEADS = ['total', 'club', 'format', 'genre', 'producer', 'overseas', 'ai'] as const;
export type Lead = (typeof LEADS)[number];

export const MOST_SURPRISE = 5;
/** Statistics of few months or members look steadier than they are: no deviation below a fifth, on the log scale. */
export const LEAST_SPREAD = 0.2;

/**
 * How far a positive statistic is from what the same statistic was for others (earlier months, other members):
 * |ln value − median ln| over 1.4826 · MAD of their logarithms, which is taken to be at least 0.2. Without others: 1.
 */
export function surpriseOf(value: number, others: readonly number[]): number {
  const logs = others.filter((other) => other > 0).map(Math.log);
  if (value <= 0 || logs.length === 0) return 1;
  const spread = Math.max(MAD_TO_SIGMA * mad(logs), LEAST_SPREAD);
  return Math.min(Math.abs(Math.log(value) - median(logs)) / spread, MOST_SURPRISE);
}

/** Rarity of what k of n did: 1 for one in ten, 2 for one in a hundred … */
export const rarity = (k: number, n: number): number =>
  k <= 0 || n <= 0 ? 0 : Math.max(0, Math.min(-Math.log10(k / n), MOST_SURPRISE));

/** What a further finding of a kind already told still counts, and one of a subject already told. */
const REPEATED_KIND = 0.6;
const REPEATED_SUBJECT = 0.5;

const worth = ({ size, surprise }: Candidate): number => Math.sqrt(Math.max(0, Math.min(size, 1))) * surprise;

/**
 * The findings worth telling: those that lead, then the others, best first. Score = √size · surprise, times 0.6 for each
 * finding of its kind and 0.5 for each of its subject that stands above it. A second finding of one kind on one subject
 * is left out. Ties go by id, so that the same rows always give the same brief.
 */
export function rankFindings(candidates: readonly Candidate[], limit: number): Finding[] {
  const told: Finding[] = [];
  const kinds = new Map<string, number>();
  const subjects = new Map<string, number>();
  const scoreOf = (one: Candidate) =>
    worth(one) * REPEATED_KIND ** (kinds.get(one.kind) ?? 0) * REPEATED_SUBJECT ** (subjects.get(one.subject) ?? 0);
  let left = candidates.filter((one) => one.lead === undefined && worth(one) > 0);
  const tell = (one: Candidate) => {
    const { subject, lead: _, ...finding } = one;
    told.push({ ...finding, also: [...(one.also ?? [])], score: scoreOf(one) });
    kinds.set(one.kind, (kinds.get(one.kind) ?? 0) + 1);
    subjects.set(subject, (subjects.get(subject) ?? 0) + 1);
    left = left.filter((other) => other !== one && !(other.kind === one.kind && other.subject === subject));
  };
  for (const lead of LEADS) for (const one of candidates) if (one.lead === lead && told.length < limit) tell(one);
  while (told.length < limit && left.length > 0) {
    tell(
      left.reduce((a, b) => {
        const gain = scoreOf(b) - scoreOf(a);
        return gain > 0 || (gain === 0 && b.id < a.id) ? b : a;
      }),
    );
  }
  return told;
}

/** What the brief itself is filtered by: every query of a finding carries it. */
interface Filtered {
  readonly filters: readonly DimensionFilter[];
}

/** `GET` of an analysis that gives a finding's number, over what the brief's filters and its own leave. */
export function getQuery(
  scope: Filtered,
  path: string,
  params: Record<string, string>,
  own: readonly DimensionFilter[] = [],
): FindingQuery {
  const filters = [...scope.filters, ...own];
  return {
    method: 'GET',
    path: `/api/v1/${path}`,
    params: { ...params, ...(filters.length > 0 ? { filters: JSON.stringify(filters) } : {}) },
  };
}

/** `POST /query` that gives a finding's number, over what the brief's filters leave. */
export const postQuery = (scope: Filtered, body: QueryInput): FindingQuery => ({
  method: 'POST',
  path: '/api/v1/query',
  body: filtered(scope, body),
});

/** A query with the brief's filters beside its own. */
export const filtered = ({ filters }: Filtered, body: QueryInput): Query =>
  querySchema.parse({ ...body, filters: [...filters, ...(body.filters ?? [])] });
