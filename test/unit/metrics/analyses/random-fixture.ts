import { addDays } from '../../../../server/metrics/language/calendar.ts';
import type { Fixture, FixtureRow, FixtureSeries } from '../fixture.ts';
import { seeded } from '../random-dataset.ts';

export const FIRST_DAY = '2025-07-12';
export const DAYS = 70;
export const LAST_DAY = addDays(FIRST_DAY, DAYS - 1);

const GENRES = ['urban', 'family', 'fantasy', 'xianxia'];
const PRODUCERS = ['p1', 'p2', 'p3'];
const FORMATS = ['live_action', 'comic', 'ai'] as const;
const REGIONS = ['CN', 'US', 'ID', '(unknown)'];
const PLATFORMS = ['hongguo', 'douyin', 'reelshort'];

/**
 * A log with everything that can go wrong in small: ties (views are round), zero views, one-day series, openings,
 * releases before, in and after the log or unknown, hours beside days, several regions, platforms and genres, and a
 * log that starts and ends in mid-month.
 */
export function randomFixture(seed: number, count = 24): Fixture {
  const random = seeded(seed);
  const pick = <T>(values: readonly [T, ...T[]] | readonly T[]): T => {
    const value = values[Math.floor(random() * values.length)];
    if (value === undefined) throw new Error('nothing to pick from');
    return value;
  };
  const series: FixtureSeries[] = [];
  const rows: FixtureRow[] = [];
  for (let i = 0; i < count; i++) {
    const id = `s${String(i).padStart(2, '0')}`;
    const start = Math.floor(random() * (DAYS + 20)) - 20;
    const releaseDay = addDays(FIRST_DAY, start);
    const kind = i % 5;
    const release =
      kind === 0 ? undefined : kind === 1 ? `${releaseDay}T${pick(['00:00', '12:30', '20:00'])}:00+08:00` : releaseDay;
    const genres = random() < 0.1 ? [] : [...new Set([pick(GENRES), pick(GENRES)])];
    series.push({
      id,
      title: `剧${i}`,
      ...(i % 3 === 0 ? { titleEn: `Series ${i}` } : {}),
      producers: random() < 0.1 ? [] : [...new Set([pick(PRODUCERS), pick(PRODUCERS)])],
      genres,
      format: pick(FORMATS),
      ...(release === undefined ? {} : { release }),
      ...(random() < 0.5 ? { episodes: 60 } : {}),
    });
    if (random() < 0.25) {
      rows.push({
        series: id,
        day: addDays(FIRST_DAY, Math.max(0, start)),
        kind: 'opening',
        views: pick([50, 300, 1000]),
      });
    }
    const length = i % 7 === 0 ? 1 : Math.floor(random() * 50);
    for (let d = Math.max(0, start - (i % 6 === 0 ? 2 : 0)); d < Math.min(DAYS, Math.max(0, start) + length); d++) {
      const day = addDays(FIRST_DAY, d);
      for (const platform of PLATFORMS) {
        if (random() < 0.5) continue;
        const timed = random() < 0.6;
        const shared = { series: id, platform, region: pick(REGIONS), source: pick(['a', 'b']) };
        if (!timed)
          rows.push({ ...shared, day, views: pick([0, 0, 10, 20, 50, 100]), likes: 1, heat: pick([5, 50, 500]) });
        else {
          for (const hour of [0, 7, 13, 23]) {
            if (random() < 0.5) continue;
            const at = `${day}T${String(hour).padStart(2, '0')}:${pick(['00', '40'])}:00+08:00`;
            rows.push({ ...shared, day, at, views: pick([0, 5, 10, 25]), likes: 2, heat: pick([5, 50, 500]) });
          }
        }
      }
    }
  }
  // The log's ends, so that every seed has the same.
  const [first] = series;
  if (first) rows.push({ series: first.id, day: FIRST_DAY, views: 0 }, { series: first.id, day: LAST_DAY, views: 0 });
  return { series, rows };
}
