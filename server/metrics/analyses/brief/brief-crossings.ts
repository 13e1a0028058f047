import { z } from 'zod';
import type { Day, Label } from '../../../contract/query.ts';
import { Labels } from '../../language/labels.ts';
import { sumExpression } from '../../query/log-rows.ts';
import { parseRows } from '../../sql/parse-rows.ts';
import { dateValue, sql } from '../../sql/sql.ts';
import { countByProducer } from '../club.ts';
import { speedOf } from '../parts/buckets.ts';
import type { SeriesInfo } from '../parts/catalogue.ts';
import { wholeOrZero } from '../parts/counts.ts';
import { type Crossing, crossingsOf, openingSum } from '../parts/crossings.ts';
import { factsOf, tableFor } from '../parts/facts.ts';
import { fastestOf } from '../parts/fastest.ts';
import { heatCrossingsOf } from '../parts/heat-crossings.ts';
import { type Candidate, getQuery, rarity, surpriseOf } from './brief-finding.ts';
import { type BriefScope, onlyOne } from './brief-scope.ts';
import { allOf, amount, counted, opening, titled } from './brief-words.ts';

interface Reached {
  readonly series: SeriesInfo;
  readonly threshold: number;
  readonly day: Day;
  readonly days: number | null;
  readonly hours: number | null;
  readonly withinDay: boolean;
}

const STEPS = [1, 2, 3, 5];
/** Below this many views no milestone is news. */
const LEAST_CLUB = 10_000;
const within24 = (hours: number | null, days: number | null) => (hours === null ? days === 1 : hours <= 24);

/** The club's threshold is the largest power of ten that a series reached in this range; the launch mark a tenth. */
export async function crossingFindings(scope: BriefScope): Promise<Candidate[]> {
  const top = await largestPower(scope);
  if (top === null) return [];
  const thresholds = [top / 10, ...STEPS.map((step) => step * top)];
  const { crossings } = await crossingsOf(scope.engine, {
    log: scope.log,
    filters: scope.filters,
    measure: 'views',
    thresholds,
  });
  const reached = crossings.flatMap(reachedOf).filter(({ day }) => day <= scope.to);
  const inRange = reached.filter(({ day }) => day >= scope.from);
  const views = await viewsInRange(scope, [...new Set(inRange.map(({ series }) => series.id))]);
  const club = inRange.some(({ threshold }) => threshold === top) ? top : top / 10;
  return [
    ...(await clubFinding(scope, { reached, threshold: club, top }, views)),
    ...(await launchFindings(scope, reached, top / 10, views)),
    ...fastestFinding(scope, reached, club, views),
    ...milestoneFindings(scope, reached, club, views),
  ];
}

async function largestPower({ engine, log, filters }: BriefScope): Promise<number | null> {
  const { table } = tableFor({ filters, column: 'views' }, log);
  const total = sql`coalesce(${sumExpression('views', table)}, 0) + coalesce(${openingSum('views', table)}, 0)`;
  const [row] = await engine.all(
    sql`SELECT max(z.total) AS most FROM (SELECT ${total} AS total ${factsOf({ table, filters })} GROUP BY t.series_key) z`,
  );
  const { most } = mostRow.parse(row ?? { most: 0 });
  return most < LEAST_CLUB ? null : 10 ** Math.floor(Math.log10(Number(most)));
}

const mostRow = z.object({ most: wholeOrZero });

function reachedOf({ series, threshold, bucket }: Crossing): Reached[] {
  if (bucket === null) return [];
  const { days_to: days, hours_to: hours } = speedOf(bucket, series);
  return [{ series, threshold, day: bucket.day, days, hours, withinDay: within24(hours, days) }];
}

const viewsRow = z.object({ id: z.string(), views: wholeOrZero });

async function viewsInRange(scope: BriefScope, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { engine, log, from, to } = scope;
  if (ids.length === 0) return new Map();
  const filters = [...scope.filters, { dimension: 'series' as const, op: 'in' as const, values: [...ids] }];
  const { table } = tableFor({ filters, column: 'views', grain: 'day' }, log);
  const rows = await engine.all(sql`SELECT ser.series_id AS id, ${sumExpression('views', table)} AS views
    ${factsOf({
      table,
      filters,
      joins: [sql`JOIN series ser ON ser.series_key = t.series_key`],
      conditions: [sql`t.day BETWEEN ${dateValue(from)} AND ${dateValue(to)}`],
    })} GROUP BY 1`);
  return new Map((await parseRows(viewsRow, rows)).map(({ id, views }) => [id, Number(views)]));
}

