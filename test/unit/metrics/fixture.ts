import { addDays } from '../../../server/metrics/language/calendar.ts';
import { type Engine, engineOf } from '../../../server/metrics/language/engine.ts';
import { duckdbDialect } from '../../../server/metrics/sql/duckdb.ts';
import { openDuckDB } from '../../../server/warehouse/duckdb/warehouse.ts';
import type { Warehouse, WriteSession } from '../../../server/warehouse/warehouse.ts';

/**
 * A small dataset written straight into the warehouse's tables, for tests of metrics: the rows count as they stand
 * (no ingest), the rollups and the dataset's state are built as after an import.
 */

export interface FixtureSeries {
  readonly id: string;
  readonly title?: string;
  readonly titleEn?: string;
  /** First = producer; left out: unknown. */
  readonly producers?: readonly string[];
  readonly rightsHolder?: string;
  readonly producerRegion?: string;
  /** First = primary genre; left out: unknown. */
  readonly genres?: readonly string[];
  readonly channel?: 'female' | 'male' | 'general';
  readonly format?: 'live_action' | 'comic' | 'ai' | 'other';
  readonly production?: 'human' | 'hybrid' | 'ai';
  readonly franchise?: string;
  readonly cast?: readonly string[];
  readonly language?: string;
  readonly origin?: string;
  /** `2025-10-01`, or an instant with its offset, `2025-10-01T20:00:00+08:00`. */
  readonly release?: string;
  readonly episodes?: number;
  readonly paywallEpisode?: number;
}

export interface FixtureRow {
  /** Business day; may be left out where `at` is given. */
  readonly day?: string;
  /** Instant with its offset; a row without one has no time of day. */
  readonly at?: string;
  readonly series: string;
  /** Default `hongguo`. */
  readonly platform?: string;
  /** Default `CN`. */
  readonly region?: string;
  /** Default `file`. */
  readonly source?: string;
  readonly episode?: number;
  /** Default `increment`. */
  readonly kind?: 'increment' | 'opening';
  /** A bigint where a number would lose digits. */
  readonly views?: number | bigint;
  readonly valid_views?: number;
  readonly viewers?: number;
  readonly watch_seconds?: number;
  readonly completions?: number;
  readonly likes?: number;
  readonly comments?: number;
  readonly shares?: number;
  readonly favourites?: number;
  readonly revenue?: number;
  readonly spend?: number;
  readonly currency?: string;
  readonly heat?: number;
  /** Spread over the days of a longer row or a skipped snapshot; default false. */
  readonly estimated?: boolean;
}

export interface FixtureLabel {
  readonly dimension: string;
  readonly id: string;
  readonly zh: string;
  readonly en: string;
}

/** A rate as a file states it: on this day one unit of `currency` is worth `rate` units of `base` (default CNY). */
export interface FixtureRate {
  readonly day: string;
  readonly currency: string;
  readonly rate: number;
  readonly base?: string;
  /** Number of the import that states it, 1 unless said: of one day and currency the highest holds. */
  readonly importNo?: number;
}

export interface Fixture {
  readonly series: readonly FixtureSeries[];
  readonly rows: readonly FixtureRow[];
  readonly labels?: readonly FixtureLabel[];
  readonly rates?: readonly FixtureRate[];
  /** Sources that state a top N; the others state all. */
  readonly charts?: readonly string[];
}

/** An engine in memory that holds the fixture. Close it with `close()`. */
export async function openFixture(fixture: Fixture, options: { timeZone?: string } = {}): Promise<Warehouse> {
  const warehouse = await openDuckDB({ path: ':memory:', timeZone: options.timeZone ?? 'Asia/Shanghai', threads: 2 });
  await loadFixture(warehouse, fixture);
  return warehouse;
}

/** Runs work on an engine of the metrics over the warehouse, in Chinese unless told otherwise. */
export function withEngine<T>(
  warehouse: Warehouse,
  work: (engine: Engine) => Promise<T>,
  language: 'zh' | 'en' = 'zh',
): Promise<T> {
  return warehouse.read((session) => work(engineOf(session, duckdbDialect, language)));
}

