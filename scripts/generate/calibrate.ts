/**
 * Factors by day that make the log's findings come out of its rows: they are computed from the generated rows, smooth
 * over time, and the same for all series of a group, so no single series shows a step.
 */
import { z } from 'zod';
import type { Calibration } from './calibration.ts';
import { type Database, quoted } from './database.ts';

interface DayTotal {
  day: string;
  milli: number;
}

const dayTotal = z.object({ day: z.string(), milli: z.coerce.number() });
const dayMs = 86_400_000;

/** Makes `comic_factor` and `overseas_factor` (day, factor). */
export async function calibrateDays(db: Database, calibration: Calibration): Promise<void> {
  await calibrateComics(db, calibration);
  await calibrateOverseas(db, calibration);
}

/** All factors 1: for profiles without findings. */
export async function leaveDays(db: Database): Promise<void> {
  for (const table of ['comic_factor', 'overseas_factor']) {
    await db.run(`CREATE TABLE ${table} AS SELECT DISTINCT day, 1.0::DOUBLE AS factor FROM cell_day`);
  }
}

/**
 * Comics: a factor that runs from mid-month to mid-month and brings each month's views near the calibration's, times
 * level · e^(slope · days) so that the two months on the platform stand exactly in their ratio and the later month on
 * all platforms exactly at its views.
 */
async function calibrateComics(db: Database, calibration: Calibration): Promise<void> {
  const { growth, monthly_views } = calibration.comic;
  const byDay = (where: string) =>
    db.rows(
      `SELECT day::VARCHAR AS day, sum(milli)::BIGINT AS milli FROM cell_day WHERE kind = 'comic' AND ${where} GROUP BY day ORDER BY day`,
      dayTotal,
    );
  const all = await byDay('true');
  const goals = Object.entries(monthly_views).map(([month, views]) => ({ month, milli: 1000 * views }));
  const knots = fitMonths(all, goals);
  const smooth = (days: DayTotal[]) =>
    days.map(({ day, milli }) => ({ day, milli: milli * Math.exp(interpolate(knots, Date.parse(day))) }));
  const on = smooth(await byDay(`cell IN (SELECT line FROM platform_mix WHERE platform = ${quoted(growth.platform)})`));
  const slope = solveGrowth(on, growth.base_month, growth.month, growth.ratio);
  const level =
    (1000 * (monthly_views[growth.month] ?? 0)) / monthTotal(smooth(all), growth.month, growth.month, slope);
  await writeFactors(
    db,
    'comic_factor',
    calibration,
    (at) => level * Math.exp(interpolate(knots, at) + (slope * (at - Date.parse(growth.month))) / dayMs),
  );
}

/** Σ of a month's days, each times e^(slope · days since `origin`). */
function monthTotal(days: DayTotal[], month: string, origin: string, slope: number): number {
  return days
    .filter(({ day }) => day.startsWith(month.slice(0, 7)))
    .reduce(
      (sum, { day, milli }) => sum + milli * Math.exp((slope * (Date.parse(day) - Date.parse(origin))) / dayMs),
      0,
    );
}

/** The slope per day at which the later month is `ratio` times the base month (bisection: the ratio rises with it). */
export function solveGrowth(days: DayTotal[], base: string, month: string, ratio: number): number {
  let low = -0.2;
  let high = 0.2;
  for (let step = 0; step < 80; step++) {
    const middle = (low + high) / 2;
    if (monthTotal(days, month, base, middle) / monthTotal(days, base, base, middle) < ratio) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Overseas views outside the club, brought by month to a share of all views that runs evenly from the first to the last. */
async function calibrateOverseas(db: Database, calibration: Calibration): Promise<void> {
  const { first_share, last_share } = calibration.overseas;
  const days = await db.rows(
    `SELECT day::VARCHAR AS day, sum(milli) FILTER (NOT overseas)::BIGINT AS home,
       coalesce(sum(milli) FILTER (overseas AND fixed), 0)::BIGINT AS fixed, coalesce(sum(milli) FILTER (overseas AND NOT fixed), 0)::BIGINT AS free
     FROM (SELECT c.day, c.overseas, c.fixed, CASE WHEN kind = 'comic' THEN round(milli * factor)::BIGINT ELSE milli END AS milli
       FROM cell_day c JOIN comic_factor USING (day))
     GROUP BY 1 ORDER BY 1`,
    z.object({ day: z.string(), home: z.coerce.number(), fixed: z.coerce.number(), free: z.coerce.number() }),
  );
  const months = [...new Set(days.map(({ day }) => `${day.slice(0, 7)}-01`))];
  const total = (month: string, of: 'home' | 'fixed') =>
    monthTotal(
      days.map((one) => ({ day: one.day, milli: one[of] })),
      month,
      month,
      0,
    );
  const goals = months.map((month, index) => {
    const share = first_share + ((last_share - first_share) * index) / Math.max(months.length - 1, 1);
    return { month, milli: (share / (1 - share)) * total(month, 'home') - total(month, 'fixed') };
  });
  const knots = fitMonths(
    days.map(({ day, free }) => ({ day, milli: free })),
    goals,
  );
  await writeFactors(db, 'overseas_factor', calibration, (at) => Math.exp(interpolate(knots, at)));
}

/** A factor's logarithm at the middle of a month. */
interface Knot {
  at: number;
  log: number;
}

/**
 * The factor that runs evenly, in logarithms, from mid-month to mid-month and gives each month its goal. Found step by step:
 * each knot takes its own month's gap, until the neighbours' pull has died down. A month without views, or whose goal is
 * below 0 (the club alone has more, as in a scaled-down run), keeps its knot.
 */
export function fitMonths(days: DayTotal[], goals: { month: string; milli: number }[]): Knot[] {
  let knots = goals.map(({ month }) => ({ at: Date.parse(month) + 14.5 * dayMs, log: 0 }));
  for (let step = 0; step < 60; step++) {
    const scaled = days.map(({ day, milli }) => ({
      day,
      milli: milli * Math.exp(interpolate(knots, Date.parse(day))),
    }));
    knots = knots.map((knot, index) => {
      const { month = '', milli: goal = 0 } = goals[index] ?? {};
      const gap = Math.log(goal / monthTotal(scaled, month, month, 0));
      return { at: knot.at, log: knot.log + (Number.isFinite(gap) ? 0.8 * gap : 0) };
    });
  }
  return knots;
}

/** Makes a table (day, factor) of every day of the log. */
async function writeFactors(
  db: Database,
  table: string,
  { log }: Pick<Calibration, 'log'>,
  factor: (at: number) => number,
): Promise<void> {
  const values: string[] = [];
  for (let at = Date.parse(log.from); at <= Date.parse(log.to); at += dayMs) {
    values.push(`(DATE '${new Date(at).toISOString().slice(0, 10)}', ${factor(at)}::DOUBLE)`);
  }
  await db.run(`CREATE TABLE ${table} AS SELECT * FROM (VALUES ${values.join(', ')}) AS f(day, factor)`);
}

/** Linear between knots, level outside them. */
function interpolate(knots: Knot[], at: number): number {
  const next = knots.findIndex((knot) => knot.at >= at);
  const after = knots[next] ?? knots.at(-1);
  const before = knots[next - 1] ?? after;
  if (before === undefined || after === undefined) return 0;
  if (before.at === after.at) return after.log;
  return before.log + ((after.log - before.log) * (at - before.at)) / (after.at - before.at);
}