const nameOf = (series: SeriesInfo): Label =>
  titled({ en: series.titleEn ?? series.title ?? series.id, zh: series.title ?? series.titleEn ?? series.id });
const sizeOf = (ids: readonly string[], views: ReadonlyMap<string, number>, { views: all }: BriefScope): number =>
  all === 0 ? 0 : ids.reduce((sum, id) => sum + (views.get(id) ?? 0), 0) / all;
const range = ({ from, to }: BriefScope) => ({ from, to });

interface Club {
  readonly reached: readonly Reached[];
  readonly threshold: number;
  readonly top: number;
}

/** How many crossed, against earlier ranges; who made most and, if it leads, who was fastest. */
async function clubFinding(scope: BriefScope, club: Club, views: ReadonlyMap<string, number>): Promise<Candidate[]> {
  const { reached, threshold, top } = club;
  const all = reached.filter((one) => one.threshold === threshold);
  const crossed = all.filter(({ day }) => day >= scope.from);
  const members = crossed.map(({ series }) => series);
  const lead = scope.leads ? { lead: 'club' as const } : {};
  if (members.length === 0) return scope.leads && scope.views > 0 ? [noneCrossed(scope, top)] : [];
  const earlierCounts = scope.earlier.map(({ from, to }) => all.filter(({ day }) => day >= from && day <= to).length);
  const [first, second] = countByProducer(members.map(({ producer }) => producer)).filter(
    ({ producer }) => producer !== '(unknown)',
  );
  // Who was asked for is no finding.
  const asked = onlyOne(scope, 'producer');
  const leads =
    first !== undefined && first.count >= 2 && first.count > (second?.count ?? 0) && first.producer !== asked;
  const label = leads ? (await Labels.of(scope.engine, 'producer', [first.producer])).of(first.producer) : null;
  const n = members.length;
  const made =
    label === null
      ? { en: '', zh: '' }
      : first?.count === n
        ? { en: `, all by ${label.en}`, zh: `，均由${label.zh}承制` }
        : {
            en: `; ${label.en} accounted for ${counted(first?.count ?? 0)} of them`,
            zh: `，其中${label.zh}占 ${first?.count ?? 0} 部`,
          };
  // Half a series more: a range with none is not infinitely far from one with some.
  const count = surpriseOf(
    n + 0.5,
    earlierCounts.map((c) => c + 0.5),
  );
  const ledBy = leads ? rarity(1, new Set(all.map(({ series }) => series.producer)).size) * first.share : 0;
  const rest = scope.leads ? await whoCrossed(scope, crossed, views) : { en: '', zh: '' };
  const higher = scope.leads && threshold < top;
  return [
    {
      id: `club:${threshold}`,
      kind: 'club',
      subject: 'club',
      sentence: {
        en: `${opening(scope.when.en, counted(n))} series broke ${amount(threshold, 'en')} views${higher ? `, none ${amount(top, 'en')}` : ''}${made.en}${rest.en}.`,
        zh: `${scope.when.zh}，${n} 部短剧播放量突破 ${amount(threshold, 'zh')}${higher ? `，没有一部突破 ${amount(top, 'zh')}` : ''}${made.zh}${rest.zh}。`,
      },
      value: n,
      unit: 'count',
      query: getQuery(scope, 'club', { ...range(scope), threshold: String(threshold) }),
      size: sizeOf(
        members.map(({ id }) => id),
        views,
        scope,
      ),
      surprise: count + ledBy,
      ...lead,
    },
  ];
}

function noneCrossed(scope: BriefScope, top: number): Candidate {
  return {
    id: `club:${top}`,
    kind: 'club',
    subject: 'club',
    sentence: {
      en: `No series broke ${amount(top, 'en')} views ${scope.when.en}.`,
      zh: `${scope.when.zh}没有剧集播放量突破 ${amount(top, 'zh')}。`,
    },
    value: 0,
    unit: 'count',
    query: getQuery(scope, 'club', { ...range(scope), threshold: String(top) }),
    size: 0,
    surprise: 0,
    lead: 'club',
  };
}