/** Replaces whatever the warehouse holds with the fixture; `region` CN is domestic, `(unknown)` unknown, others overseas. */
export async function loadFixture(warehouse: Warehouse, fixture: Fixture): Promise<void> {
  await warehouse.write(async (session) => {
    const { timeZone } = session.state;
    const rows = fixture.rows.map((row) => ({ ...row, day: row.day ?? businessDay(row.at, timeZone) }));
    await clear(session);
    const keys = await fillDictionaries(session, fixture, rows);
    await fillSeries(session, fixture, keys.series, timeZone);
    await fillLog(session, rows, keys);
    await fillImports(session, rows, keys.source);
    await fillMoney(session, fixture, rows);
    const days = rows.map((row) => row.day).sort();
    const [first, last] = [days[0], days.at(-1)];
    if (first !== undefined && last !== undefined) await session.refreshRollups(first, last);
  });
}

type DatedRow = FixtureRow & { readonly day: string };
type Keys = Record<'series' | 'platform' | 'region' | 'source', ReadonlyMap<string, number>>;

const TABLES = [
  'import',
  'source',
  'platform',
  'region',
  'series_key',
  'label',
  'view_log',
  'series',
  'series_genre',
  'series_producer',
  'series_cast',
  'series_day',
  'series_month',
  'platform_month',
  'currency_rate',
];

async function clear(session: WriteSession): Promise<void> {
  for (const table of TABLES) await session.run({ text: `DELETE FROM ${table}`, values: [] });
}

