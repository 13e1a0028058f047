import type { DecompositionAnswer, MoversAnswer } from '../../../server/contract/analyses.ts';
import type { MoversData } from '../../charts/divergingBars.ts';
import { memberName } from '../../charts/members.ts';
import { type ValueKind, valueFormat } from '../../charts/scale.ts';
import type { Step, WaterfallData } from '../../charts/waterfall.ts';
import { growthReasonWord } from '../../charts/words.ts';
import { change, compact, exact, type NumberLanguage, toNumber } from '../../i18n/numbers.ts';
import type { useGrowthWords } from './words.ts';

type T = ReturnType<typeof useGrowthWords>['t'];
export type DecompositionRow = DecompositionAnswer['rows'][number];
export type MoverRow = MoversAnswer['rows'][number];

/** What a change is of, beside the size of the changes themselves, that makes a headline: the effect that outweighs the other. */
export function leadingEffect(row: DecompositionRow): 'lead_supply' | 'lead_intensity' | null {
  if (row.effect_supply === null || row.effect_intensity === null) return null;
  const [supply, intensity] = [Math.abs(row.effect_supply), Math.abs(row.effect_intensity)];
  if (Math.max(supply, intensity) < 2 * Math.min(supply, intensity)) return null;
  return supply > intensity ? 'lead_supply' : 'lead_intensity';
}

/** Whether new releases alone outweigh everything else that changed. */
export function newReleasesLead(row: DecompositionRow): boolean {
  const size = (value: number | string | null): number => Math.abs(toNumber(value) ?? 0);
  return size(row.new) > size(row.entered) + size(row.returning) + size(row.lost);
}

/** The change between two ranges as a waterfall: by supply and intensity, or by what became of the series. */
export function decompositionSteps(
  row: DecompositionRow,
  split: 'effect' | 'activity',
  names: { base: string; now: string; cut: boolean },
  measure: string,
  language: NumberLanguage,
  t: T,
): WaterfallData | undefined {
  const [before, after] = [toNumber(row.views_base) ?? 0, toNumber(row.views) ?? 0];
  const { effect_supply, effect_intensity } = row;
  // On a chart the change cannot be told apart: the note says why.
  if (effect_supply === null || effect_intensity === null || (before === 0 && after === 0)) return undefined;
  const per = (views: number, series: number): string => (series === 0 ? '–' : compact(views / series, language));
  const changes: Step[] =
    split === 'effect'
      ? [
          {
            id: 'effect_supply',
            name: t('effect_supply'),
            role: 'change',
            value: effect_supply,
            note: t('effect_supply_note', { before: exact(row.active_base), after: exact(row.active) }),
          },
          {
            id: 'effect_intensity',
            name: t('effect_intensity'),
            role: 'change',
            value: effect_intensity,
            note: t('effect_intensity_note', { before: per(before, row.active_base), after: per(after, row.active) }),
          },
        ]
      : // Losses first: the level then never passes below zero on its way.
        (['lost', 'returning', 'entered', 'new'] as const).map((id) => ({
          id,
          name: t(id),
          role: 'change' as const,
          value: toNumber(row[id]) ?? 0,
          note: t(`${id}_note`),
        }));
  return {
    kind: 'count',
    measure,
    steps: [
      { id: 'base', name: names.base, role: 'level', value: before },
      ...changes,
      { id: 'now', name: names.now, role: 'level', value: after, cut: names.cut },
    ],
  };
}

const EACH_SIDE = 7;

/** The largest rises and falls, largest rise first, largest fall last. */
export function largestMovers(
  answer: MoversAnswer,
  kind: ValueKind,
  words: { measure: string; value: string; previous: string; growth: string; contribution: string; rank: string },
  language: NumberLanguage,
): { data: MoversData; left: number } | undefined {
  const moved = answer.rows
    .map((row) => ({ row, delta: toNumber(row.delta) ?? 0 }))
    .filter(({ delta }) => delta !== 0)
    .sort((a, b) => b.delta - a.delta);
  if (moved.length === 0) return undefined;
  const rises = moved.filter(({ delta }) => delta > 0).slice(0, EACH_SIDE);
  const falls = moved.filter(({ delta }) => delta < 0).slice(-EACH_SIDE);
  const format = valueFormat(kind, language);
  const written = (value: number | string | null): string => {
    const number = toNumber(value);
    return number === null ? '–' : format.tooltip(number);
  };
  const movers = [...rises, ...falls].map(({ row, delta }) => {
    const grown = row.growth === null ? growthReasonWord(row.growth_reason, language) : change(row.growth);
    const facts = [
      { name: words.value, value: written(row.value) },
      { name: words.previous, value: written(row.previous) },
      { name: words.growth, value: grown },
    ];
    if (row.contribution_pp !== null)
      facts.push({ name: words.contribution, value: valueFormat('points', language).tooltip(row.contribution_pp) });
    if (row.rank !== null)
      facts.push({
        name: words.rank,
        value: row.rank_previous === null ? String(row.rank) : `${row.rank_previous} → ${row.rank}`,
      });
    return { id: row.member, name: memberName(row.member, row.member_label, language), delta, note: grown, facts };
  });
  return { data: { movers, kind, measure: words.measure }, left: moved.length - movers.length };
}

export const BY = [
  'format',
  'primary_genre',
  'producer',
  'platform',
  'market',
  'channel',
  'production',
  'producer_region',
  'language',
  'none',
] as const;

export type GrowthBy = (typeof BY)[number];

export const MEASURES = [
  'views',
  'active_series',
  'new_series',
  'views_per_series',
  'median_views_per_series',
  'watch_hours',
  'likes',
  'revenue',
] as const;

export type GrowthMeasure = (typeof MEASURES)[number];
