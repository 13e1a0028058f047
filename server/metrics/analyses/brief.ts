import type { z } from 'zod';
import type { BriefAnswer, briefParams } from '../../contract/analyses-outlook.ts';
import type { Note } from '../../contract/query.ts';
import type { OutlookTables } from '../../vocabulary/holidays.ts';
import { touchesLog } from '../language/calendar.ts';
import { toNumber } from '../language/cells.ts';
import type { Engine } from '../language/engine.ts';
import { metaOf } from '../query/meta.ts';
import { crossingFindings } from './brief/brief-crossings.ts';
import { type Candidate, rankFindings } from './brief/brief-finding.ts';
import { growthFindings } from './brief/brief-growth.ts';
import { memberFindings } from './brief/brief-members.ts';
import { type BriefScope, comparedOf, rowsOf, seriesLeft, type Told, toldOf } from './brief/brief-scope.ts';
import { shareFindings } from './brief/brief-shares.ts';
import { supplyFindings } from './brief/brief-supply.ts';
import { requireMeasure, scopeOf } from './parts/scope.ts';

/**
 * The brief (docs/analyses/brief.md): findings of a range as sentences, best first; `query` gives each number again.
 * `compare` puts what changed first. Without a whole range, only `compare` looks back.
 */
export async function brief(
  engine: Engine,
  params: z.infer<typeof briefParams>,
  { genreGroups }: Pick<OutlookTables, 'genreGroups'>,
): Promise<BriefAnswer> {
  const startedAt = performance.now();
  requireMeasure(engine, 'views');
  const told = toldOf(engine, params);
  const { filters } = scopeOf(engine, { ...told.asked, filters: params.filters });
  const { compared, notes } = await comparedOf(engine, told, params.compare, filters);
  const candidates = touchesLog(told.asked, told.log)
    ? await candidatesOf({
        ...told,
        engine,
        filters,
        genreGroups,
        series: await seriesLeft(engine, filters),
        views: await viewsOf({ engine, filters }, told),
        leads: params.compare !== undefined,
        compared,
        historic: told.whole && params.compare !== 'none' && compared?.widened !== true,
      })
    : [];
  return {
    month: told.grain === 'month' ? told.from.slice(0, 7) : null,
    from: told.from,
    to: told.to,
    compared: compared === null ? null : { from: compared.previous.from, to: compared.previous.to },
    rows: rankFindings(candidates, params.limit),
    candidates: candidates.length,
    meta: metaOf({
      state: engine.state,
      startedAt,
      filters,
      partialPeriods: told.whole ? [] : [told.from],
      alignment: told.whole || compared === null ? 'calendar' : 'elapsed',
      notes: [...notes, ...cutNote(told, params), ...(filters.length > 0 ? FILTERED : [])],
    }),
  };
}

async function candidatesOf(scope: BriefScope): Promise<Candidate[]> {
  return [
    await crossingFindings(scope),
    await growthFindings(scope),
    await shareFindings(scope),
    await supplyFindings(scope),
    await memberFindings(scope),
  ].flat();
}

async function viewsOf(scope: Pick<BriefScope, 'engine' | 'filters'>, { from, to }: Told): Promise<number> {
  const [total] = await rowsOf(scope, { measures: ['views'], time: { from, to } });
  return toNumber(total?.views) ?? 0;
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

/** Why nothing is compared with earlier ranges. */
function cutNote({ whole, grain, asked, log }: Told, { compare }: { readonly compare?: unknown }): Note[] {
  if (whole) return [];
  // The comparison's own note has said it.
  if (compare !== undefined && compare !== 'none') return [];
  if (!touchesLog(asked, log)) return [OUTSIDE];
  return [grain === 'month' ? CUT_MONTH : CUT_RANGE];
}

const OUTSIDE: Note = {
  code: 'range_outside_log',
  text: { en: 'The data hold nothing of the range.', zh: '数据中没有所选区间的内容。' },
};

const CUT_MONTH: Note = {
  code: 'partial_month',
  text: {
    en: 'The data do not hold the whole month; nothing is told against earlier months.',
    zh: '数据不含完整月份，因此不与以往月份比较。',
  },
};

const CUT_RANGE: Note = {
  code: 'partial_range',
  text: {
    en: 'The data do not hold the whole range; nothing is told against earlier ones.',
    zh: '数据不含完整区间，因此不与以往区间比较。',
  },
};