/** Rows go in as one JSON text, which the engine reads by the table's own column types. */
async function insert(
  session: WriteSession,
  table: string,
  columns: Record<string, string>,
  rows: readonly object[],
): Promise<void> {
  if (rows.length === 0) return;
  const json = JSON.stringify(rows, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
  const names = Object.keys(columns).map((name) => `"${name}"`);
  await session.run({
    text: `INSERT INTO ${table} (${names.join(', ')})
      SELECT ${names.map((name) => `r.${name}`).join(', ')}
      FROM (SELECT unnest(from_json($1::JSON, '${JSON.stringify([columns])}')) AS r)`,
    values: [json],
  });
}

const numbered = (names: readonly string[]): ReadonlyMap<string, number> =>
  new Map([...new Set(names)].map((name, i) => [name, i + 1]));

async function fillDictionaries(session: WriteSession, fixture: Fixture, rows: readonly DatedRow[]): Promise<Keys> {
  const keys: Keys = {
    series: numbered(fixture.series.map((series) => series.id)),
    platform: numbered(rows.map((row) => row.platform ?? 'hongguo')),
    region: numbered(rows.map((row) => row.region ?? 'CN')),
    source: numbered(rows.map((row) => row.source ?? 'file')),
  };
  const entries = (map: ReadonlyMap<string, number>) => [...map].map(([id, key]) => ({ key, id }));
  await insert(
    session,
    'series_key',
    { series_key: 'INTEGER', series_id: 'VARCHAR', resolved_key: 'INTEGER' },
    entries(keys.series).map(({ key, id }) => ({ series_key: key, series_id: id, resolved_key: key })),
  );
  await insert(
    session,
    'platform',
    { platform_key: 'SMALLINT', id: 'VARCHAR', zh: 'VARCHAR', en: 'VARCHAR', home_region: 'VARCHAR' },
    entries(keys.platform).map(({ key, id }) => ({ platform_key: key, id, zh: id, en: id, home_region: 'CN' })),
  );
  await insert(
    session,
    'region',
    { region_key: 'SMALLINT', id: 'VARCHAR', market: 'market' },
    entries(keys.region).map(({ key, id }) => ({ region_key: key, id, market: marketOf(id) })),
  );
  await insert(
    session,
    'source',
    { source_key: 'SMALLINT', id: 'VARCHAR', coverage: 'VARCHAR' },
    entries(keys.source).map(({ key, id }) => ({
      source_key: key,
      id,
      coverage: fixture.charts?.includes(id) ? 'chart' : 'census',
    })),
  );
  await insert(
    session,
    'label',
    { dimension: 'VARCHAR', id: 'VARCHAR', zh: 'VARCHAR', en: 'VARCHAR' },
    fixture.labels ?? [],
  );
  return keys;
}

export const marketOf = (region: string): 'domestic' | 'overseas' | '(unknown)' =>
  region === '(unknown)' ? '(unknown)' : region === 'CN' ? 'domestic' : 'overseas';

const SERIES_COLUMNS = {
  series_key: 'INTEGER',
  series_id: 'VARCHAR',
  title: 'VARCHAR',
  title_en: 'VARCHAR',
  producers: 'VARCHAR[]',
  rights_holder: 'VARCHAR',
  producer_region: 'VARCHAR',
  genres: 'VARCHAR[]',
  channel: 'VARCHAR',
  format: 'VARCHAR',
  production: 'VARCHAR',
  franchise: 'VARCHAR',
  cast: 'VARCHAR[]',
  language: 'VARCHAR',
  origin: 'VARCHAR',
  release_day: 'DATE',
  release_at: 'TIMESTAMP',
  episodes: 'INTEGER',
  paywall_episode: 'INTEGER',
  producer: 'VARCHAR',
  primary_genre: 'VARCHAR',
  release_month: 'DATE',
};

async function fillSeries(
  session: WriteSession,
  fixture: Fixture,
  keys: ReadonlyMap<string, number>,
  timeZone: string,
): Promise<void> {
  await insert(
    session,
    'series',
    SERIES_COLUMNS,
    fixture.series.map((series) => {
      const releaseDay = series.release === undefined ? null : releaseDayOf(series.release, timeZone);
      return {
        series_key: keys.get(series.id),
        series_id: series.id,
        title: series.title ?? series.id,
        title_en: series.titleEn ?? null,
        producers: series.producers ?? null,
        rights_holder: series.rightsHolder ?? null,
        producer_region: series.producerRegion ?? null,
        genres: series.genres ?? null,
        channel: series.channel ?? null,
        format: series.format ?? null,
        production: series.production ?? null,
        franchise: series.franchise ?? null,
        cast: series.cast ?? null,
        language: series.language ?? null,
        origin: series.origin ?? null,
        release_day: releaseDay,
        release_at: series.release?.includes('T') ? utcText(series.release) : null,
        episodes: series.episodes ?? null,
        paywall_episode: series.paywallEpisode ?? null,
        producer: series.producers?.[0] ?? '(unknown)',
        primary_genre: series.genres?.[0] ?? '(unknown)',
        release_month: releaseDay === null ? null : `${releaseDay.slice(0, 7)}-01`,
      };
    }),
  );
  const members = (pick: (series: FixtureSeries) => readonly string[] | undefined) =>
    fixture.series.flatMap((series) =>
      (pick(series) ?? []).map((member) => ({ series_key: keys.get(series.id), member })),
    );
  const columns = { series_key: 'INTEGER', member: 'VARCHAR' };
  await insert(
    session,
    'series_genre',
    columns,
    members((series) => series.genres),
  );
  await insert(
    session,
    'series_producer',
    columns,
    members((series) => series.producers),
  );
  await insert(
    session,
    'series_cast',
    columns,
    members((series) => series.cast),
  );
}

const LOG_COLUMNS = {
  import_no: 'INTEGER',
  source_key: 'SMALLINT',
  series_key: 'INTEGER',
  platform_key: 'SMALLINT',
  region_key: 'SMALLINT',
  episode: 'INTEGER',
  day: 'DATE',
  instant: 'TIMESTAMP',
  kind: 'log_kind',
  derived: 'BOOLEAN',
  estimated: 'BOOLEAN',
  currency: 'VARCHAR',
  views: 'BIGINT',
  valid_views: 'BIGINT',
  viewers: 'BIGINT',
  watch_seconds: 'DOUBLE',
  completions: 'BIGINT',
  likes: 'BIGINT',
  comments: 'BIGINT',
  shares: 'BIGINT',
  favourites: 'BIGINT',
  revenue: 'DOUBLE',
  spend: 'DOUBLE',
  heat: 'DOUBLE',
};

async function fillLog(session: WriteSession, rows: readonly DatedRow[], keys: Keys): Promise<void> {
  await insert(
    session,
    'view_log',
    LOG_COLUMNS,
    rows.map((row) => {
      const { series, platform, region, source, at, ...stated } = row;
      const seriesKey = keys.series.get(series);
      if (seriesKey === undefined) throw new Error(`the fixture has rows of ${series} but no such series`);
      return {
        ...stated,
        import_no: keys.source.get(source ?? 'file'),
        source_key: keys.source.get(source ?? 'file'),
        series_key: seriesKey,
        platform_key: keys.platform.get(platform ?? 'hongguo'),
        region_key: keys.region.get(region ?? 'CN'),
        instant: at === undefined ? null : utcText(at),
        kind: row.kind ?? 'increment',
        derived: false,
        estimated: row.estimated ?? false,
      };
    }),
  );
}

/** One committed import per source, so that the dataset's state lists the sources. */
async function fillImports(
  session: WriteSession,
  rows: readonly DatedRow[],
  sources: ReadonlyMap<string, number>,
): Promise<void> {
  for (const [source, key] of sources) {
    const own = rows.filter((row) => (row.source ?? 'file') === source);
    const days = own.map((row) => row.day).sort();
    await session.run({
      text: `INSERT INTO import (import_no, import_id, filename, source_key, kind, status, mode, views_are, sha256, bytes,
          synthetic, rows_read, rows_committed, rows_rejected, rows_unchanged, from_day, to_day, started_at, mapping,
          options, warnings)
        VALUES ($1, $2, $2, $1, 'log', 'committed', 'upsert', 'increment', '', 0, false, $3, $3, 0, 0,
          $4::DATE, $5::DATE, '2026-01-01', '{}', '{}', '[]')`,
      values: [key, source, own.length, days[0] ?? null, days.at(-1) ?? null],
    });
  }
}

/** The rates, and the dataset's list of currencies. */
async function fillMoney(session: WriteSession, fixture: Fixture, rows: readonly DatedRow[]): Promise<void> {
  const stated = rows.filter((row) => row.revenue !== undefined || row.spend !== undefined);
  const currencies = [...new Set(stated.flatMap((row) => row.currency ?? []))].sort();
  await session.run({
    text: `INSERT INTO dataset (name, value) VALUES ('currencies', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
    values: [currencies.join(',')],
  });
  await insert(
    session,
    'currency_rate',
    { import_no: 'INTEGER', day: 'DATE', currency: 'VARCHAR', base: 'VARCHAR', rate: 'DOUBLE' },
    (fixture.rates ?? []).map(({ importNo = 1, base = 'CNY', ...rate }) => ({ ...rate, import_no: importNo, base })),
  );
}

const utcText = (instant: string): string => new Date(instant).toISOString().slice(0, 19);

const releaseDayOf = (release: string, timeZone: string): string =>
  release.includes('T') ? businessDay(release, timeZone) : release;

/** The business day of an instant, by the platform's own calendar rather than by the code under test. */
export function businessDay(at: string | undefined, timeZone: string): string {
  if (at === undefined) throw new Error('a fixture row needs `day` or `at`');
  return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(new Date(at));
}

/** The same row on each of `count` days from `day` on. */
export function everyDay(row: FixtureRow & { day: string }, count: number): FixtureRow[] {
  return Array.from({ length: count }, (_, i) => ({ ...row, day: addDays(row.day, i) }));
}
