import type { Mapping } from '../../../server/contract/imports.ts';
import type { FileImport } from '../../../server/ingest/propose/choices.ts';
import type { Desk } from '../ingest/desk.ts';
import type { Fixture, FixtureRow, FixtureSeries } from './fixture.ts';
import { seeded } from './random-dataset.ts';

/**
 * Files as platforms really send them, and in plain JavaScript which rows count after their import: what the metrics
 * over the imported files are held against. Ties, zero views, blanks, columns left out, one-day series, several tags,
 * hours in several UTC offsets beside whole days, lines out of order and twice, counters with openings above any
 * threshold of the tests, with falls and skipped days.
 */
export interface NastyFiles {
  readonly files: readonly (Pick<FileImport, 'kind' | 'mapping' | 'options'> & { name: string; text: string })[];
  readonly fixture: Fixture;
  /** Columns of the log that no file has. */
  readonly missing: readonly string[];
}

export const NASTY_FROM = '2025-01-15';
export const NASTY_DAYS = 80;
const DAY = 86_400_000;
const dayOf = (n: number) => new Date(Date.parse(`${NASTY_FROM}T00:00:00Z`) + n * DAY).toISOString().slice(0, 10);

const OFFSETS = [
  ['Z', 0],
  ['+08:00', 480],
  ['-05:00', -300],
  ['+05:45', 345],
] as const;
const MEASURED = ['valid_views', 'completions', 'likes', 'shares', 'watch_seconds', 'viewers', 'heat'] as const;

type Random = ReturnType<typeof seeded>;
type LogRow = FixtureRow & { readonly day: string; readonly platform: string; readonly region: string };