/** The only one and its producer, or the fastest of several. */
async function whoCrossed(
  scope: BriefScope,
  crossed: readonly Reached[],
  views: ReadonlyMap<string, number>,
): Promise<Label> {
  const [one, other] = crossed;
  if (one !== undefined && other === undefined) {
    const name = nameOf(one.series);
    const { producer } = one.series;
    const told = producer !== '(unknown)' && producer !== onlyOne(scope, 'producer');
    const by = told ? (await Labels.of(scope.engine, 'producer', [producer])).of(producer) : null;
    return {
      en: `: ${name.en}${by ? `, by ${by.en}` : ''}${one.days === null ? '' : `, on day ${one.days}`}`,
      zh: `：${name.zh}${by ? `，由${by.zh}承制` : ''}${one.days === null ? '' : `，上线第 ${one.days} 天达成`}`,
    };
  }
  const speedOf = ({ hours, days }: Reached) => ({ hours_to: hours, days_to: days });
  const fastest = fastestOf(crossed, speedOf, (one) => viewsOf(one, views));
  const [largest] = crossed.toSorted((a, b) => viewsOf(b, views) - viewsOf(a, views));
  if (largest === undefined) return { en: '', zh: '' };
  if (fastest === null) {
    const name = nameOf(largest.series);
    return { en: `, among them ${name.en}`, zh: `，包括${name.zh}` };
  }
  const { among, unit, value } = fastest;
  const few = among.length <= MOST_NAMED ? allOf(among.map(({ series }) => nameOf(series))) : null;
  const en = few ? `the fastest, ${few.en},` : `the ${counted(among.length)} fastest`;
  const zh = few ? `最快的是${few.zh}` : `最快的 ${among.length} 部`;
  return unit === 'hours'
    ? {
        en: `; ${en} within ${value} ${value === 1 ? 'hour' : 'hours'}`,
        zh: `；${zh}${few ? '，' : ''}上线 ${value} 小时内达成`,
      }
    : { en: `; ${en} on day ${value}`, zh: `；${zh}${few ? '，' : ''}上线第 ${value} 天达成` };
}

/** Of more equals the sentence has the number only. */
const MOST_NAMED = 3;
const viewsOf = ({ series }: Reached, views: ReadonlyMap<string, number>): number => views.get(series.id) ?? 0;

/** Within 24 hours of a release in the range. */
async function launchFindings(
  scope: BriefScope,
  reached: readonly Reached[],
  mark: number,
  views: ReadonlyMap<string, number>,
): Promise<Candidate[]> {
  const quick = reached.filter(({ threshold, withinDay }) => threshold === mark && withinDay);
  const launched = quick.filter(({ day }) => day >= scope.from);
  if (launched.length === 0) return [];
  const ids = quick.map(({ series }) => series.id);
  const hot = scope.engine.state.columns.has('heat')
    ? await heatCrossingsOf(scope.engine, {
        log: scope.log,
        thresholds: [mark],
        filters: [...scope.filters, { dimension: 'series', op: 'in', values: ids }],
      })
    : [];
  const heated = new Set(
    hot.flatMap(({ series, bucket }) => {
      const { hours_to: hours, days_to: days } = speedOf(bucket, series);
      return within24(hours, days) ? [series.id] : [];
    }),
  );
  const bestOf = (id: string) =>
    reached
      .filter(({ series, threshold }) => series.id === id && threshold > mark)
      .reduce<Reached | null>((a, b) => (a === null || b.threshold > a.threshold ? b : a), null);
  return launched.map(({ series }): Candidate => {
    const both = heated.has(series.id);
    const best = bestOf(series.id);
    const alike = ids.filter((id) => {
      const other = best === null ? null : reached.find((r) => r.series.id === id && r.threshold === best.threshold);
      const asFar = best === null || (other?.days != null && best.days !== null && other.days <= best.days);
      return (!both || heated.has(id)) && asFar;
    });
    const name = nameOf(series);
    const far = best?.days != null ? best : null;
    const params = { series: series.id, thresholds: [mark, ...(far ? [far.threshold] : [])].join(',') };
    return {
      id: `launch:${series.id}`,
      kind: 'launch',
      subject: `series:${series.id}`,
      sentence: {
        en: `${name.en} reached ${amount(mark, 'en')} ${both ? 'in both platform heat index and total views' : 'views'} within 24 hours${far ? ` and passed ${amount(far.threshold, 'en')} views on day ${far.days}` : ''}.`,
        zh: `${name.zh}上线 24 小时内${both ? '热度与播放量双双' : '播放量'}破 ${amount(mark, 'zh')}${far ? `，第 ${far.days} 天播放量突破 ${amount(far.threshold, 'zh')}` : ''}。`,
      },
      value: far?.threshold ?? mark,
      unit: 'views',
      query: getQuery(scope, 'milestones', { ...params, measure: 'views' }),
      also: both
        ? [getQuery(scope, 'milestones', { series: series.id, thresholds: String(mark), measure: 'heat' })]
        : [],
      size: sizeOf([series.id], views, scope),
      surprise: rarity(alike.length, scope.series),
    };
  });
}

