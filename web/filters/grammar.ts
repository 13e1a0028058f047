import type { DimensionId } from '../../server/contract/query.ts';
import { type Condition, readConditions, totalMeasure, writeConditions } from './conditions.ts';
import {
  CHOSEN_GRAINS,
  type ChosenGrain,
  COMPARISONS,
  type CompareChoice,
  HOLIDAYS,
  isDate,
  PRESETS,
  type Preset,
} from './ranges.ts';

/**
 * The grammar of a shared address. Every part may be left out; a part that cannot be read is as if it were left out.
 *
 *   range    = "month" (the last complete one) | "7d" | "28d" | "30d" | "90d" | "this_month" | "this_quarter"
 *            | "quarter" (the last complete one) | "year" (to date) | "3m" | "6m" | "12m" | "all"
 *            | "release" (of the one series that the page is about)      moves with the data
 *   from, to = dates, both ends included; together they win over range    stays where it is
 *   compare  = "previous_period" (default) | "previous_year" | "none"
 *            | date ".." date                                             both ends included
 *            | ("spring_festival" | "national_day") ":" year              as many days from the holiday's first one there;
 *                                                                         the default if the range has no part of it
 *   grain    = "day" | "week" | "month" | "quarter"       of time series; by the range's length if left out or too fine
 *   complete = "1"                                        complete periods of that grain alone
 *   <dimension> = ["!"] member *("," member)        "!" = all but these; series with any of the members otherwise
 *               | ["!"] "*" text                        members whose id or name in either language has the text in it
 *   where    = condition *("," condition)          series by their total over the range, before anything is counted
 *   condition = measure ":" ("gte" | "gt" | "lte" | "lt") ":" number | measure ":between:" number ":" number
 *             | measure ":top:" count
 *
 * In a member or a text "~" is written "~0", "," "~1", a leading "!" "~2" and a leading "*" "~3". Other parameters belong
 * to the page.
 */
export interface FilterState {
  /** Null: the default of the data. */
  time: TimeChoice | null;
  compare: CompareChoice;
  members: MemberFilter[];
  /** Left out if the range's length decides. */
  grain?: ChosenGrain;
  /** Left out if periods that the data or the range cut are shown, too. */
  complete?: true;
  /** Left out if there are none. */
  where?: Condition[];
}
export type TimeChoice = { kind: 'preset'; preset: Preset } | { kind: 'dates'; from: string; to: string };
export interface MemberFilter {
  dimension: FilterDimension;
  op: 'in' | 'not_in' | 'contains' | 'not_contains';
  /** Ids of members; the one text that is contained. */
  values: string[];
}
export const byText = ({ op }: Pick<MemberFilter, 'op'>): boolean => op === 'contains' || op === 'not_contains';
export type Params = Record<string, string | undefined>;

export const FILTER_DIMENSIONS = [
  'format',
  'primary_genre',
  'genre',
  'channel',
  'platform',
  'market',
  'region',
  'producer',
  'credited_producer',
  'producer_region',
  'production',
  'franchise',
  'cast',
  'language',
  'origin',
  'source',
  'release_month',
  'series',
] as const satisfies readonly DimensionId[];
export type FilterDimension = (typeof FILTER_DIMENSIONS)[number];

export const DEFAULT_FILTERS: FilterState = { time: null, compare: 'previous_period', members: [] };
export const FILTER_PARAMS: readonly string[] = [
  'range',
  'from',
  'to',
  'compare',
  'grain',
  'complete',
  'where',
  ...FILTER_DIMENSIONS,
];

const MAX_VALUES = 200;
const SIGNS = { in: '', not_in: '!', contains: '*', not_contains: '!*' } as const;

/** In characters; the API takes 200 of UTF-16. */
const LONGEST_TEXT = 100;

const writeMember = (member: string): string =>
  member.replaceAll('~', '~0').replaceAll(',', '~1').replace(/^!/, '~2').replace(/^\*/, '~3');
const readMember = (text: string): string =>
  text.replace(/^~2/, '!').replace(/^~3/, '*').replaceAll('~1', ',').replaceAll('~0', '~');

function oneOf<T extends string>(allowed: readonly T[], text: string | undefined): T | undefined {
  return allowed.find((value) => value === text);
}

