import { z } from 'zod';
import type { DecompositionAnswer } from '../../../server/contract/analyses.ts';
import type { Catalog } from '../../../server/contract/catalog.ts';
import { nativeWaterfall } from '../../charts/native/columns.ts';
import { type Step, type WaterfallData, waterfall } from '../../charts/waterfall.ts';
import { type Mark, markOf, within } from '../../filters/marks.ts';
import type { DateRange } from '../../filters/ranges.ts';
import { dimensionLabel, measureTerm } from '../../filters/scope.ts';
import { compact, exact, range as rangeText, signed, toNumber } from '../../i18n/numbers.ts';
import { analysis } from '../calls.ts';
import { type FigureScope, type FigureTable, figure, type Nothing } from '../figure.ts';
import { memberName, withinSentence } from '../members.ts';
import { noRows, notCompared } from '../nothing.ts';
import { growthWords } from './words.ts';

export const SPLITS = ['effect', 'activity'] as const;
/** Dimensions of which each view has one member, so that changes add up. */
const PARTS = [
  'none',
  'format',
  'primary_genre',
  'producer',
  'platform',
  'market',
  'region',
  'channel',
  'production',
  'producer_region',
  'franchise',
  'language',
  'origin',
  'release_month',
  'source',
  'series',
] as const;
export type Part = Exclude<(typeof PARTS)[number], 'none'>;
const MEMBERS = 6;
const params = z.object({
  split: z.enum(SPLITS).catch('activity'),
  parts: z.enum(PARTS).catch('none'),
});
type DecompositionScope = FigureScope<z.output<typeof params>>;
export type DecompositionRow = DecompositionAnswer['rows'][number];

/** The two ranges by name, and whether the data cut the later one. */
function spans({ range, compared, asOf, language }: DecompositionScope): { base: string; now: string; cut: boolean } {
  const cut = asOf < range.to;
  return {
    base: compared === null ? '' : rangeText(compared.from, compared.to, language),
    now: rangeText(range.from, cut ? asOf : range.to, language),
    cut,
  };
}

/** What a change may be told apart by: what some file states. */
export const partsOf = ({ dimensions }: Catalog): Part[] =>
  PARTS.flatMap((id) => (id !== 'none' && dimensions.some((one) => one.id === id && one.available) ? [id] : []));

/** Null for the whole. */
function partsIn({ params: { parts }, catalog }: DecompositionScope): Part | null {
  return parts !== 'none' && partsOf(catalog).includes(parts) ? parts : null;
}

type Asked = { change?: DecompositionAnswer; members?: DecompositionAnswer };

export const growthDecomposition = figure<typeof params, Asked, WaterfallData>({
  id: 'growth.decomposition',
  params,
  heads: (scope) => {
    const t = growthWords.say(scope.language);
    const { base, now } = spans(scope);
    const parts = partsIn(scope);
    if (parts !== null)
      return {
        title: t('parts_title'),
        subtitle:
          scope.compared === null
            ? now
            : t('parts_subtitle', { base, now, by: withinSentence(dimensionLabel(scope, parts)) }),
        definition: t('parts_definition'),
      };
    return {
      title: t('decomposition_title'),
      subtitle: scope.compared === null ? now : t('decomposition_subtitle', { base, now }),
      definition: t(scope.params.split === 'effect' ? 'effect_definition' : 'activity_definition'),
    };
  },
  asks: (scope) => {
    if (scope.compared === null) return {};
    const base = { base_from: scope.compared.from, base_to: scope.compared.to };
    const parts = partsIn(scope);
    return {
      change: analysis(scope, 'decomposition', base),
      ...(parts === null ? {} : { members: analysis(scope, 'decomposition', { ...base, by: parts, limit: MEMBERS }) }),
    };
  },
  says: ({ change, members }, scope) => {
    if (change === undefined) return notCompared(scope);
    const { cut } = spans(scope);
    const row = change.rows[0];
    const data = row === undefined ? undefined : stepsOf(row, members?.rows, scope);
    const until = cut ? scope.asOf : null;
    if (row === undefined || data === undefined) return { ...whyNot(row, scope), cut: until };
    const t = growthWords.say(scope.language);
    if (members !== undefined)
      return { ...partsLead(members.rows, scope), data, table: tableOf(data, scope), cut: until };
    const lead = scope.params.split === 'effect' ? leadingEffect(row) : newReleasesLead(row) ? 'lead_new' : null;
    return {
      ...(lead === null ? {} : { title: t(lead) }),
      data,
      table: tableOf(data, scope),
      cut: until,
    };
  },
  draws: waterfall,
  native: nativeWaterfall,
});

const tableOf = (data: WaterfallData, { language }: DecompositionScope): FigureTable => ({
  columns: [
    { id: 'step', header: growthWords.say(language)('step'), kind: 'text' },
    { id: 'value', header: data.measure, kind: 'count' },
  ],
  rows: data.steps.map((step) => [step.name, step.value]),
  marks: data.steps.map(({ mark }) => mark),
});

