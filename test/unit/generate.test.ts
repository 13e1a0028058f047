import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fitMonths, solveGrowth } from '../../scripts/generate/calibrate.ts';
import type { GeneratedFiles } from '../../scripts/generate/generated.ts';
import { generateDemo } from '../../scripts/generate.ts';

let folder: string;
let connection: DuckDBConnection;
let demo: GeneratedFiles;

async function query<Row>(sql: string, row: z.ZodType<Row>): Promise<Row[]> {
  const reader = await connection.runAndReadAll(sql);
  return reader.getRowObjectsJson().map((one) => row.parse(one));
}

async function numbers(sql: string): Promise<number[]> {
  return (await query(sql, z.object({ n: z.coerce.number() }))).map(({ n }) => n);
}

/** Tables `<prefix>_series` and `<prefix>_log` (day, hour for hour rows, the canonical columns) read from the files alone. */
async function load(prefix: string, files: GeneratedFiles): Promise<void> {
  await connection.run(`CREATE TABLE ${prefix}_series AS SELECT "剧集ID" AS series_id, "剧名" AS title, "英文名" AS title_en,
      string_split("承制方", '/')[1] AS producer, string_split("题材", '/') AS genres, "频道" AS channel, "短剧类型" AS format,
      "制作方式" AS production, "系列" AS franchise, "主演" AS leads, "上线日期"::TIMESTAMP AS release_at, "集数"::INTEGER AS episodes
    FROM read_csv('${files.catalogue}', header = true, all_varchar = true)`);
  await connection.run(`CREATE TABLE ${prefix}_log AS
    SELECT time AS day, NULL::TIMESTAMP AS hour, series_id, episode, platform, region, views, completions, heat
    FROM read_parquet([${files.logs.map(({ path }) => `'${path}'`).join(', ')}])
    UNION ALL
    SELECT "时间"::DATE, "时间", "剧集ID", NULL, "平台", "地区", "播放量", "完播量", "热度值" FROM read_csv('${files.hourly?.path}', header = true)`);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dramascope-generate-'));
  demo = await generateDemo({ out: join(folder, 'demo'), seed: 20251031, profile: 'demo' });
  connection = await (await DuckDBInstance.create(':memory:')).connect();
  await load('demo', demo);
}, 60_000);

afterAll(async () => {
  connection.closeSync();
  await rm(folder, { recursive: true });
});

/** First day at whose end the running total of a series is at least `threshold`. */
const crossings = (threshold: number) => `
  SELECT series_id, min(day) AS day FROM (
    SELECT series_id, day, sum(sum(views)) OVER (PARTITION BY series_id ORDER BY day) AS total FROM demo_log GROUP BY series_id, day
  ) WHERE total >= ${threshold} GROUP BY series_id`;

