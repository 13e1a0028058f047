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

/** A nasty little dataset: ties, zero views, blanks, several tags, unknown releases, openings, unknown regions. */
export function randomDataset(seed: number, start = '2025-01-15', days = 100): Fixture {
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
    rows.push({
      ...row,
      kind: opening ? 'opening' : 'increment',
      views: random() < 0.1 ? 0 : Math.floor(random() * 50) * 10,
      ...(random() < 0.7 ? { likes: Math.floor(random() * 9) } : {}),
      ...(random() < 0.7 ? { completions: Math.floor(random() * 5), watch_seconds: Math.floor(random() * 1000) } : {}),
      ...(!opening && random() < 0.3 ? { heat: Math.floor(random() * 1000) } : {}),
    });
  }
  return { series, rows };
}
