import type { DimensionFilter, DimensionId, Grain, MeasureId, Query } from '../../../server/contract/query.ts';
import { type Fixture, type FixtureRow, type FixtureSeries, marketOf } from './fixture.ts';

/**
 * The same questions answered in plain JavaScript over the raw rows: no SQL, no rollups, no calendar library. Slow
 * and literal on purpose; docs/definitions.md is its only source.
 */
export interface OracleRange {
  readonly from: string;
  readonly to: string;
}

type Row = FixtureRow & { readonly day: string };
export type OracleRow = Record<string, string | number | null>;

const UNKNOWN = '(unknown)';
const DAY = 86_400_000;
const ms = (day: string) => Date.parse(`${day}T00:00:00Z`);
const iso = (time: number) => new Date(time).toISOString().slice(0, 10);

export function periodStart(grain: Exclude<Grain, 'hour'>, day: string): string {
  const [year = 0, month = 0] = day.split('-').map(Number);
  if (grain === 'day') return day;
  if (grain === 'week') return iso(ms(day) - ((new Date(ms(day)).getUTCDay() + 6) % 7) * DAY);
  const first = grain === 'year' ? 1 : grain === 'quarter' ? month - ((month - 1) % 3) : month;
  return `${year}-${String(first).padStart(2, '0')}-01`;
}

export class Oracle {
  private readonly rows: readonly Row[];
  private readonly series: ReadonlyMap<string, FixtureSeries>;
  readonly logFrom: string;
  readonly asOf: string;

  constructor(private readonly fixture: Fixture) {
    this.rows = fixture.rows.map((row) => ({ ...row, day: row.day ?? '' }));
    this.series = new Map(fixture.series.map((series) => [series.id, series]));
    const days = this.rows.map((row) => row.day).sort();
    this.logFrom = days[0] ?? '';
    this.asOf = days.at(-1) ?? '';
  }

  private attributes(series: FixtureSeries, dimension: DimensionId): readonly string[] {
    const one = (value: string | undefined) => [value ?? UNKNOWN];
    const many = (values: readonly string[] | undefined) =>
      values && values.length > 0 ? [...new Set(values)] : [UNKNOWN];
    switch (dimension) {
      case 'series':
        return [series.id];
      case 'producer':
        return one(series.producers?.[0]);
      case 'credited_producer':
        return many(series.producers);
      case 'genre':
        return many(series.genres);
      case 'primary_genre':
        return one(series.genres?.[0]);
      case 'cast':
        return many(series.cast);
      case 'format':
      case 'channel':
      case 'production':
      case 'franchise':
      case 'language':
      case 'origin':
        return one(series[dimension]);
      case 'release_month':
        return one(series.release === undefined ? undefined : `${series.release.slice(0, 7)}-01`);
      default:
        throw new Error(`${dimension} is not of the series`);
    }
  }

  members(row: Row, dimension: DimensionId): readonly string[] {
    const series = this.series.get(row.series);
    switch (dimension) {
      case 'platform':
        return [row.platform ?? 'hongguo'];
      case 'region':
        return [row.region ?? 'CN'];
      case 'source':
        return [row.source ?? 'file'];
      case 'currency':
        return [row.currency ?? UNKNOWN];
      case 'market':
        return [marketOf(row.region ?? 'CN')];
      case 'episode':
        return [row.episode === undefined ? UNKNOWN : String(row.episode)];
      case 'weekday':
        return [String(((new Date(ms(row.day)).getUTCDay() + 6) % 7) + 1)];
      case 'day_since_release':
        return [
          series?.release === undefined ? UNKNOWN : String((ms(row.day) - ms(series.release.slice(0, 10))) / DAY),
        ];
      default:
        return series ? this.attributes(series, dimension) : [UNKNOWN];
    }
  }

  private passes(members: readonly string[], filter: DimensionFilter): boolean {
    switch (filter.op) {
      case 'in':
        return members.some((member) => filter.values.includes(member));
      case 'not_in':
        return !members.some((member) => filter.values.includes(member));
      case 'contains':
        return members.some((member) => this.speaksOf(member, filter));
      case 'not_contains':
        return !members.some((member) => this.speaksOf(member, filter));
      case 'is_null':
        return members.includes(UNKNOWN);
      case 'not_null':
        return !members.includes(UNKNOWN);
    }
  }

