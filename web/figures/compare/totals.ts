import type { CompareAnswer } from '../../../server/contract/analyses-depth.ts';
import type { Answer, MeasureId } from '../../../server/contract/query.ts';
import type { ValueKind } from '../../charts/scale.ts';
import { measureTerm, type Scope } from '../../filters/scope.ts';
import { columnFormat, compact, exact, grown, percent, toNumber } from '../../i18n/numbers.ts';
import { analysis, type Call, query } from '../calls.ts';
import { kindOf } from '../kinds.ts';
import { around, within } from '../member/member.ts';
import { memberName, numberCell, textCell, withinSentence } from '../members.ts';
import { listMeasures } from '../series/list.ts';
import type { Compared } from './compared.ts';
import { compareWords } from './words.ts';

export const HIT = { threshold: 1e8, days: 30 };

export type GroupAnswer = CompareAnswer;
type GroupRow = CompareAnswer['rows'][number];

/** Producers or genres side by side, as the server compares them. */
export const groupsCall = (
  scope: Scope,
  by: Exclude<Compared, 'series'>,
  ids: readonly string[],
): Call<CompareAnswer> =>
  analysis(around(scope, by), by === 'producer' ? 'producersCompare' : 'genresCompare', {
    ids: [...ids],
    hit_threshold: HIT.threshold,
    days: HIT.days,
  });

/** Series side by side: the measures of their list, and how their views grew. */
export function seriesCall(scope: Scope, ids: readonly string[]): Call<Answer> {
  const { comparison, catalog } = scope;
  const measures = seriesMeasures(catalog).map(({ id }) => id);
  return query(within(scope, 'series', ids), {
    measures: measures.length === 0 ? ['views'] : measures,
    dimensions: ['series'],
    ...(comparison === 'none' ? {} : { compare: comparison }),
  });
}

/** A share of what is compared is none of the industry. */
const seriesMeasures = (catalog: Scope['catalog']) => listMeasures(catalog).filter(({ id }) => id !== 'share_of_views');

export interface Total {
  id: string;
  label: string;
  definition: string;
  kind: ValueKind | 'growth';
  /** One per member, in their order. */
  cells: readonly TotalCell[];
}

interface TotalCell {
  value: number | null;
  text: string;
  /** The number of cases a rate rests on, its interval, or why there is no value. */
  note?: string | undefined;
  /** The highest of its row, and the only one. */
  leads: boolean;
}

const GROUP_MEASURES = [
  'views',
  'share_of_views',
  'growth',
  'active_series',
  'new_series',
  'views_per_series',
  'series_views_median',
  'median_views_d30',
  'hit_rate',
  'completion_rate',
  'engagement_rate',
  'overseas_share',
  'ai_share',
] as const satisfies readonly (keyof GroupRow)[];

/** Ids of the catalog for columns that the comparison names otherwise. */
const TERMS: Readonly<Record<string, MeasureId>> = { series_views_median: 'median_views_per_series' };
const isMeasure = (scope: Scope, id: string): id is MeasureId => scope.catalog.measures.some((one) => one.id === id);

function termOf(scope: Scope, id: (typeof GROUP_MEASURES)[number]): Pick<Total, 'label' | 'definition' | 'kind'> {
  const t = compareWords.say(scope.language);
  if (id === 'growth') return { label: t('growth'), definition: t('growth_definition'), kind: 'growth' };
  if (id === 'median_views_d30')
    return { label: t('median_d30'), definition: t('median_d30_definition'), kind: 'count' };
  if (id === 'hit_rate') {
    const hit = { days: HIT.days, threshold: compact(HIT.threshold, scope.language) };
    return { label: t('hit_rate', hit), definition: t('hit_rate_definition', hit), kind: 'fraction' };
  }
  const measure = TERMS[id] ?? id;
  const unit = scope.catalog.measures.find((one) => one.id === measure)?.unit ?? 'views';
  return isMeasure(scope, measure)
    ? { ...measureTerm(scope, measure), kind: kindOf(unit) }
    : { label: measure, definition: '', kind: 'count' };
}

/** How the values of a line are written: its counts alike. */
function writer(kind: Total['kind'], values: readonly (number | null)[], { language }: Scope) {
  if (kind === 'growth') return (value: number | null) => grown(value, language);
  if (kind === 'fraction') return (value: number | null) => percent(value);
  return columnFormat(values, language);
}

const COUNTED = new Set(['active_series', 'new_series']);

/** A rate over fewer releases than this is shown, but nobody is said to lead by it. */
const FEW = 20;
const THIN = new Set(['views_per_series', 'series_views_median', 'median_views_d30']);

function totalOf(
  id: string,
  term: Pick<Total, 'label' | 'definition' | 'kind'>,
  values: readonly (number | null)[],
  notes: readonly (string | undefined)[],
  scope: Scope,
  thin: readonly boolean[] = [],
): Total {
  const known = values.filter((value) => value !== null);
  const high = Math.max(...known);
  const written = COUNTED.has(id) ? exact : writer(term.kind, values, scope);
  const only = known.length > 1 && known.filter((value) => value === high).length === 1;
  return {
    id,
    ...term,
    cells: values.map((value, at) => ({
      value,
      text: written(value),
      note: notes[at],
      leads: only && value === high && thin[at] !== true,
    })),
  };
}