function readTime(params: Params): TimeChoice | null {
  const { from, to } = params;
  if (from !== undefined && to !== undefined && isDate(from) && isDate(to) && from <= to)
    return { kind: 'dates', from, to };
  const preset = oneOf(PRESETS, params.range);
  return preset === undefined ? null : { kind: 'preset', preset };
}

function readComparison(text: string | undefined): CompareChoice | undefined {
  const [from = '', to = '', ...more] = text?.split('..') ?? [];
  if (more.length === 0 && isDate(from) && isDate(to) && from <= to) return { from, to };
  const [name, year = '', ...rest] = text?.split(':') ?? [];
  const holiday = oneOf(HOLIDAYS, name);
  if (holiday !== undefined && rest.length === 0 && /^[12]\d{3}$/u.test(year)) return { holiday, year: Number(year) };
  return oneOf(COMPARISONS, text);
}

function writeComparison(choice: CompareChoice): string {
  if (typeof choice === 'string') return choice;
  return 'from' in choice ? `${choice.from}..${choice.to}` : `${choice.holiday}:${choice.year}`;
}

function readMembers(params: Params): MemberFilter[] {
  return FILTER_DIMENSIONS.flatMap((dimension): MemberFilter[] => {
    const text = params[dimension];
    if (text === undefined) return [];
    const not = text.startsWith('!');
    const named = not ? text.slice(1) : text;
    if (named.startsWith('*')) {
      const contained = [...readMember(named.slice(1))].slice(0, LONGEST_TEXT).join('');
      const op = not ? ('not_contains' as const) : ('contains' as const);
      return contained.trim() === '' ? [] : [{ dimension, op, values: [contained] }];
    }
    const op = not ? ('not_in' as const) : ('in' as const);
    const parts = named
      .split(',')
      .map(readMember)
      .filter((value) => value !== '');
    const values = [...new Set(parts)].slice(0, MAX_VALUES);
    return values.length === 0 ? [] : [{ dimension, op, values }];
  });
}

/** Reads the state out of an address's parameters; what cannot be read falls back to the default. */
export function parseFilters(params: Params): FilterState {
  const where = readConditions(params.where, totalMeasure);
  const grain = oneOf(CHOSEN_GRAINS, params.grain);
  return {
    time: readTime(params),
    compare: readComparison(params.compare) ?? DEFAULT_FILTERS.compare,
    members: readMembers(params),
    ...(grain === undefined ? {} : { grain }),
    ...(params.complete === '1' ? { complete: true as const } : {}),
    ...(where.length === 0 ? {} : { where }),
  };
}

/** Writes the state as parameters, defaults left out. `parseFilters(formatFilters(s))` is `s` in canonical order. */
export function formatFilters(state: FilterState): Record<string, string> {
  const params: Record<string, string> = {};
  if (state.time?.kind === 'preset') params.range = state.time.preset;
  if (state.time?.kind === 'dates') {
    params.from = state.time.from;
    params.to = state.time.to;
  }
  if (state.compare !== DEFAULT_FILTERS.compare) params.compare = writeComparison(state.compare);
  if (state.grain !== undefined) params.grain = state.grain;
  if (state.complete) params.complete = '1';
  for (const dimension of FILTER_DIMENSIONS) {
    const filter = state.members.find((one) => one.dimension === dimension);
    if (filter === undefined || filter.values.length === 0) continue;
    params[dimension] = SIGNS[filter.op] + filter.values.map(writeMember).join(',');
  }
  if (state.where !== undefined && state.where.length > 0) params.where = writeConditions(state.where);
  return params;
}

/** Reads `?a=b&c=d`; the first of a repeated name counts. */
export function parseSearch(search: string): Record<string, string> {
  const params: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(search)) params[name] ??= value;
  return params;
}

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/%(2C|21|7E|3A|40|2F)/gi, (code) => decodeURIComponent(code));

/** Writes parameters readably: commas stay commas. */
export function formatSearch(params: Record<string, unknown>): string {
  const parts = Object.entries(params)
    .filter((entry): entry is [string, string | number | boolean] =>
      ['string', 'number', 'boolean'].includes(typeof entry[1]),
    )
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${encode(name)}=${encode(String(value))}`);
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}
