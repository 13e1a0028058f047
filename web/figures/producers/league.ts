import { z } from 'zod';
import type { ProducersAnswer } from '../../../server/contract/analyses.ts';
import type { BarsData } from '../../charts/horizontalBars.ts';
import { memberHue } from '../../charts/look.ts';
import { type Mark, markOf } from '../../filters/marks.ts';
import type { Language } from '../../i18n/i18n.ts';
import { grown, toNumber } from '../../i18n/numbers.ts';
import { analysis, type Call } from '../calls.ts';
import type { FigureScope, FigureTable, Nothing } from '../figure.ts';
import { memberName } from '../members.ts';
import { producersWords } from './words.ts';

/** Views that make a club member. */
export const CLUB_THRESHOLD = 1e9;
export const HITS = ['10000000', '50000000', '100000000', '500000000'] as const;
export const DAYS = ['7', '30', '60', '90'] as const;
export const leagueParams = z.object({ hit: z.enum(HITS).catch('100000000'), days: z.enum(DAYS).catch('30') });
export type LeagueScope = FigureScope<z.output<typeof leagueParams>>;
export type ProducerRow = ProducersAnswer['rows'][number];

export const SHOWN = 10;
const COLOURED = 5;

export const leagueCall = (scope: LeagueScope): Call<ProducersAnswer> =>
  analysis(scope, 'producers', {
    threshold: CLUB_THRESHOLD,
    hit_threshold: Number(scope.params.hit),
    days: Number(scope.params.days),
  });

export const mostMembers = (rows: readonly ProducerRow[]): string[] =>
  rows
    .filter((row) => row.club_count > 0 && !row.producer.startsWith('('))
    .toSorted((a, b) => b.club_count - a.club_count)
    .slice(0, COLOURED)
    .map((row) => row.producer);

type Counted = 'views' | 'club_count';
const known = (rows: readonly ProducerRow[]): ProducerRow[] => rows.filter((row) => !row.producer.startsWith('('));

/** There are views, or club members, but nobody says by whom; null if somebody does. */
export function allUnknown(rows: readonly ProducerRow[], of: Counted, { language }: LeagueScope): Nothing | null {
  const counted = rows.filter((row) => (toNumber(row[of]) ?? 0) > 0);
  if (counted.length === 0 || known(counted).length > 0) return null;
  const t = producersWords.say(language);
  return { nothing: t('all_unknown'), remedy: t('all_unknown_text') };
}

/** The first producers by one number; undefined if none has any of it. */
export function barsOf(
  rows: readonly ProducerRow[],
  of: Counted,
  measure: string,
  scope: LeagueScope,
): BarsData | undefined {
  const { language, owners = mostMembers(rows) } = scope;
  const sorted = known(rows)
    .map((row) => ({ row, value: toNumber(row[of]) ?? 0 }))
    .filter(({ value }) => value > 0)
    .sort((a, b) => b.value - a.value);
  const total = sorted.reduce((sum, { value }) => sum + value, 0);
  if (sorted.length === 0) return undefined;
  return {
    kind: 'count',
    measure,
    bars: sorted.slice(0, SHOWN).map(({ row, value }) => ({
      id: row.producer,
      name: memberName(row.producer, row.producer_label, language),
      value,
      share: of === 'views' ? row.share_of_views : value / total,
      rank: of === 'views' ? row.rank : undefined,
      change: row.growth === null || of !== 'views' ? undefined : grown(row.growth, language),
      hue: memberHue('producer', row.producer, owners),
      mark: producerMark(row, language),
    })),
  };
}

export const producerMark = (row: ProducerRow, language: Language): Mark | undefined =>
  markOf('producer', row.producer, memberName(row.producer, row.producer_label, language));

export function leagueTable(rows: readonly ProducerRow[], { language }: LeagueScope): FigureTable {
  const t = producersWords.say(language);
  return {
    columns: [
      { id: 'producer', header: t('producer'), kind: 'text' },
      { id: 'views', header: t('views'), kind: 'count' },
      { id: 'share', header: t('share'), kind: 'fraction' },
      { id: 'growth', header: t('growth'), kind: 'fraction' },
      { id: 'club_count', header: t('count'), kind: 'count' },
      { id: 'hits', header: t('hits_count'), kind: 'count' },
      { id: 'mature', header: t('mature'), kind: 'count' },
      { id: 'hit_rate', header: t('hit_rate'), kind: 'fraction' },
      { id: 'low', header: t('low'), kind: 'fraction' },
      { id: 'high', header: t('high'), kind: 'fraction' },
    ],
    rows: rows.map((row) => [
      row.producer_label,
      row.views,
      row.share_of_views,
      row.growth,
      row.club_count,
      row.hits,
      row.mature_releases,
      row.hit_rate,
      row.hit_rate_low,
      row.hit_rate_high,
    ]),
    marks: rows.map((row) => producerMark(row, language)),
  };
}