/** The rows of producers or genres as lines of measures; what nobody has a value of is left out. */
export function groupTotals(answer: CompareAnswer, scope: Scope): Total[] {
  const t = compareWords.say(scope.language);
  const noteOf = (row: GroupRow, id: (typeof GROUP_MEASURES)[number]): string | undefined => {
    if (id === 'growth' && row.growth === null && row.growth_reason !== null) return t(`reason_${row.growth_reason}`);
    if (id !== 'hit_rate' || row.hit_rate === null) return undefined;
    const [low, high] = [percent(row.hit_rate_low, 0), percent(row.hit_rate_high, 0)];
    return t('hit_rate_note', { hits: row.hits, mature: row.mature_releases, low, high });
  };
  return GROUP_MEASURES.filter((id) => id !== 'growth' || scope.comparison !== 'none')
    .map((id) =>
      totalOf(
        id,
        termOf(scope, id),
        answer.rows.map((row) => toNumber(row[id])),
        answer.rows.map((row) => noteOf(row, id)),
        scope,
        answer.rows.map((row) => (id === 'hit_rate' ? row.mature_releases < FEW : THIN.has(id) && row.few_peers)),
      ),
    )
    .filter(({ cells }) => cells.some(({ value, note }) => value !== null || note !== undefined));
}

/** Series in the order asked; one without rows has no values. */
export function seriesTotals(answer: Answer, ids: readonly string[], scope: Scope): Total[] {
  const t = compareWords.say(scope.language);
  const rows = ids.map((id) => answer.rows.find((row) => row.series === id));
  const measures = seriesMeasures(scope.catalog).map(({ id, unit }) =>
    totalOf(
      id,
      { ...measureTerm(scope, id), kind: kindOf(unit) },
      rows.map((row) => numberCell(row?.[id])),
      [],
      scope,
    ),
  );
  const growth = totalOf(
    'growth',
    { label: t('growth'), definition: t('growth_definition'), kind: 'growth' },
    rows.map((row) => numberCell(row?.views__growth)),
    rows.map((row) => {
      const reason = REASONS.find((one) => one === row?.views__growth_reason);
      return reason === undefined ? undefined : t(`reason_${reason}`);
    }),
    scope,
  );
  const [first, ...rest] = measures;
  return [...(first ? [first] : []), ...(scope.comparison === 'none' ? [] : [growth]), ...rest].filter(({ cells }) =>
    cells.some(({ value, note }) => value !== null || note !== undefined),
  );
}

const REASONS = ['partial', 'no_data', 'new', 'both_zero', 'not_on_chart'] as const;

/** What is told of who leads, in this order: more would be the table again. */
const TOLD = [
  'views',
  'growth',
  'series_views_median',
  'active_series',
  'cumulative_views',
  'views_d30',
  'completion_rate',
];

/** Who leads in what: `A leads in views (12亿) and growth (+5%); B leads in …`. Empty if nobody does. */
export function leadsSentence(totals: readonly Total[], names: readonly string[], scope: Scope): string {
  const t = compareWords.say(scope.language);
  const zh = scope.language === 'zh';
  const led = TOLD.flatMap((id) => totals.find((total) => total.id === id) ?? []);
  const clauses = names.flatMap((name, at) => {
    const facts = led.flatMap(({ label, cells }) => {
      const cell = cells[at];
      if (cell?.leads !== true || (cell.value ?? 0) <= 0) return [];
      return [t('fact', { label: withinSentence(label), value: cell.text })];
    });
    return facts.length === 0 ? [] : [t('leads', { name, facts: listed(facts, zh) })];
  });
  return clauses.length === 0 ? '' : `${clauses.join(zh ? '；' : '; ')}${zh ? '。' : '.'}`;
}

function listed(items: readonly string[], zh: boolean): string {
  if (zh || items.length < 2) return items.join('、');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
}

export interface MixPart {
  member: string;
  part: string;
  name: string;
  share: number | null;
}

export const groupMix = ({ mix }: CompareAnswer, scope: Scope): MixPart[] =>
  mix.map(({ member, part, part_label, share }) => ({
    member,
    part,
    name: memberName(part, part_label, scope.language),
    share,
  }));

/** Shares of each series' own views by platform. */
export function seriesMix(answer: Answer, scope: Scope): MixPart[] {
  const sums = new Map<string, number>();
  for (const row of answer.rows) {
    const id = textCell(row.series);
    sums.set(id, (sums.get(id) ?? 0) + (numberCell(row.views) ?? 0));
  }
  return answer.rows.map((row) => {
    const [member, part] = [textCell(row.series), textCell(row.platform)];
    const [views, sum] = [numberCell(row.views), sums.get(member) ?? 0];
    return {
      member,
      part,
      name: memberName(part, textCell(row.platform_label), scope.language),
      share: views === null || sum === 0 ? null : views / sum,
    };
  });
}

/** What most of each is made of: `Largest genre: family for A (39%), urban for B (20%).` Empty if it is one for all. */
export function mixSentence(
  mix: readonly MixPart[],
  { by, ids, names }: { by: Compared; ids: readonly string[]; names: readonly string[] },
  scope: Scope,
): string {
  const t = compareWords.say(scope.language);
  const zh = scope.language === 'zh';
  const largest = ids.flatMap((id, at) => {
    const [first] = mix
      .filter(({ member, part }) => member === id && !part.startsWith('('))
      .toSorted((a, b) => (b.share ?? 0) - (a.share ?? 0));
    return first === undefined ? [] : [{ ...first, owner: names[at] ?? id }];
  });
  if (new Set(largest.map(({ part }) => part)).size < 2) return '';
  const facts = largest.map(({ name, owner, share }) =>
    t('largest_fact', { part: name, name: owner, share: percent(share, 0) }),
  );
  return t(`largest_${by}`, { facts: facts.join(zh ? '，' : ', ') });
}
