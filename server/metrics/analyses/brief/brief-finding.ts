import type { Finding, FindingKind, FindingQuery } from '../../../contract/analyses-outlook.ts';
import type { Label, Query, QueryInput, ScopeFilter, Unit } from '../../../contract/query.ts';
import { querySchema } from '../../../contract/query.ts';
import { MAD_TO_SIGMA, mad, median } from '../../forecasting/robust.ts';

export interface Candidate {
  readonly id: string;
  readonly kind: FindingKind;
  /** Within a kind only the best per subject is kept; further ones count less. */
  readonly subject: string;
  readonly sentence: Label;
  readonly value: number;
  readonly unit: Unit;
  readonly query: FindingQuery;
  readonly also?: readonly FindingQuery[];
  /** Its part of the whole (views or series), 0 to 1. */
  readonly size: number;
  /** Robust deviations from usual, 0 to `MOST_SURPRISE`. */
  readonly surprise: number;
  /** Told before all ranked findings, in the order of `LEADS`. */
  readonly lead?: Lead;
}

/** A brief with a comparison begins with these, always in this order. */
const LEADS = ['total', 'club', 'format', 'genre', 'producer', 'overseas', 'ai'] as const;
export type Lead = (typeof LEADS)[number];

export const MOST_SURPRISE = 5;
/** On the log scale: few months or members look steadier than they are. */
export const LEAST_SPREAD = 0.2;

/** |ln value − median ln| / (1.4826 · MAD of the logarithms, at least 0.2). Without others: 1. */
export function surpriseOf(value: number, others: readonly number[]): number {
  const logs = others.filter((other) => other > 0).map(Math.log);
  if (value <= 0 || logs.length === 0) return 1;
  const spread = Math.max(MAD_TO_SIGMA * mad(logs), LEAST_SPREAD);
  return Math.min(Math.abs(Math.log(value) - median(logs)) / spread, MOST_SURPRISE);
}

/** 1 for one in ten, 2 for one in a hundred … */
export const rarity = (k: number, n: number): number =>
  k <= 0 || n <= 0 ? 0 : Math.max(0, Math.min(-Math.log10(k / n), MOST_SURPRISE));

/** Factors for a further finding of the same kind, and of the same subject. */
const REPEATED_KIND = 0.6;
const REPEATED_SUBJECT = 0.5;

const worth = ({ size, surprise }: Candidate): number => Math.sqrt(Math.max(0, Math.min(size, 1))) * surprise;

/** Leads, then by √size · surprise · 0.6 per finding above of its kind · 0.5 per one of its subject; one per kind and subject; ties by id. */
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

/** Every query of a finding carries the brief's own filters. */
interface Filtered {
  readonly filters: readonly ScopeFilter[];
}

export function getQuery(
  scope: Filtered,
  path: string,
  params: Record<string, string>,
  own: readonly ScopeFilter[] = [],
): FindingQuery {
  const filters = [...scope.filters, ...own];
  return {
    method: 'GET',
    path: `/api/v1/${path}`,
    params: { ...params, ...(filters.length > 0 ? { filters: JSON.stringify(filters) } : {}) },
  };
}

export const postQuery = (scope: Filtered, body: QueryInput): FindingQuery => ({
  method: 'POST',
  path: '/api/v1/query',
  body: filtered(scope, body),
});

export const filtered = ({ filters }: Filtered, body: QueryInput): Query =>
  querySchema.parse({ ...body, filters: [...filters, ...(body.filters ?? [])] });
