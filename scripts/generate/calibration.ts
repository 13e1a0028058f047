/**
 * What the demo is calibrated to. The figures are in `data/demo/calibration.json`, beside the word lists and the
 * tables of supply; this file only says what each means and refuses a file that does not fit.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
/** One number per kind of series, as in the columns of `data/demo/supply.csv`. */
const byKind = z.object({
  live_action: z.number().positive(),
  overseas_original: z.number().positive(),
  comic: z.number().positive(),
  ai: z.number().positive(),
  other: z.number().positive(),
});

const calibrationSchema = z.object({
  /** First and last business day of the log. */
  log: z.object({ from: day, to: day }),
  /** The producer that leads the billion club, and how many titles it has in the catalogue. */
  first_company: z.object({ zh: z.string(), en: z.string(), region: z.string(), titles: z.number().int() }),
  /** Lifetime views per series: log-normal, σ near the 2.15 met in a public catalogue, with a soft cap. */
  lifetime: z.object({ sigma: byKind, median_views: byKind, soft_cap: byKind }),
  /** Daily views fall as age^−decay and, more slowly, by an exponential taper; weekday factors are Monday first. */
  curve: z.object({
    decay: z.number(),
    weekday: z.array(z.number()).length(7),
    longest_life_days: z.number().int(),
    tail_views_per_day: z.number(),
  }),
  comic: z.object({
    /** Comic series with views in the range, and how many of them are tagged 玄幻 or 仙侠. */
    active: z.object({ from: day, to: day, series: z.number().int(), fantasy_or_xianxia: z.number().int() }),
    /** Comic views on one platform: month = ratio × base month. */
    growth: z.object({ platform: z.string(), base_month: day, month: day, ratio: z.number() }),
    /** Comic views per month on all platforms. INDUSTRY: 6.0 billion in October 2025, +92 % a month from April to July. */
    monthly_views: z.record(day, z.number().positive()),
  }),
  /** INDUSTRY: on the big domestic platform the tail bends near 3 billion; no member of the club passes this. */
  club: z.object({ soft_cap: z.number() }),
  /** Overseas share of all views in the log's first and last month; it runs evenly between them. */
  overseas: z.object({ first_share: z.number(), last_share: z.number() }),
  /** INDUSTRY: the top 100 producers have 5 % of titles and more than half of the attention. */
  producers: z.object({ top: z.number().int(), others: z.number().int(), top_share_of_titles: z.number() }),
  /** Series whose first day has at least so many views are logged by the hour at first. */
  hourly: z.object({ first_day_views: z.number(), hours: z.number().int() }),
  /** Day on which the first platform redefined its heat index. */
  heat_break: day,
  /** The second profile's deviations from the plain decay. */
  varied: z.object({
    soft_cap: z.number(),
    holiday_lift: z.record(z.string(), z.number()),
    sequel_lift: z.number(),
    late_hit_share: z.number(),
    late_hit_lift: z.number(),
  }),
});

export type Calibration = z.infer<typeof calibrationSchema>;

const root = new URL('../../', import.meta.url);

/** Absolute path of a file under `data/`. */
export function dataFile(name: string): string {
  return fileURLToPath(new URL(`data/${name}`, root));
}

/** Reads and checks `data/demo/calibration.json`. Throws a ZodError that names the field at fault. */
export async function readCalibration(): Promise<Calibration> {
  return calibrationSchema.parse(JSON.parse(await readFile(dataFile('demo/calibration.json'), 'utf8')));
}