  /** A text is looked for in the id, and of a series in its titles; the letters' case does not matter. */
  private speaksOf(member: string, filter: DimensionFilter & { value: string }): boolean {
    const series = filter.dimension === 'series' ? this.series.get(member) : undefined;
    const names = [member, series?.title ?? '', series?.titleEn ?? ''];
    return names.some((name) => name.toLowerCase().includes(filter.value.toLowerCase()));
  }

  kept(filters: readonly DimensionFilter[]): Row[] {
    return this.rows.filter((row) =>
      filters.every((filter) => this.passes(this.members(row, filter.dimension), filter)),
    );
  }

  /** Cells of one range: key → values of the asked measures. Openings are in cumulative_views only. */
  cells(query: Query, range: OracleRange): Map<string, OracleRow> {
    const filters = query.filters.filter((filter) => 'dimension' in filter);
    const all = this.kept(filters);
    const increments = all.filter((row) => row.kind !== 'opening');
    const inside = increments.filter((row) => row.day >= range.from && row.day <= range.to);
    const logDimension = [...query.dimensions, ...filters.map((f) => f.dimension)].some((id) => LOG_DIMENSIONS.has(id));
    const out = new Map<string, OracleRow>();
    for (const measure of query.measures) {
      const groups = this.groupsFor(measure, query, range, { all, inside, logDimension });
      for (const [key, rows] of groups) {
        const cell = out.get(key) ?? {};
        cell[measure] = this.value(measure, key, rows, query, { range, all, increments, inside, logDimension });
        out.set(key, cell);
      }
    }
    return out;
  }

  /** Which rows lie in which cell, for one measure: releases and cumulative sums look outside the range's rows. */
  private groupsFor(
    measure: MeasureId,
    query: Query,
    range: OracleRange,
    rows: { all: Row[]; inside: Row[]; logDimension: boolean },
  ): Map<string, Row[]> {
    if (measure === 'cumulative_views') return this.cumulativeGroups(query, range, rows.all);
    if (measure === 'new_series' && !rows.logDimension) return this.releaseGroups(query, range);
    return this.group(query, rows.inside, (row) => row.day);
  }

  private group(query: Query, rows: readonly Row[], day: (row: Row) => string): Map<string, Row[]> {
    const groups = new Map<string, Row[]>();
    for (const row of rows) {
      for (const key of this.keys(query, (dimension) => this.members(row, dimension), day(row))) {
        groups.set(key, [...(groups.get(key) ?? []), row]);
      }
    }
    return groups;
  }

  private keys(query: Query, membersOf: (dimension: DimensionId) => readonly string[], day: string): string[] {
    const grain = query.time.grain;
    const period = grain === undefined || grain === 'hour' ? [] : [periodStart(grain, day)];
    return query.dimensions
      .reduce<string[][]>(
        (combos, dimension) => combos.flatMap((combo) => membersOf(dimension).map((m) => [...combo, m])),
        [[]],
      )
      .map((combo) => JSON.stringify([...combo, ...period]));
  }

  private releaseGroups(query: Query, range: OracleRange): Map<string, Row[]> {
    const groups = new Map<string, Row[]>();
    const filters = query.filters.filter((filter) => 'dimension' in filter);
    for (const series of this.fixture.series) {
      const day = series.release?.slice(0, 10);
      if (day === undefined || day < range.from || day > range.to) continue;
      if (!filters.every((filter) => this.passes(this.attributes(series, filter.dimension), filter))) continue;
      for (const key of this.keys(query, (dimension) => this.attributes(series, dimension), day)) {
        groups.set(key, [...(groups.get(key) ?? []), { series: series.id, day }]);
      }
    }
    return groups;
  }

  /** Openings are from before the log starts: older than any period, whichever day they are dated. */
  private cumulativeGroups(query: Query, range: OracleRange, rows: readonly Row[]): Map<string, Row[]> {
    const upTo = rows.filter((row) => row.kind === 'opening' || row.day <= range.to);
    const grain = query.time.grain;
    if (grain === undefined || grain === 'hour') return this.group(query, upTo, (row) => row.day);
    const start = periodStart(grain, range.from);
    const inside = upTo.filter((row) => row.kind !== 'opening' && periodStart(grain, row.day) >= start);
    const present = this.group(query, inside, (row) => row.day);
    const out = new Map<string, Row[]>();
    for (const key of present.keys()) {
      const parts: string[] = JSON.parse(key);
      const period = parts.at(-1) ?? '';
      const isMember = (row: Row) => query.dimensions.every((d, i) => this.members(row, d).includes(parts[i] ?? ''));
      const reached = (row: Row) => row.kind === 'opening' || periodStart(grain, row.day) <= period;
      out.set(
        key,
        upTo.filter((row) => reached(row) && isMember(row)),
      );
    }
    return out;
  }

