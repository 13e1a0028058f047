import type { z } from 'zod';
import type { BriefAnswer, briefParams } from '../../contract/analyses-outlook.ts';
import type { Note } from '../../contract/query.ts';
import type { OutlookTables } from '../../vocabulary/holidays.ts';
import { toNumber } from '../language/cells.ts';
import type { Engine } from '../language/engine.ts';
import { metaOf } from '../query/meta.ts';
import { crossingFindings } from './brief/brief-crossings.ts';
import { rankFindings } from './brief/brief-finding.ts';
import { growthFindings } from './brief/brief-growth.ts';
import { memberFindings } from './brief/brief-members.ts';
import { type BriefScope, monthOf, rowsOf, seriesLeft } from './brief/brief-scope.ts';
import { shareFindings } from './brief/brief-shares.ts';
import { supplyFindings } from './brief/brief-supply.ts';
import { requireMeasure, scopeOf } from './parts/scope.ts';

/**
 * The conference brief: what is worth telling of a month, as sentences in both languages, the best first. Every
 * analysis puts forward what it found, member by member, and `rankFindings` weighs it all by size and surprise; no
 * finding, name or number is given beforehand. Each finding's `query` gives its number again.
 *
 * With filters it is the brief of what they leave, and each `query` carries them. The month's end, and which months are
 * whole, are the whole log's.
 *
 * A month that as_of or the log's start cuts has no findings against earlier months, and a note says so.
 */
export async function brief(
  engine: Engine,
  params: z.infer<typeof briefParams>,
  { genreGroups }: Pick<OutlookTables, 'genreGroups'>,
): Promise<BriefAnswer> {
  const startedAt = performance.now();
  requireMeasure(engine, 'views');
  const month = monthOf(engine, params);
  const { filters } = scopeOf(engine, { filters: params.filters });
  const [total] = await rowsOf({ engine, filters }, { measures: ['views'], time: { from: month.from, to: month.to } });
  const series = await seriesLeft(engine, filters);
  const scope: BriefScope = { ...month, filters, series, genreGroups, views: toNumber(total?.views) ?? 0 };
  const candidates = [
    await crossingFindings(scope),
    await growthFindings(scope),
    await shareFindings(scope),
    await supplyFindings(scope),
    await memberFindings(scope),
  ].flat();
  return {
    month: scope.from.slice(0, 7),
    from: scope.from,
    to: scope.to,
    rows: rankFindings(candidates, params.limit),
    candidates: candidates.length,
    meta: metaOf({
      state: engine.state,
      startedAt,
      filters,
      partialPeriods: scope.whole ? [] : [scope.from],
      notes: [...(scope.whole ? [] : CUT), ...(filters.length > 0 ? FILTERED : [])],
    }),
  };
}

const FILTERED: Note[] = [
  {
    code: 'filtered',
    text: {
      en: 'Every sentence speaks of what the filters leave: “all views” are all of these.',
      zh: '各条结论仅针对筛选后的数据，“全部播放量”亦指筛选范围内。',
    },
  },
];

const CUT: Note[] = [
  {
    code: 'partial_month',
    text: {
      en: 'The data do not hold the whole month; nothing is told against earlier months.',
      zh: '数据不含完整月份，因此不与以往月份比较。',
    },
  },
];