describe('the demo', () => {
  it('has at least 12,000 series and a log of 13 whole months, of a size that imports in seconds', async () => {
    expect(demo.series).toBeGreaterThanOrEqual(12_000);
    const [log] = await query(
      'SELECT min(day)::VARCHAR AS first, max(day)::VARCHAR AS last, count(DISTINCT day)::INTEGER AS days, count(*)::INTEGER AS n FROM demo_log',
      z.object({ first: z.string(), last: z.string(), days: z.number(), n: z.number() }),
    );
    expect(log).toMatchObject({ first: '2024-10-01', last: '2025-10-31', days: 396 });
    expect(log?.n).toBeGreaterThan(1_500_000);
    expect(log?.n).toBeLessThan(2_500_000);
    expect(log?.n).toBe(demo.logs.reduce((sum, { rows }) => sum + rows, demo.hourly?.rows ?? 0));
  });

  it('has seven series that cross a billion views in October 2025, four of them by Tinghua Island', async () => {
    const club = await query(
      `SELECT title, producer, franchise FROM (${crossings(1e9)}) JOIN demo_series USING (series_id)
       WHERE day BETWEEN '2025-10-01' AND '2025-10-31'`,
      z.object({ title: z.string(), producer: z.string(), franchise: z.string().nullable() }),
    );
    expect(club).toHaveLength(7);
    const byTinghua = club.filter(({ producer }) => producer === '听花岛');
    expect(byTinghua).toHaveLength(4);
    expect(byTinghua).toContainEqual({ title: '家里家外', producer: '听花岛', franchise: '家里家外' });
  });

  it('has the club of the field: 5 crossings in the first quarter, 17 from January to mid-July, 92 % on the women’s channel', async () => {
    const between = (from: string, to: string) =>
      numbers(`SELECT count(*) AS n FROM (${crossings(1e9)}) WHERE day BETWEEN '${from}' AND '${to}'`);
    expect(await between('2025-01-01', '2025-03-31')).toEqual([5]);
    expect(await between('2025-01-01', '2025-07-15')).toEqual([17]);
    const [female = 0] = await numbers(
      `SELECT avg((channel = '女频')::INTEGER) AS n FROM (${crossings(1e9)}) JOIN demo_series USING (series_id)`,
    );
    expect(female).toBeCloseTo(0.92, 2);
  });

  it('takes 3 days to a billion for Home and Beyond, 4 for its sequel, 27 for The Swindler', async () => {
    const days = await query(
      `SELECT title_en, day - release_at::DATE + 1 AS days FROM (${crossings(1e9)}) JOIN demo_series USING (series_id)
       WHERE title_en IN ('Home and Beyond', 'Home and Beyond 2', 'The Swindler') ORDER BY title_en`,
      z.object({ title_en: z.string(), days: z.coerce.number() }),
    );
    expect(days.map((one) => one.days)).toEqual([3, 4, 27]);
  });

  it('has three times July’s comic views on Douyin in October', async () => {
    const [ratio = 0] = await numbers(`SELECT sum(views) FILTER (day BETWEEN '2025-10-01' AND '2025-10-31')
        / sum(views) FILTER (day BETWEEN '2025-07-01' AND '2025-07-31') AS n
      FROM demo_log JOIN demo_series USING (series_id) WHERE format = '漫剧' AND platform = 'douyin'`);
    expect(ratio).toBeGreaterThan(3 * 0.999);
    expect(ratio).toBeLessThan(3 * 1.001);
  });

  it('has 4,536 comic series active from June to October 2025, 1,020 of them fantasy or xianxia', async () => {
    const active = (and: string) =>
      numbers(`SELECT count(DISTINCT series_id) AS n FROM demo_log JOIN demo_series USING (series_id)
        WHERE format = '漫剧' AND views > 0 AND day BETWEEN '2025-06-01' AND '2025-10-31' ${and}`);
    expect(await active('')).toEqual([4536]);
    expect(await active("AND list_has_any(genres, ['玄幻', '仙侠'])")).toEqual([1020]);
  });

  it('brings Midsummer Fendela to 1e8 in views and heat within 24 hours, and past 3e9 on day 18', async () => {
    const mine = "FROM demo_log JOIN demo_series USING (series_id) WHERE title = '盛夏芬德拉'";
    const [first] = await query(
      `SELECT sum(views)::DOUBLE AS views, max(heat)::DOUBLE AS heat ${mine} AND hour >= release_at AND hour < release_at + INTERVAL 24 HOURS`,
      z.object({ views: z.number(), heat: z.number() }),
    );
    expect(first?.views).toBeGreaterThanOrEqual(1e8);
    expect(first?.heat).toBeGreaterThanOrEqual(1e8);
    const [until18 = 0] = await numbers(`SELECT sum(views) AS n ${mine} AND day < release_at::DATE + 18`);
    expect(until18).toBeGreaterThan(3e9);
    expect(until18).toBeLessThan(3.2e9);
  });

  it('has overseas and AI shares of views that grow from quarter to quarter, the overseas one from month to month', async () => {
    const by = (grain: string, what: string) =>
      numbers(`SELECT sum(views) FILTER (${what}) / sum(views) AS n FROM demo_log JOIN demo_series USING (series_id)
        GROUP BY date_trunc('${grain}', day) ORDER BY date_trunc('${grain}', day)`);
    const ai = "production = 'ai' OR (production IS NULL AND format = 'AI仿真人剧')";
    for (const shares of [await by('month', "region <> 'CN'"), await by('quarter', ai)]) {
      expect(shares).toEqual([...shares].sort((a, b) => a - b));
      expect(shares.at(-1)).toBeGreaterThan(2 * (shares[0] ?? 1));
    }
  });

  it('has no series above the soft cap and lifetime views that spread like the field’s', async () => {
    const [shape] = await query(
      `SELECT max(views) AS top, stddev(ln(views)) AS sigma FROM (
         SELECT sum(views)::DOUBLE AS views FROM demo_log JOIN demo_series USING (series_id) WHERE format = '真人剧' GROUP BY series_id)`,
      z.object({ top: z.number(), sigma: z.number() }),
    );
    expect(shape?.top).toBeLessThan(3.6e9);
    expect(shape?.sigma).toBeGreaterThan(1.9);
    expect(shape?.sigma).toBeLessThan(2.5);
  });

  it('has all four quadrants of quality against traffic', async () => {
    const quadrants = await numbers(`
      WITH series AS (
        SELECT series_id, format, sum(views) AS views, sum(completions) / sum(views) AS rate FROM demo_log JOIN demo_series USING (series_id) GROUP BY ALL
      ), ranked AS (
        SELECT percent_rank() OVER (PARTITION BY format ORDER BY views) >= 0.5 AS seen, percent_rank() OVER (PARTITION BY format ORDER BY rate) >= 0.5 AS liked FROM series
      )
      SELECT count(*) / sum(count(*)) OVER () AS n FROM ranked GROUP BY seen, liked`);
    expect(quadrants).toHaveLength(4);
    for (const part of quadrants) expect(part).toBeGreaterThan(0.15);
  });

  it('states each key once, and hours or a day but never both for a series and day', async () => {
    expect(
      await numbers(
        'SELECT count(*) AS n FROM (SELECT 1 FROM demo_log GROUP BY series_id, episode, platform, region, day, hour HAVING count(*) > 1)',
      ),
    ).toEqual([0]);
    expect(
      await numbers(
        'SELECT count(*) AS n FROM (SELECT 1 FROM demo_log GROUP BY series_id, day HAVING count(hour) BETWEEN 1 AND count(*) - 1)',
      ),
    ).toEqual([0]);
  });

  it('states one platform of the named series by episode, with fewer views from each to the next', async () => {
    const kept = await query(
      `SELECT series_id, count(*)::INTEGER AS episodes, max(episode) AS last, bool_and(views < before) AS falls
       FROM (SELECT *, lag(views, 1, 1e12) OVER (PARTITION BY series_id ORDER BY episode) AS before FROM (
         SELECT series_id, episode, sum(views) AS views FROM demo_log WHERE episode IS NOT NULL GROUP BY ALL)) GROUP BY series_id`,
      z.object({ series_id: z.string(), episodes: z.number(), last: z.number(), falls: z.boolean() }),
    );
    expect(kept).toHaveLength(6);
    for (const one of kept) expect(one).toMatchObject({ episodes: one.last, falls: true });
    expect(
      await query(
        'SELECT DISTINCT platform FROM demo_log WHERE episode IS NOT NULL',
        z.object({ platform: z.string() }),
      ),
    ).toEqual([{ platform: 'wechat_channels' }]);
  });

  it('covers the first 72 hours of every series it logs by the hour, from the hour of release', async () => {
    const [gaps] = await query(
      `SELECT count(*)::INTEGER AS series, count(*) FILTER (first <> release_at)::INTEGER AS late,
         count(*) FILTER (last_day < least((release_at + INTERVAL 71 HOURS)::DATE, DATE '2025-10-31'))::INTEGER AS short
       FROM (SELECT series_id, min(hour) AS first, max(hour)::DATE AS last_day FROM demo_log WHERE hour IS NOT NULL GROUP BY series_id)
         JOIN demo_series USING (series_id)`,
      z.object({ series: z.number(), late: z.number(), short: z.number() }),
    );
    expect(gaps?.series).toBeGreaterThan(50);
    expect(gaps).toMatchObject({ late: 0, short: 0 });
  });

  it('gives every series its own title in both languages, and writes the byte order mark of real exports', async () => {
    expect(
      await numbers('SELECT count(*) - least(count(DISTINCT title), count(DISTINCT title_en)) AS n FROM demo_series'),
    ).toEqual([0]);
    expect((await readFile(demo.catalogue)).subarray(0, 3)).toEqual(Buffer.from('\uFEFF'));
  });
});

