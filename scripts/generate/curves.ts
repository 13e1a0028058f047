/** How views run: table `series_day`, one row per series and business day of the log. */
import { z } from 'zod';
import { type Calibration, dataFile } from './calibration.ts';
import { type Database, quoted } from './database.ts';

/**
 * Makes `raw_day` (no, day, age, milli): thousandths of a view, whole numbers so that sums do not depend on the order
 * of threads. Ordinary series: lifetime · age^−0.6 · e^(−age/taper); club: increments of t^exponent, to be scaled.
 */
export async function drawCurves(db: Database, calibration: Calibration, varied: boolean): Promise<void> {
  const { curve, log } = calibration;
  const shape = (age: string) => `pow(${age}, ${-curve.decay}) * exp((1 - ${age}) / taper)`;
  await db.run(`CREATE TABLE taper_norm AS SELECT taper,
      list_sum(list_transform(range(1, 366), age -> ${shape('age')})) AS norm FROM (SELECT unnest(range(1, 401)) AS taper)`);
  await db.run(`CREATE TABLE grid AS
    SELECT no, release, lifetime, exponent, taper, sequel, unnest(range(
      greatest(DATE ${quoted(log.from)} - release, 0) + 1,
      least(DATE ${quoted(log.to)} - release + 1, CASE WHEN exponent IS NULL THEN ${curve.longest_life_days} ELSE 396 END) + 1
    ))::INTEGER AS age FROM series WHERE release <= DATE ${quoted(log.to)}`);
  // Club curves only need a shape here: 1e6 keeps their rounding far below a view once they are scaled.
  const plain = `CASE WHEN exponent IS NULL THEN lifetime / norm * ${shape('age')}
    ELSE 1e6 * (pow(age, exponent) - pow(age - 1, exponent)) * exp((1 - age) / taper) END`;
  await db.run(`CREATE TABLE raw_day AS
    SELECT no, day, age, round(1000 * expected * lift * pick(${JSON.stringify(curve.weekday)}, (isodow(day) - 0.5) / 7)
      * exp(CASE WHEN exponent IS NULL THEN 0.12 ELSE 0.04 END * gauss(no * 1000 + age, 'day')))::BIGINT AS milli
    FROM (
      SELECT no, age, exponent, release + (age - 1) AS day, ${plain} AS expected, ${varied ? variedLift(calibration) : '1.0'} AS lift
      FROM grid JOIN taper_norm USING (taper)
    )
    WHERE exponent IS NOT NULL OR age <= 3 OR expected * lift >= ${curve.tail_views_per_day}`);
}

/** What the plain decay does not give: holidays, a sequel that lifts the earlier part, hits that come late. */
function variedLift({ varied }: Calibration): string {
  const today = '(release + (age - 1))';
  const holidays = Object.entries(varied.holiday_lift).map(([id, lift]) => {
    const days = `(SELECT list(date) FROM read_csv(${quoted(dataFile('vocabulary/holidays.csv'))}) WHERE id = ${quoted(id)})`;
    return `CASE WHEN list_contains(${days}, ${today}) THEN ${lift} ELSE 1 END`;
  });
  const since = `(${today} - (SELECT s.release FROM series s WHERE s.no = grid.sequel))`;
  const sequel = `CASE WHEN ${since} >= 0 THEN 1 + ${varied.sequel_lift} * exp(-${since} / 12) ELSE 1 END`;
  const turn = "(20 + floor(40 * u(no, 'turn')))";
  const late = `CASE WHEN u(no, 'late') < ${varied.late_hit_share}
    THEN 1 + ${varied.late_hit_lift} / (1 + exp(-(age - ${turn}) / 3)) * exp(-greatest(age - ${turn} - 7, 0) / 25) ELSE 1 END`;
  return [...holidays, `coalesce(${sequel}, 1)`, late].join(' * ');
}

