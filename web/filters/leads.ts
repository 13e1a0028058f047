/** Where a mark leads: addresses, from what it stands for and the page that it is on. */
import { UNKNOWN_MEMBER } from '../../server/contract/query.ts';
import { idOfSegment, segmentOf } from '../../server/contract/segments.ts';
import {
  FILTER_DIMENSIONS,
  FILTER_PARAMS,
  type FilterDimension,
  type FilterState,
  formatFilters,
  formatSearch,
  type MemberFilter,
  type Params,
  parseFilters,
} from './grammar.ts';
import type { Mark, MarkedMember } from './marks.ts';
import { COMPARABLE, COMPARE_PAGE, comparedOn, MEMBER_PAGES, MOST_COMPARED } from './memberPages.ts';
import type { DateRange } from './ranges.ts';

/** The page that one is on: its path as the browser writes it, and its parameters. */
export interface Present {
  readonly path: string;
  readonly params: Params;
}

/** Pages without a filter bar: what is found there is shown on the first page. */
const UNFILTERED = /^\/(data|sign-in)(\/|$)/u;

const isFilter = (dimension: string): dimension is FilterDimension =>
  FILTER_DIMENSIONS.some((one) => one === dimension);

function pathOf({ dimension, id }: MarkedMember): string | null {
  const before = MEMBER_PAGES[dimension];
  return before === undefined || id === UNKNOWN_MEMBER ? null : `${before}${encodeURIComponent(segmentOf(id))}`;
}

const samePath = (a: string, b: string): boolean => decoded(a) === decoded(b);

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

const replaced = (state: FilterState, filter: MemberFilter): FilterState => ({
  ...state,
  members: [...state.members.filter((one) => one.dimension !== filter.dimension), filter].filter(
    ({ values }) => values.length > 0,
  ),
});

const dated = (state: FilterState, { span }: Mark): FilterState =>
  span === undefined ? state : { ...state, time: { kind: 'dates', ...span } };

/** The present page (or the first, if this one has no filters) with other filters; null if nothing changes. */
function filteredPage(present: Present, next: FilterState): string | null {
  const elsewhere = UNFILTERED.test(present.path);
  const kept = elsewhere
    ? { lang: present.params.lang }
    : Object.fromEntries(Object.entries(present.params).filter(([name]) => !FILTER_PARAMS.includes(name)));
  const search = formatSearch({ ...formatFilters(next), ...kept });
  if (!elsewhere && search === formatSearch({ ...formatFilters(parseFilters(present.params)), ...kept })) return null;
  return `${elsewhere ? '/' : present.path}${search}`;
}

/** The present page's filters, as another page is opened with them: whom it compares is no filter there. */
export function takenAlong(present: Present): FilterState {
  const state = stateOf(present);
  const compared = comparedOn(present.path, present.params);
  return { ...state, members: state.members.filter(({ dimension }) => dimension !== compared) };
}

/** How the reader sees any page. */
const OF_THE_READER = ['lang', 'density', 'theme'];

/** The parameters that a link to another page takes along. */
export function carried(present: Present): Params {
  const left = comparedOn(present.path, present.params);
  return Object.fromEntries(
    Object.entries(present.params).filter(
      ([name]) => (FILTER_PARAMS.includes(name) && name !== left) || OF_THE_READER.includes(name),
    ),
  );
}

/** The present page's filters, with the member whose page it is among them. */
export const withSubject = (present: Present): FilterState =>
  Object.keys(MEMBER_PAGES).reduce((state, dimension) => {
    const values = isFilter(dimension) && dimension !== 'series' ? subjectOf(dimension, present) : [];
    return isFilter(dimension) && values.length > 0 ? replaced(state, { dimension, op: 'in', values }) : state;
  }, stateOf(present));

const stateOf = ({ path, params }: Present): FilterState => parseFilters(UNFILTERED.test(path) ? {} : params);

/** Members that can be filtered, without the one whose page this is. */
const filterable = ({ members }: Mark, { path }: Present): MarkedMember[] =>
  members.filter((one) => isFilter(one.dimension) && !samePath(pathOf(one) ?? '', path));

/** The present page, of nothing but what the mark stands for. Null if that is what it shows, or cannot be asked. */
export function filteredTo(mark: Mark, present: Present): string | null {
  const state = filterable(mark, present).reduce(
    (before, { dimension, id }) =>
      isFilter(dimension) ? replaced(before, { dimension, op: 'in', values: [id] }) : before,
    dated(stateOf(present), mark),
  );
  return filteredPage(present, state);
}