  private value(
    measure: MeasureId,
    key: string,
    rows: readonly Row[],
    query: Query,
    context: {
      range: OracleRange;
      all: readonly Row[];
      increments: readonly Row[];
      inside: readonly Row[];
      logDimension: boolean;
    },
  ): number | null {
    const sum = (pick: (row: Row) => number | bigint | undefined, over: readonly Row[] = rows) => {
      const values = over.flatMap((row) => pick(row) ?? []).map(Number);
      return values.length === 0 ? null : values.reduce((a, b) => a + b, 0);
    };
    const ratio = (a: number | null, b: number | null) => (a === null || !b ? null : a / b);
    const views = sum((row) => row.views) ?? 0;
    const perSeries = new Map<string, number>();
    for (const row of rows) perSeries.set(row.series, (perSeries.get(row.series) ?? 0) + Number(row.views ?? 0));
    const active = [...perSeries].filter(([, value]) => value > 0);
    const ai = (id: string) => {
      const series = this.series.get(id);
      return series?.production === 'ai' || (series?.production === undefined && series?.format === 'ai');
    };
    switch (measure) {
      case 'views':
        return views;
      case 'valid_views':
      case 'completions':
      case 'likes':
      case 'comments':
      case 'shares':
      case 'favourites':
        return sum((row) => row[measure]);
      case 'revenue':
      case 'spend':
        return sum((row) => this.money(row, measure, query.currency));
      case 'watch_hours': {
        const seconds = sum((row) => row.watch_seconds);
        return seconds === null ? null : seconds / 3600;
      }
      case 'avg_watch_seconds':
        return ratio(
          sum((row) => row.watch_seconds),
          views,
        );
      case 'revenue_per_mille': {
        const revenue = sum((row) => this.money(row, 'revenue', query.currency));
        return ratio(revenue === null ? null : 1000 * revenue, views);
      }
      case 'roi':
        return ratio(
          sum((row) => this.money(row, 'revenue', query.currency)),
          sum((row) => this.money(row, 'spend', query.currency)),
        );
      case 'completion_rate':
        return ratio(
          sum((row) => row.completions),
          views,
        );
      case 'engagement_rate': {
        const parts = (['likes', 'comments', 'shares', 'favourites'] as const).map((name) => sum((row) => row[name]));
        return parts.every((part) => part === null)
          ? null
          : ratio(
              parts.reduce<number>((a, b) => a + (b ?? 0), 0),
              views,
            );
      }
      case 'active_series':
        return active.length;
      case 'active_producers':
        return new Set(active.flatMap(([id]) => this.series.get(id)?.producers?.[0] ?? [])).size;
      case 'views_per_series':
        return ratio(views, active.length);
      case 'median_views_per_series':
        return median(active.map(([, value]) => value));
      case 'overseas_share': {
        const of = (market: string) =>
          sum(
            (row) => row.views,
            rows.filter((row) => marketOf(row.region ?? 'CN') === market),
          ) ?? 0;
        return ratio(of('overseas'), of('overseas') + of('domestic'));
      }
      case 'ai_share':
        return ratio(
          active.filter(([id]) => ai(id)).reduce((a, [, value]) => a + value, 0),
          views,
        );
      case 'ai_series_share':
        return ratio(active.filter(([id]) => ai(id)).length, active.length);
      case 'share_of_views': {
        const grain = query.time.grain;
        const period = grain === undefined || grain === 'hour' ? null : (JSON.parse(key) as string[]).at(-1);
        const same = context.inside.filter(
          (row) => period === null || (grain && grain !== 'hour' && periodStart(grain, row.day) === period),
        );
        return ratio(
          views,
          sum((row) => row.views, same),
        );
      }
      case 'new_series': {
        if (!context.logDimension) return new Set(rows.map((row) => row.series)).size;
        const grain = query.time.grain;
        const period = (JSON.parse(key) as string[]).at(-1);
        return active.filter(([id]) => {
          const day = this.series.get(id)?.release?.slice(0, 10);
          const inRange = day !== undefined && day >= context.range.from && day <= context.range.to;
          return inRange && (grain === undefined || grain === 'hour' || periodStart(grain, day) === period);
        }).length;
      }
      case 'cumulative_views':
        return sum((row) => row.views) ?? 0;
      case 'views_d1':
      case 'views_d7':
      case 'views_d30': {
        const days = { views_d1: 1, views_d7: 7, views_d30: 30 }[measure];
        const ids = active.map(([id]) => id);
        const early = this.early(ids, days, key, query, context.increments);
        return early.length === 0 ? null : early.reduce((total, { views: value }) => total + value, 0);
      }
      case 'views_per_episode_d30': {
        const ids = active.map(([id]) => id);
        const early = this.early(ids, 30, key, query, context.increments).flatMap(({ id, views: value }) => {
          const episodes = this.series.get(id)?.episodes;
          return episodes === undefined ? [] : [{ value, episodes }];
        });
        const total = (pick: (one: { value: number; episodes: number }) => number) =>
          early.reduce((all, one) => all + pick(one), 0);
        return ratio(
          total(({ value }) => value),
          total(({ episodes }) => episodes),
        );
      }
      case 'viewers_peak': {
        const values = rows.flatMap((row) => row.viewers ?? []);
        return values.length === 0 ? null : Math.max(...values);
      }
      case 'heat_mean': {
        const values = rows.flatMap((row) => row.heat ?? []);
        return ratio(
          values.reduce((a, b) => a + b, 0),
          values.length,
        );
      }
      case 'heat_peak': {
        const values = rows.flatMap((row) => row.heat ?? []);
        return values.length === 0 ? null : Math.max(...values);
      }
    }
  }