/**
 * Makes `series_day` from `raw_day`: each club member's cumulative curve scaled, then bent towards the soft cap K by
 * C / (1 + (C/K)³)^⅓, such that it reaches `anchor_views` at `anchor_day` (days since release, a fraction = so far into
 * that day). An anchor beyond the log's end is moved to the end along the member's own curve.
 */
export async function anchorClub(db: Database, { club }: Calibration): Promise<void> {
  const cap = `${1000 * club.soft_cap}::DOUBLE`;
  await db.run(`CREATE TABLE club_day AS
    WITH running AS (
      SELECT no, day, age, milli, sum(milli) OVER (PARTITION BY no ORDER BY age) AS total, max(age) OVER (PARTITION BY no) AS last_age
      FROM raw_day WHERE no IN (SELECT no FROM series WHERE exponent IS NOT NULL)
    ), anchored AS (
      SELECT no, age, milli, total, least(anchor_day, last_age) AS reached,
        1000 * anchor_views * pow(least(anchor_day, last_age) / anchor_day, exponent) AS goal
      FROM running JOIN series USING (no)
    ), factor AS (
      SELECT no, goal / cbrt(1 - pow(goal / ${cap}, 3)) / (total - milli + milli * (reached - age + 1)) AS factor
      FROM anchored WHERE age = ceil(reached)
    ), bent AS (
      SELECT no, day, age, round(total * factor / cbrt(1 + pow(total * factor / ${cap}, 3)))::BIGINT AS total FROM running JOIN factor USING (no)
    )
    SELECT no, day, age, total - lag(total, 1, 0) OVER (PARTITION BY no ORDER BY age) AS milli FROM bent`);
  await db.run(`CREATE TABLE series_day AS
    SELECT no, day, age, milli FROM raw_day WHERE no NOT IN (SELECT no FROM club_day) UNION ALL FROM club_day`);
}

/**
 * Ends just so many earlier comic series before the counted range that exactly `comic.active.series` have views in
 * it: those with the longest life stay. Series released inside the range always count.
 */
export async function trimComics(db: Database, calibration: Calibration, scale: number): Promise<void> {
  const { active } = calibration.comic;
  const from = `DATE ${quoted(active.from)}`;
  const [count] = await db.rows(
    `SELECT count(*) FILTER (release >= ${from})::INTEGER AS released, count(*) FILTER (release < ${from} AND last_day >= ${from})::INTEGER AS carried
     FROM (SELECT s.no, s.release, max(d.day) AS last_day FROM series s JOIN series_day d USING (no) WHERE s.kind = 'comic' GROUP BY ALL)`,
    z.object({ released: z.number(), carried: z.number() }),
  );
  const stay = Math.round(active.series * scale) - (count?.released ?? 0);
  // A scaled-down run rounds each month's supply, so only the full one can promise the exact number.
  if (scale === 1 && (stay < 0 || stay > (count?.carried ?? 0))) {
    throw new Error(
      `Comic supply does not fit ${active.series} active series: ${JSON.stringify(count)}; change data/demo/supply.csv.`,
    );
  }
  await db.run(`DELETE FROM series_day WHERE day >= ${from} AND no IN (
    SELECT no FROM (SELECT d.no, max(d.day) AS last_day FROM series_day d JOIN series s USING (no)
      WHERE s.kind = 'comic' AND s.release < ${from} GROUP BY d.no)
    ORDER BY last_day DESC, no OFFSET ${Math.max(stay, 0)})`);
}

/** Makes `active_comic` (no): the comic series with views in the counted range. */
export async function listActiveComics(db: Database, calibration: Calibration): Promise<void> {
  const { active } = calibration.comic;
  await db.run(`CREATE TABLE active_comic AS SELECT DISTINCT no FROM series_day JOIN series USING (no)
    WHERE kind = 'comic' AND day BETWEEN DATE ${quoted(active.from)} AND DATE ${quoted(active.to)}`);
}