/** The member with the largest change, if it is a known one. */
function partsLead(rows: readonly DecompositionRow[], { language }: DecompositionScope): { title?: string } {
  const size = ({ delta }: DecompositionRow): number => Math.abs(toNumber(delta) ?? 0);
  const [first] = rows.toSorted((a, b) => size(b) - size(a));
  if (first === undefined || rows.length < 2 || first.member.startsWith('(')) return {};
  return { title: growthWords.say(language)('parts_lead', { name: first.member_label }) };
}

/** On a ranking, what is not listed is unknown. */
function whyNot(row: DecompositionRow | undefined, scope: DecompositionScope): Nothing {
  if (row?.reason !== 'not_on_chart') return noRows(scope);
  const t = growthWords.say(scope.language);
  const returning = toNumber(row.returning);
  return {
    nothing: t('on_chart'),
    remedy:
      returning === null ? t('on_chart_text') : t('on_chart_returning', { delta: signed(returning, scope.language) }),
  };
}

/** The effect that outweighs the other, if one does. */
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

/** By supply and intensity, or by what became of the series; undefined if the change cannot be told apart. */
function stepsOf(
  row: DecompositionRow,
  members: readonly DecompositionRow[] | undefined,
  scope: DecompositionScope,
): WaterfallData | undefined {
  const { language, params: chosen } = scope;
  const [before, after] = [toNumber(row.views_base) ?? 0, toNumber(row.views) ?? 0];
  const { effect_supply: supply, effect_intensity: intensity } = row;
  if (supply === null || intensity === null || (before === 0 && after === 0)) return undefined;
  const names = spans(scope);
  return {
    kind: 'count',
    measure: measureTerm(scope, 'views').label,
    steps: [
      { id: 'base', name: names.base, role: 'level', value: before, mark: spanOf(scope.compared) },
      ...(members !== undefined
        ? memberSteps(members, after - before, scope)
        : chosen.split === 'effect'
          ? effectSteps(row, { before, after, supply, intensity }, language)
          : activitySteps(row, language)),
      { id: 'now', name: names.now, role: 'level', value: after, cut: names.cut, mark: spanOf(scope.range) },
    ],
  };
}

/** The members with the largest changes, from the largest rise to the largest fall, and what is left of the whole. */
function memberSteps(rows: readonly DecompositionRow[], whole: number, scope: DecompositionScope): Step[] {
  const { language } = scope;
  const by = partsIn(scope);
  const t = growthWords.say(language);
  const steps = rows.flatMap((row): Step[] => {
    const value = toNumber(row.delta);
    if (value === null) return [];
    const effects = { supply: row.effect_supply, intensity: row.effect_intensity };
    const note =
      effects.supply === null || effects.intensity === null
        ? ''
        : t('parts_note', { supply: signed(effects.supply, language), intensity: signed(effects.intensity, language) });
    const name = memberName(row.member, row.member_label, language);
    return [
      {
        id: row.member,
        name,
        mark: by === null ? undefined : markOf(by, row.member, name),
        role: 'change',
        value,
        ...(note === '' ? {} : { note }),
      },
    ];
  });
  const rest = whole - steps.reduce((sum, { value }) => sum + value, 0);
  // Less than a view is the dust of fractions.
  return Math.abs(rest) < 1
    ? steps
    : [...steps, { id: '(others)', name: t('parts_rest'), role: 'change', value: rest }];
}

const spanOf = (range: DateRange | null): Mark | undefined => (range === null ? undefined : within(undefined, range));

function effectSteps(
  row: DecompositionRow,
  { before, after, supply, intensity }: { before: number; after: number; supply: number; intensity: number },
  language: DecompositionScope['language'],
): Step[] {
  const t = growthWords.say(language);
  const per = (views: number, series: number): string => (series === 0 ? '–' : compact(views / series, language));
  return [
    {
      id: 'effect_supply',
      name: t('effect_supply'),
      role: 'change',
      value: supply,
      note: t('effect_supply_note', { before: exact(row.active_base), after: exact(row.active) }),
    },
    {
      id: 'effect_intensity',
      name: t('effect_intensity'),
      role: 'change',
      value: intensity,
      note: t('effect_intensity_note', { before: per(before, row.active_base), after: per(after, row.active) }),
    },
  ];
}

/** Losses first: the level then never passes below zero on its way. */
function activitySteps(row: DecompositionRow, language: DecompositionScope['language']): Step[] {
  const t = growthWords.say(language);
  return (['lost', 'returning', 'entered', 'new'] as const).map((id) => ({
    id,
    name: t(id),
    role: 'change',
    value: toNumber(row[id]) ?? 0,
    note: t(`${id}_note`),
  }));
}
