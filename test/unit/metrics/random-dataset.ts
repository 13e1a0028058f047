import type { Fixture, FixtureRow, FixtureSeries } from './fixture.ts';

/** A small seeded generator (mulberry32), so that a failing dataset can be made again. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * A nasty little dataset: ties, zero views, several tags, unknown releases, unknown regions, blanks in every measured
 * column, money in one currency, or in each row in one of several. Openings state only what a counter starts with: views and valid views.
 */
export function randomDataset(
  seed: number,
  start = '2025-01-15',
  days = 100,
  currencies: readonly string[] = ['CNY'],
): Fixture {
  const random = seeded(seed);
  const pick = <T>(items: readonly T[]): T => {
    const item = items[Math.floor(random() * items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  };
  const maybe = <T>(value: T): T | undefined => (random() < 0.8 ? value : undefined);
  const day = (n: number) => new Date(Date.parse(`${start}T00:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10);
  const series = Array.from({ length: 9 }, (_, i): FixtureSeries => {
    const some: Record<string, unknown> = {
      producers: maybe([...new Set([pick(['甲', '乙', '丙']), pick(['丁', '乙'])])]),
      genres: maybe([...new Set([pick(['urban', 'family', 'fantasy']), pick(['xianxia', 'urban'])])]),
      format: maybe(pick(['live_action', 'comic', 'ai'])),
      production: maybe(pick(['human', 'ai'])),
      cast: maybe(['C1', pick(['C2', 'C3'])]),
      release: maybe(day(Math.floor(random() * (days + 20)) - 10)),
      episodes: maybe(60 + i),
    };
    return { id: `s${i}`, ...Object.fromEntries(Object.entries(some).filter(([, value]) => value !== undefined)) };
  });
  const rows: FixtureRow[] = [];
  const seen = new Set<string>();
  for (let i = 0; i < 400; i++) {
    const row = {
      series: pick(series).id,
      day: day(Math.floor(random() * days)),
      platform: pick(['hongguo', 'douyin', 'reelshort']),
      region: pick(['CN', 'US', '(unknown)']),
    };
    const key = JSON.stringify(row);
    if (seen.has(key)) continue;
    seen.add(key);
    const opening = random() < 0.03;
    const stated = (most: number) => (random() < 0.7 ? Math.floor(random() * most) : undefined);
    const money = (most: number) => (random() < 0.6 ? Math.floor(random() * most * 100) / 100 : undefined);
    const views = random() < 0.1 ? 0 : Math.floor(random() * 50) * 10;
    const some = opening
      ? { views, valid_views: stated(100) }
      : {
          // A row may speak of something else than views.
          views: random() < 0.03 ? undefined : views,
          valid_views: stated(100),
          viewers: stated(300),
          watch_seconds: stated(1000),
          completions: stated(5),
          likes: stated(9),
          comments: stated(6),
          shares: stated(5),
          favourites: stated(4),
          revenue: money(80),
          spend: money(40),
          currency: currencies.length > 1 ? pick(currencies) : currencies[0],
          heat: random() < 0.3 ? Math.floor(random() * 1000) : undefined,
        };
    const defined = Object.entries(some).filter(([, value]) => value !== undefined);
    rows.push({ ...row, kind: opening ? 'opening' : 'increment', ...Object.fromEntries(defined) });
  }
  return { series, rows };
}