  /** An amount, in `target` where one is asked: over the yuan, which every rate of these tests is stated in. */
  private money(row: Row, field: 'revenue' | 'spend', target: string | undefined): number | undefined {
    const amount = row[field];
    if (amount === undefined || target === undefined || row.currency === target) return amount;
    const inYuan = (currency: string | undefined) => {
      if (currency === 'CNY') return 1;
      const stated = (this.fixture.rates ?? [])
        .filter((rate) => rate.currency === currency && rate.day <= row.day)
        .sort((a, b) => (a.day === b.day ? (b.importNo ?? 1) - (a.importNo ?? 1) : a.day < b.day ? 1 : -1));
      if (stated[0] === undefined) throw new Error(`no rate of ${currency} on ${row.day}`);
      return stated[0].rate;
    };
    return (amount * inYuan(row.currency)) / inYuan(target);
  }

  /** Views in the first days of each series that is that old, was released inside the log and states views of its youth. */
  private early(
    ids: readonly string[],
    days: number,
    key: string,
    query: Query,
    increments: readonly Row[],
  ): { id: string; views: number }[] {
    const members: string[] = JSON.parse(key);
    return ids.flatMap((id) => {
      const release = this.series.get(id)?.release?.slice(0, 10);
      if (release === undefined || release < this.logFrom || ms(release) + (days - 1) * DAY > ms(this.asOf)) return [];
      const age = (row: Row) => (ms(row.day) - ms(release)) / DAY;
      const mine = increments.filter((row) => {
        const here = query.dimensions.every(
          (d, i) => !LOG_DIMENSIONS.has(d) || this.members(row, d).includes(members[i] ?? ''),
        );
        return row.series === id && row.views !== undefined && age(row) >= 0 && age(row) < 30 && here;
      });
      // A series that states no views in its first 30 days there says nothing of them.
      if (mine.length === 0) return [];
      const within = mine.filter((row) => age(row) < days);
      return [{ id, views: within.reduce((a, row) => a + Number(row.views ?? 0), 0) }];
    });
  }
}

const LOG_DIMENSIONS: ReadonlySet<DimensionId> = new Set<DimensionId>([
  'platform',
  'region',
  'market',
  'source',
  'currency',
  'episode',
  'weekday',
  'day_since_release',
]);

export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  if (sorted.length === 0) return null;
  const [low, high] =
    sorted.length % 2 === 1
      ? [sorted[Math.floor(middle)], sorted[Math.floor(middle)]]
      : [sorted[middle - 1], sorted[middle]];
  return ((low ?? 0) + (high ?? 0)) / 2;
}
