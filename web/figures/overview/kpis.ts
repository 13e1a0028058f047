import type { ClubAnswer } from '../../../server/contract/analyses.ts';
import type { Catalog, MeasureInfo } from '../../../server/contract/catalog.ts';
import type { QueryInput } from '../../../server/contract/query.ts';
import type { Scope } from '../../filters/scope.ts';
import { trendWindow } from '../../filters/trend.ts';
import { analysis, type Call } from '../calls.ts';

export const headlines = ({ measures }: Catalog): MeasureInfo[] =>
  measures.filter(({ headline, available }) => headline && available);

/** The tiles' questions, for one batch: their values, how much of the views two of them know, and their course. */
export function kpiQueries(scope: Scope): Record<'totals' | 'markets' | 'makings' | 'course', QueryInput> {
  const { catalog, comparison } = scope;
  const trend = trendWindow(scope);
  const measures = headlines(catalog).map(({ id }) => id);
  const compare = comparison === 'none' ? {} : { compare: comparison };
  return {
    totals: { measures, ...compare },
    markets: { measures: ['views'], dimensions: ['market'], ...compare },
    makings: { measures: ['views'], dimensions: ['format', 'production'], ...compare },
    course: { measures, time: { ...trend.range, grain: trend.grain } },
  };
}

/** Who crossed a billion, from the first day that a tile shows. */
export function kpiClub(scope: Scope): Call<ClubAnswer> {
  const { range, compared } = scope;
  const trend = trendWindow(scope);
  const from = [trend.range.from, compared?.from ?? range.from].sort()[0] ?? range.from;
  return analysis(scope, 'club', { from });
}