const pickFrom =
  (random: Random) =>
  <T>(items: readonly T[]): T => {
    const item = items[Math.floor(random() * items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  };

/** Files and what counts of them; the same seed, the same files. */
export function nastyFiles(seed: number): NastyFiles {
  const random = seeded(seed);
  const pick = pickFrom(random);
  const missing = [pick(MEASURED), pick(MEASURED)];
  const columns = MEASURED.filter((column) => !missing.includes(column));
  const series = catalogueOf(random);
  const days = wholeDays(random, series, columns);
  const hours = timedRows(random, series, columns);
  const counters = countersOf(random, series);
  // Where one source states hours and a day, only the finer counts.
  const key = (row: LogRow) => JSON.stringify([row.series, row.platform, row.region, row.day]);
  const finer = new Set(hours.map(key));
  const rows = [...days.filter((row) => !finer.has(key(row))), ...hours, ...counters.rows];
  const header = ['t', 'id', 'p', 'r', 'views', ...columns];
  const mapping: Mapping = {
    time: 't',
    series_id: 'id',
    platform: 'p',
    region: 'r',
    views: 'views',
    ...Object.fromEntries(columns.map((column) => [column, column])),
  };
  const written = (time: (row: LogRow) => string) => (row: LogRow) =>
    [time(row), row.series, row.platform, row.region, row.views ?? '', ...columns.map((c) => row[c] ?? '')].join(',');
  const board = { views_are: 'increment', mode: 'upsert', source: 'board' } as const;
  return {
    missing: [...new Set(missing)],
    fixture: { series, rows },
    files: [
      {
        name: 'days.csv',
        text: shuffled(random, header, days.map(written((row) => row.day))),
        mapping,
        options: board,
      },
      {
        name: 'hours.csv',
        text: shuffled(random, header, hours.map(written((row) => offsetText(random, row)))),
        mapping,
        options: board,
      },
      {
        name: 'counters.csv',
        text: shuffled(random, ['t', 'id', 'p', 'r', 'views'], counters.lines),
        mapping: { time: 't', series_id: 'id', platform: 'p', region: 'r', views: 'views' },
        options: { views_are: 'cumulative', mode: 'upsert', source: 'tally' },
      },
      catalogueFile(series),
    ],
  };
}

/** Imports all of it through the real ingest. */
export async function importNasty(desk: Desk, { files }: NastyFiles): Promise<void> {
  for (const { text, ...options } of files) await desk.import(text, options);
}

function catalogueOf(random: Random): FixtureSeries[] {
  const pick = pickFrom(random);
  const stated = <T>(name: string, value: T, part = 0.8) => (random() < part ? { [name]: value } : {});
  return Array.from({ length: 10 }, (_, i) => ({
    id: `s${i}`,
    title: `剧${i}`,
    ...stated('producers', [...new Set([pick(['甲', '乙', '丙']), pick(['丁', '乙'])])]),
    ...stated('genres', [...new Set([pick(['urban', 'family', 'fantasy']), pick(['xianxia', 'urban'])])]),
    ...stated('format', pick(['live_action', 'comic', 'ai'] as const)),
    ...stated('production', pick(['human', 'ai'] as const), 0.5),
    ...stated('cast', ['C1', pick(['C2', 'C3'])], 0.6),
    ...stated('release', dayOf(Math.floor(random() * NASTY_DAYS) - 8)),
    ...stated('episodes', 60 + i),
  }));
}

function measuredOf(random: Random, columns: readonly string[]): Partial<FixtureRow> {
  const most: Record<string, number> = {
    valid_views: 90,
    completions: 9,
    likes: 7,
    shares: 5,
    watch_seconds: 900,
    viewers: 70,
    heat: 900,
  };
  const some = columns.flatMap((column) =>
    random() < 0.7 ? [[column, Math.floor(random() * (most[column] ?? 1))]] : [],
  );
  // A row may speak of something else than views.
  const silent = some.length > 0 && random() < 0.04;
  return {
    ...(silent ? {} : { views: random() < 0.15 ? 0 : Math.floor(random() * 12) * 10 }),
    ...Object.fromEntries(some),
  };
}

function wholeDays(random: Random, series: readonly FixtureSeries[], columns: readonly string[]): LogRow[] {
  const pick = pickFrom(random);
  const rows = new Map<string, LogRow>();
  const keep = (row: Omit<LogRow, 'views'>, measured: Partial<FixtureRow>) =>
    rows.set(JSON.stringify(row), { ...row, source: 'board', ...measured });
  for (let i = 0; i < 260; i++) {
    const row = {
      series: pick(series.slice(1)).id,
      day: dayOf(Math.floor(random() * NASTY_DAYS)),
      platform: pick(['hongguo', 'douyin', 'reelshort']),
      region: pick(['CN', 'US', 'ID']),
    };
    keep(row, measuredOf(random, columns));
  }
  // The log's ends, so that every seed has the same; s0 is there on one day alone.
  const ends = [
    ['s1', 0],
    ['s2', NASTY_DAYS - 1],
    ['s0', 40],
  ] as const;
  for (const [id, day] of ends) keep({ series: id, day: dayOf(day), platform: 'hongguo', region: 'CN' }, { views: 20 });
  return [...rows.values()];
}

/** Hours of the first half, in the business zone; the file writes each in an offset of its own. */
function timedRows(random: Random, series: readonly FixtureSeries[], columns: readonly string[]): LogRow[] {
  const pick = pickFrom(random);
  const rows = new Map<string, LogRow>();
  for (let i = 0; i < 90; i++) {
    const day = dayOf(Math.floor((random() * NASTY_DAYS) / 2));
    const row = {
      series: pick(series.slice(1)).id,
      day,
      at: `${day}T${pick(['00', '07', '12', '23'])}:${pick(['00', '40'])}:00+08:00`,
      platform: pick(['hongguo', 'douyin']),
      region: pick(['CN', 'US']),
    };
    rows.set(JSON.stringify(row), { ...row, source: 'board', ...measuredOf(random, columns) });
  }
  return [...rows.values()];
}

/** Counters of daily snapshots: docs/definitions.md#counters-and-openings, read again in plain loops. */
function countersOf(random: Random, series: readonly FixtureSeries[]): { rows: LogRow[]; lines: string[] } {
  const pick = pickFrom(random);
  const rows: LogRow[] = [];
  const lines: string[] = [];
  for (const { id, release } of series.slice(3)) {
    const shared = { series: id, platform: pick(['kuaishou', 'douyin']), region: pick(['CN', 'US']), source: 'tally' };
    const state = (n: number, value: number) =>
      lines.push([dayOf(n), id, shared.platform, shared.region, value].join(','));
    const first = Math.floor(random() * 30);
    let value = id === 's3' ? 5000 : pick([0, 40, 300, 1000]);
    state(first, value);
    const fresh = release === dayOf(first) || release === dayOf(first - 1);
    rows.push({ ...shared, day: dayOf(first), kind: fresh ? 'increment' : 'opening', views: value });
    for (let n = first + 1; n < Math.min(NASTY_DAYS, first + 3 + Math.floor(random() * 40)); n++) {
      const skipped = random() < 0.1 ? 1 + Math.floor(random() * 3) : 0;
      const falls = skipped === 0 && random() < 0.08;
      if (n + skipped >= NASTY_DAYS) break;
      const grown = falls ? 0 : Math.floor(random() * 60);
      value = falls ? Math.floor(value / 2) : value + grown;
      state(n + skipped, value);
      // Evenly over the days, whole views, what is left over on the latest.
      const days = skipped + 1;
      for (let d = 0; d < days; d++) {
        const views = Math.floor(grown / days) + (d >= days - (grown % days) ? 1 : 0);
        rows.push({ ...shared, day: dayOf(n + d), views });
      }
      n += skipped;
    }
  }
  return { rows, lines };
}

function offsetText(random: Random, { at }: LogRow): string {
  const [text, minutes] = pickFrom(random)(OFFSETS);
  return `${new Date(Date.parse(at ?? '') + minutes * 60_000).toISOString().slice(0, 19)}${text}`;
}

/** Lines out of order, and some of them twice: identical lines count once. */
function shuffled(random: Random, header: readonly string[], lines: readonly string[]): string {
  const twice = lines.filter(() => random() < 0.05);
  const order = [...lines, ...twice].map((line) => ({ line, at: random() })).toSorted((a, b) => a.at - b.at);
  return `${[header.join(','), ...order.map(({ line }) => line)].join('\n')}\n`;
}

function catalogueFile(series: readonly FixtureSeries[]): NastyFiles['files'][number] {
  const list = (values: readonly string[] | undefined) => (values ?? []).join('|');
  const lines = series.map((s) =>
    [
      s.id,
      s.title,
      list(s.producers),
      list(s.genres),
      s.format ?? '',
      s.production ?? '',
      list(s.cast),
      s.release ?? '',
      s.episodes ?? '',
    ].join(','),
  );
  return {
    name: 'series.csv',
    kind: 'catalog',
    text: `id,title,by,genres,format,made,cast,release,episodes\n${lines.join('\n')}\n`,
    mapping: {
      series_id: 'id',
      title: 'title',
      producers: 'by',
      genres: 'genres',
      format: 'format',
      production: 'made',
      cast: 'cast',
      release_at: 'release',
      episodes: 'episodes',
    },
    options: { source: 'people' },
  };
}