/** Whether the present page has a range that can be set. */
export const canDate = ({ path }: Present): boolean => !UNFILTERED.test(path);

/** The present page over other days. Null if they are what it shows. */
export const datedTo = (span: DateRange, present: Present): string | null =>
  filteredPage(present, dated(stateOf(present), { members: [], span }));

/** The present page without a member: one more of those left out, or one less of those that are chosen. */
export function without({ dimension, id }: MarkedMember, present: Present): string | null {
  if (!isFilter(dimension)) return null;
  const state = stateOf(present);
  const { op, values } = state.members.find((one) => one.dimension === dimension) ?? { op: 'in', values: [] };
  const left = values.filter((one) => one !== id);
  const filter: MemberFilter =
    op === 'in' && left.length > 0 && left.length < values.length
      ? { dimension, op: 'in', values: left }
      : { dimension, op: 'not_in', values: op === 'not_in' ? [...left, id] : [id] };
  return filteredPage(present, replaced(state, filter));
}

/** The page of the first member that has one, within the mark's time and its other members. Null on that page itself. */
export function pageOf(mark: Mark, present: Present): string | null {
  const subject = mark.members.find((one) => pathOf(one) !== null);
  const path = subject === undefined ? null : pathOf(subject);
  if (subject === undefined || path === null) return null;
  if (samePath(path, present.path)) return null;
  const rest = mark.members.filter((one) => one !== subject);
  const state = rest.reduce(
    (before, { dimension, id }) =>
      isFilter(dimension) ? replaced(before, { dimension, op: 'in', values: [id] }) : before,
    dated(takenAlong(present), mark),
  );
  // Its own page of a member that is filtered out would be empty.
  const members = state.members.filter(({ dimension }) => dimension !== subject.dimension);
  return `${path}${formatSearch({ ...formatFilters({ ...state, members }), lang: present.params.lang })}`;
}

/** What a click opens: the page of what the mark stands for, else the present page filtered to it. */
export const leadOf = (mark: Mark, present: Present): string | null =>
  pageOf(mark, present) ?? filteredTo(mark, present);

/** The list of the series that the mark's numbers come from. */
export function seriesOf(mark: Mark, present: Present): string {
  const state = mark.members.reduce(
    (before, { dimension, id }) =>
      isFilter(dimension) ? replaced(before, { dimension, op: 'in', values: [id] }) : before,
    dated(stateOf(present), mark),
  );
  return `/series${formatSearch({ ...formatFilters(state), lang: present.params.lang })}`;
}

/** The page that lays a member beside those that are chosen already: the filter's, or the one whose page this is. */
export function comparedWith(member: MarkedMember, present: Present): string | null {
  const { dimension, id } = member;
  if (!COMPARABLE.includes(dimension) || !isFilter(dimension) || id === UNKNOWN_MEMBER) return null;
  const state = withSubject(present);
  const chosen = stateOf(present).members.find((one) => one.dimension === dimension && one.op === 'in')?.values ?? [];
  const values = [...new Set([...subjectOf(dimension, present), ...chosen.slice(0, MOST_COMPARED - 1), id])];
  const filter: MemberFilter = { dimension, op: 'in', values: values.slice(-MOST_COMPARED) };
  const several = state.members.some((one) => one.dimension !== dimension && COMPARABLE.includes(one.dimension));
  const by = several ? { by: dimension } : {};
  return `${COMPARE_PAGE}${formatSearch({ ...formatFilters(replaced(state, filter)), ...by, lang: present.params.lang })}`;
}

/** The one series that a page is about: its own, or the only one that it is filtered to; null if there is none. */
export function seriesSubject(present: Present): string | null {
  const [own] = subjectOf('series', present);
  if (own !== undefined) return own;
  const filter = stateOf(present).members.find(({ dimension, op }) => dimension === 'series' && op === 'in');
  return filter?.values.length === 1 ? (filter.values[0] ?? null) : null;
}

/** The id of the member whose page this is. */
function subjectOf(dimension: FilterDimension, { path }: Present): string[] {
  const before = MEMBER_PAGES[dimension];
  if (before === undefined || !path.startsWith(before)) return [];
  const id = idOfSegment(decoded(path.slice(before.length)));
  return id === '' ? [] : [id];
}