/** The fastest to the threshold, if no earlier series was faster. */
function fastestFinding(
  scope: BriefScope,
  reached: readonly Reached[],
  threshold: number,
  views: ReadonlyMap<string, number>,
): Candidate[] {
  const timed = reached.flatMap((one) =>
    one.threshold === threshold && one.days !== null ? [{ ...one, days: one.days }] : [],
  );
  const before = timed.filter(({ day }) => day < scope.from).map(({ days }) => days);
  const [fastest] = timed
    .filter(({ day }) => day >= scope.from)
    .toSorted((a, b) => a.days - b.days || (a.day < b.day ? -1 : 1));
  if (fastest === undefined || before.length === 0 || before.some((days) => days < fastest.days)) return [];
  const name = nameOf(fastest.series);
  const shared = before.includes(fastest.days);
  return [
    {
      id: `fastest:${threshold}:${fastest.series.id}`,
      kind: 'fastest',
      subject: `series:${fastest.series.id}`,
      sentence: {
        en: `${name.en} broke ${amount(threshold, 'en')} views in ${counted(fastest.days)} ${fastest.days === 1 ? 'day' : 'days'}, ${shared ? 'equal to the fastest so far' : 'the fastest so far'}.`,
        zh: `${name.zh}用 ${fastest.days} 天播放量突破 ${amount(threshold, 'zh')}，${shared ? '追平' : '刷新'}最快纪录。`,
      },
      value: fastest.days,
      unit: 'days',
      query: getQuery(scope, 'milestones', {
        series: fastest.series.id,
        thresholds: String(threshold),
        measure: 'views',
      }),
      size: sizeOf([fastest.series.id], views, scope),
      surprise: surpriseOf(fastest.days, before),
    },
  ];
}

/** The largest marks above the club's, and how many series ever got there. */
function milestoneFindings(
  scope: BriefScope,
  reached: readonly Reached[],
  club: number,
  views: ReadonlyMap<string, number>,
): Candidate[] {
  return reached
    .filter(({ threshold, day }) => threshold > club && day >= scope.from)
    .map(({ series, threshold, days }): Candidate => {
      const so = reached.filter((other) => other.threshold === threshold && other.day <= scope.to).length;
      const name = nameOf(series);
      return {
        id: `milestone:${series.id}:${threshold}`,
        kind: 'milestone',
        subject: `series:${series.id}`,
        sentence: {
          en: `${name.en} passed ${amount(threshold, 'en')} views${days === null ? '' : ` on day ${days}`}; ${reachedBy(so).en}.`,
          zh: `${name.zh}${days === null ? '' : `第 ${days} 天`}播放量突破 ${amount(threshold, 'zh')}，${reachedBy(so).zh}。`,
        },
        value: threshold,
        unit: 'views',
        query: getQuery(scope, 'milestones', { series: series.id, thresholds: String(threshold), measure: 'views' }),
        size: sizeOf([series.id], views, scope),
        surprise: rarity(so, scope.series),
      };
    });
}

/** How many got there so far. */
const reachedBy = (n: number): Label =>
  n === 1
    ? { en: 'no other series has done so', zh: '仅此一部' }
    : { en: `${counted(n)} series have done so`, zh: `共有 ${n} 部达到` };
