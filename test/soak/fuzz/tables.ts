/** Small valid tables of every kind, which the fuzz then mutates. */

export type Value = string | number | null;
export interface Table {
  readonly name: string;
  readonly header: string[];
  readonly rows: Value[][];
}

const day = (n: number) => new Date(Date.UTC(2025, 9, 1 + n)).toISOString().slice(0, 10);
const times = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

/** Fresh copies each time: a mutation changes them in place. */
export const TABLES: readonly (() => Table)[] = [
  () => ({
    name: 'increments',
    header: ['date', 'title', 'platform', 'region', 'views', 'likes', 'revenue', 'currency'],
    rows: times(24, (i) => [
      day(i % 6),
      `Drama ${i % 4}`,
      ['douyin', 'reelshort'][i % 2] ?? null,
      ['CN', 'US', 'NA'][i % 3] ?? null,
      1000 * i + 7,
      i % 5 === 0 ? null : i,
      i + 0.25,
      ['CNY', 'USD'][i % 2] ?? null,
    ]),
  }),
  () => ({
    name: 'chinese',
    header: ['日期', '剧名', '平台', '播放量', '点赞数', '集数'],
    rows: times(20, (i) => [
      day(i % 5),
      `《盛夏芬德拉》${i % 4}`,
      '红果短剧',
      ['1.2亿', '9218w', '10w+', '1,234,567', '—'][i % 5] ?? null,
      i,
      80,
    ]),
  }),
  () => ({
    name: 'japanese',
    header: ['日付', 'タイトル', '再生回数'],
    rows: times(12, (i) => [day(i % 4), `短編ドラマ${i % 3}`, 100 + i]),
  }),
  () => ({
    name: 'counters',
    header: ['date', 'title', '累计播放量'],
    rows: times(96, (i) => [
      day(i % 4),
      `Counter ${Math.floor(i / 4)}`,
      10_000 * (1 + Math.floor(i / 4)) + 100 * (i % 4),
    ]),
  }),
  () => ({
    name: 'events',
    header: ['time', 'series_id', 'platform', 'episode', 'watch_seconds'],
    rows: times(30, (i) => [
      `2025-10-01T${String(i % 24).padStart(2, '0')}:30:00+08:00`,
      `S${i % 5}`,
      'hongguo',
      1 + (i % 9),
      10 * i,
    ]),
  }),
  () => ({
    name: 'hours',
    header: ['date', 'hour', 'title', 'episode', 'views', 'completions'],
    rows: times(36, (i) => [day(i % 2), i % 24, `Hourly ${i % 3}`, 1 + (i % 3), 5 * i, i]),
  }),
  () => ({
    name: 'catalogue',
    header: ['series_id', 'title', 'title_en', 'producers', 'genres', 'cast', 'release_at', 'episodes', 'format'],
    rows: times(12, (i) => [
      `S${i}`,
      `剧${i}`,
      `Drama ${i}`,
      ['听花岛/点众', "['A','B']"][i % 2] ?? null,
      ['都市', '古装|甜宠'][i % 2] ?? null,
      '甲、乙',
      day(i),
      60 + i,
      ['真人', '漫剧'][i % 2] ?? null,
    ]),
  }),
  () => ({
    name: 'rates',
    header: ['day', 'currency', 'rate'],
    rows: times(14, (i) => [day(Math.floor(i / 2)), ['USD', 'EUR'][i % 2] ?? null, 7 + i / 100]),
  }),
  () => ({
    name: 'wide',
    header: ['day', 'title', 'views', ...times(40, (i) => `x${i}`)],
    rows: times(6, (i) => [`2025/10/${i + 1}`, `W${i}`, i, ...times(40, (j) => (i + j) % 3)]),
  }),
];
