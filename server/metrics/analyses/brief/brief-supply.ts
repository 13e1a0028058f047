import { type DimensionFilter, type Label, type QueryInput, UNKNOWN_MEMBER } from '../../../contract/query.ts';
import { endOf, type Range } from '../../language/calendar.ts';
import { toNumber } from '../../language/cells.ts';
import { Labels } from '../../language/labels.ts';
import { type Candidate, postQuery, surpriseOf } from './brief-finding.ts';
import { type BriefScope, monthsBefore, RECENT_MONTHS, rowsOf } from './brief-scope.ts';
import { counted, exact, inSentence, opening, percent } from './brief-words.ts';

/** A taxonomy group, or a genre in none. */
interface Group {
  readonly id: string;
  readonly label: { readonly en: string; readonly zh: string };
  readonly genres: readonly string[];
}

/** Formats with a smaller part of all series are left out. */
const LEAST_SHARE = 0.02;

const activeIn = (
  window: Range,
  filters: DimensionFilter[],
  dimensions: QueryInput['dimensions'] = [],
): QueryInput => ({
  measures: ['active_series'],
  dimensions,
  time: { from: window.from, to: window.to },
  filters,
});
const only = (dimension: 'format' | 'genre', values: readonly string[]): DimensionFilter => ({
  dimension,
  op: 'in',
  values: [...values],
});

/**
 * Ongoing series per format and the genre group with the largest √share · ln(share here / share elsewhere). Surprise:
 * ongoing now over the earlier range (of a month: the first recent month), against no change.
 */
export async function supplyFindings(scope: BriefScope): Promise<Candidate[]> {
  const { engine, log, grain } = scope;
  const start = monthsBefore(scope.from, RECENT_MONTHS - 1);
  if (grain === 'month' && start < log.from) return [];
  const window: Range = { from: grain === 'month' ? start : scope.from, to: scope.to };
  const base = grain === 'month' ? { from: start, to: endOf('month', start) } : scope.earlier[0];
  const now = await counts(scope, window);
  const change = scope.historic && base ? await changes(scope, base) : new Map<string, number>();
  const all = [...now.values()].reduce((sum, n) => sum + n, 0);
  const labels = await Labels.of(engine, 'format', [...now.keys()]);
  const apart = await groupsApart(scope, window, now);
  const during =
    grain === 'month'
      ? { en: `over the past ${counted(RECENT_MONTHS)} months`, zh: `近 ${RECENT_MONTHS} 个月` }
      : scope.when;
  const told = [...now].filter(([format, n]) => format !== UNKNOWN_MEMBER && n / all >= LEAST_SHARE);
  return Promise.all(
    told.map(async ([format, n]): Promise<Candidate> => {
      const total = activeIn(window, [only('format', [format])]);
      // One series is no part of anything.
      const group = n > 1 ? apart.get(format) : undefined;
      const inGroup = group && activeIn(window, [only('format', [format]), only('genre', group.genres)]);
      const size = inGroup ? (toNumber((await rowsOf(scope, inGroup))[0]?.active_series) ?? 0) : 0;
      const name = labels.of(format);
      const part = group ? partWords(size, n, group) : { en: '', zh: '' };
      return {
        id: `supply:${format}`,
        kind: 'supply',
        subject: `format:${format}:series`,
        sentence: {
          en: `${opening(during.en, n <= 10 ? counted(n) : exact(n))} ${inSentence(name.en)} series ${n === 1 ? 'was' : 'were'} ongoing${part.en}.`,
          zh: `${during.zh}活跃${/^[A-Za-z]/.test(name.zh) ? ' ' : ''}${name.zh} ${exact(n)} 部${part.zh}。`,
        },
        value: n,
        unit: 'count',
        query: postQuery(scope, total),
        also: inGroup && size > 0 ? [postQuery(scope, inGroup)] : [],
        size: n / all,
        surprise: surpriseOf(change.get(format) ?? 0, [1]),
      };
    }),
  );
}

function partWords(size: number, n: number, { label }: Group): Label {
  if (size === 0) return { en: '', zh: '' };
  if (size === n) return { en: `, all of them ${label.en}`, zh: `，均为${label.zh}` };
  return {
    en: `, ${exact(size)} of them (${percent(size / n)}) ${label.en}`,
    zh: `，其中${label.zh} ${exact(size)} 部（${percent(size / n)}）`,
  };
}

async function counts(scope: BriefScope, window: Range): Promise<ReadonlyMap<string, number>> {
  const rows = await rowsOf(scope, activeIn(window, [], ['format']));
  return new Map(rows.map((row) => [String(row.format), toNumber(row.active_series) ?? 0]));
}

/** Ongoing series of the range over those of an earlier one. */
async function changes(scope: BriefScope, base: Range): Promise<ReadonlyMap<string, number>> {
  const now = await counts(scope, scope);
  const then = await counts(scope, base);
  return new Map(
    [...now].flatMap(([format, n]) => {
      const before = then.get(format) ?? 0;
      return before > 0 ? [[format, n / before] as const] : [];
    }),
  );
}

/** By tag counts; the exact number of the found group replaces them. */
async function groupsApart(
  scope: BriefScope,
  window: Range,
  series: ReadonlyMap<string, number>,
): Promise<ReadonlyMap<string, Group>> {
  const rows = await rowsOf(scope, activeIn(window, [], ['format', 'genre']));
  const tags = new Map<string, Map<string, number>>();
  for (const row of rows) {
    const byFormat = tags.get(String(row.genre)) ?? new Map<string, number>();
    byFormat.set(String(row.format), toNumber(row.active_series) ?? 0);
    tags.set(String(row.genre), byFormat);
  }
  const groups = await groupsOf(scope, [...tags.keys()]);
  const all = [...series.values()].reduce((sum, n) => sum + n, 0);
  const found = new Map<string, Group>();
  for (const [format, n] of series) {
    const weighed = groups.map((group) => {
      const own = group.genres.reduce((sum, genre) => sum + (tags.get(genre)?.get(format) ?? 0), 0);
      const everywhere = group.genres.reduce(
        (sum, genre) => sum + [...(tags.get(genre)?.values() ?? [])].reduce((a, b) => a + b, 0),
        0,
      );
      const share = own / n;
      // Half a series more on either side: a group that no other format has is not infinitely apart.
      const elsewhere = (everywhere - own + 0.5) / (all - n + 1);
      return { group, weight: Math.sqrt(share) * Math.log(share / elsewhere) };
    });
    const [best] = weighed.filter(({ weight }) => weight > 0).toSorted((a, b) => b.weight - a.weight);
    if (best) found.set(format, best.group);
  }
  return found;
}

async function groupsOf({ engine, genreGroups }: BriefScope, genres: readonly string[]): Promise<Group[]> {
  const grouped = new Set(genreGroups.flatMap((group) => group.genres));
  const alone = genres.filter((genre) => !grouped.has(genre) && genre !== UNKNOWN_MEMBER);
  const labels = await Labels.of(engine, 'genre', alone);
  return [
    ...genreGroups.map(({ id, label, genres: own }) => ({
      id,
      label,
      genres: own.filter((genre) => genres.includes(genre)),
    })),
    ...alone.map((id) => {
      const { en, zh } = labels.of(id);
      return { id, label: { en: inSentence(en), zh }, genres: [id] };
    }),
  ].filter((group) => group.genres.length > 0);
}