describe('the generator', () => {
  /** A number that changes with any row, and does not depend on their order. */
  async function fingerprint(files: GeneratedFiles): Promise<number[]> {
    const sums = ['catalogue' as const, 'hourly' as const].map((key) => {
      const file = files[key];
      const path = typeof file === 'string' ? file : file?.path;
      return numbers(
        `SELECT sum(hash(t)) % 1000000007 AS n FROM read_csv('${path}', all_varchar = true, header = true) t`,
      );
    });
    const parquet = files.logs.map(({ path }) => numbers(`SELECT sum(hash(t)) % 1000000007 AS n FROM '${path}' t`));
    return (await Promise.all([...sums, ...parquet])).flat();
  }

  it('gives the same rows for the same seed with one thread and with two, and others for another seed', async () => {
    const small = { profile: 'demo', scale: 0.05 } as const;
    const one = await generateDemo({ ...small, out: join(folder, 'one'), seed: 7, threads: 1 });
    const two = await generateDemo({ ...small, out: join(folder, 'two'), seed: 7, threads: 2 });
    const other = await generateDemo({ ...small, out: join(folder, 'other'), seed: 8, threads: 2 });
    const expected = await fingerprint(one);
    expect(await fingerprint(two)).toEqual(expected);
    expect(await fingerprint(other)).not.toEqual(expected);
  }, 30_000);

  it('gives the varied profile late peaks, which the demo’s hits do not have', async () => {
    await load('varied', await generateDemo({ out: join(folder, 'varied'), seed: 7, profile: 'varied' }));
    const latePeaks = (prefix: string) =>
      numbers(`SELECT avg((peak > 14)::INTEGER) AS n FROM (
        SELECT arg_max(day, views) - min(day) AS peak FROM (SELECT series_id, day, sum(views) AS views FROM ${prefix}_log GROUP BY ALL)
          JOIN ${prefix}_series USING (series_id) WHERE release_at >= '2024-10-01' AND release_at < '2025-08-01' AND format = '真人剧'
        GROUP BY series_id HAVING sum(views) > 1e6)`);
    const [varied = 0] = await latePeaks('varied');
    const [plain = 1] = await latePeaks('demo');
    expect(varied).toBeGreaterThan(0.08);
    expect(varied).toBeGreaterThan(2 * plain);
  }, 30_000);

  it('writes a bench log of exactly the rows asked for, each key once, sorted by day, the same as CSV and as Parquet', async () => {
    const { logs, catalogue } = await generateDemo({
      out: join(folder, 'bench'),
      seed: 7,
      profile: 'bench',
      rows: 100_000,
    });
    const [parquet, csv] = logs.map(({ path }) => path);
    const [shape] = await query(
      `SELECT count(*)::INTEGER AS n, count(DISTINCT (time, series_id, platform, region))::INTEGER AS keys,
         count(DISTINCT time)::INTEGER AS days, count(*) FILTER (time < before)::INTEGER AS unsorted
       FROM (SELECT *, lag(time) OVER () AS before FROM '${parquet}')`,
      z.object({ n: z.number(), keys: z.number(), days: z.number(), unsorted: z.number() }),
    );
    expect(shape).toEqual({ n: 100_000, keys: 100_000, days: 396, unsorted: 0 });
    expect(await numbers(`SELECT count(*) AS n FROM (FROM '${parquet}' EXCEPT FROM '${csv}')`)).toEqual([0]);
    expect(await numbers(`SELECT count(*) AS n FROM '${parquet}' ANTI JOIN '${catalogue}' USING (series_id)`)).toEqual([
      0,
    ]);
  }, 30_000);
});

describe('calibration', () => {
  const days = Array.from({ length: 92 }, (_, index) => ({
    day: new Date(Date.parse('2025-07-01') + index * 86_400_000).toISOString().slice(0, 10),
    milli: 1000 + 10 * index,
  }));
  const monthOf = (rows: { day: string; milli: number }[], month: string) =>
    rows.filter(({ day }) => day.startsWith(month)).reduce((sum, { milli }) => sum + milli, 0);

  it('finds the daily slope at which one month is a multiple of another', () => {
    const slope = solveGrowth(days, '2025-07-01', '2025-09-01', 3);
    const grown = days.map(({ day, milli }, index) => ({ day, milli: milli * Math.exp(slope * index) }));
    expect(monthOf(grown, '2025-09') / monthOf(grown, '2025-07')).toBeCloseTo(3, 9);
  });

  it('leaves a month without a reachable goal as it is', () => {
    const knots = fitMonths(days, [
      { month: '2025-07-01', milli: -5 },
      { month: '2025-08-01', milli: monthOf(days, '2025-08') },
    ]);
    expect(knots.map(({ log }) => Math.abs(log) < 0.01)).toEqual([true, true]);
  });
});
