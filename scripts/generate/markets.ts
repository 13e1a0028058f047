/** Where views arise: each series' platforms and regions, and table `cell_day`, its daily views in each of them. */
import type { Calibration } from './calibration.ts';
import { type Database, quoted } from './database.ts';

/**
 * Makes `cell` (no, cell = line of platform_mix.csv, overseas, weight): the larger a series, the more places.
 * Places are drawn without replacement by weight (Efraimidis and Spirakis: smallest −ln u / weight first); weights add up
 * to 1 at home and to 1 overseas. Makes `export` (no, share, since): overseas part of its views from age `since` on.
 */
export async function chooseMarkets(db: Database): Promise<void> {
  await db.run(`CREATE TABLE export AS
    SELECT no, CASE WHEN kind = 'overseas_original' THEN 1.0
        ELSE least(0.35, CASE WHEN exponent IS NULL THEN 0.3 * exp(0.4 * gauss(no, 'export')) ELSE 0.09 + 0.13 * (release - DATE '2024-10-01') / 395 END) END AS share,
      CASE WHEN kind = 'overseas_original' THEN 1 WHEN exponent IS NULL THEN 3 + floor(30 * u(no, 'export lag')) ELSE 2 END::INTEGER AS since
    FROM series
    WHERE kind = 'overseas_original' OR exponent IS NOT NULL
      OR u(no, 'exported') < CASE WHEN kind = 'comic' THEN 0.3 ELSE 1 END * least(0.85, greatest(0.03, 0.02 + 0.17 * log10(lifetime / 5e5)))`);
  const places = `CASE WHEN exponent IS NOT NULL THEN 9 WHEN lifetime < 5e5 THEN 1 WHEN lifetime < 6e6 THEN 2 WHEN lifetime < 6e7 THEN 3 ELSE 4 END`;
  await db.run(`CREATE TABLE cell AS
    WITH candidate AS (
      SELECT s.no, p.line::INTEGER AS cell, p.region <> 'CN' AS overseas,
        CASE s.kind WHEN 'comic' THEN p.comic WHEN 'overseas_original' THEN p.overseas_original ELSE p.live END AS base,
        ${places} AS home_places,
        CASE WHEN s.kind = 'overseas_original' THEN 2 + ${places} ELSE ${places} - (s.exponent IS NULL)::INTEGER * (s.lifetime >= 5e5)::INTEGER END AS overseas_places,
        p.line
      FROM series s CROSS JOIN platform_mix p LEFT JOIN export e ON e.no = s.no
      WHERE CASE WHEN p.region = 'CN' THEN s.kind <> 'overseas_original' ELSE e.no IS NOT NULL END
    ), ranked AS (
      SELECT *, row_number() OVER (PARTITION BY no, overseas ORDER BY -ln(u(no * 100 + line, 'place')) / base, line) AS place
      FROM candidate WHERE base > 0
    ), chosen AS (
      SELECT no, cell, overseas, round(1e6 * base * exp(0.35 * gauss(no * 100 + line, 'weight')))::BIGINT AS weight FROM ranked
      WHERE place <= CASE WHEN overseas THEN overseas_places ELSE home_places END
    )
    SELECT no, cell, overseas, weight / sum(weight) OVER (PARTITION BY no, overseas) AS weight FROM chosen`);
}

/**
 * Makes `cell_day` (no, day, cell, overseas, kind, fixed, milli). Exports ramp up over three weeks and grow with the
 * calendar. Members of the club (`fixed`) get no noise by cell, which would move their crossings.
 */
export async function spreadOverMarkets(db: Database, { log }: Calibration): Promise<void> {
  await db.run(`CREATE TABLE cell_day AS
    SELECT d.no, d.day, c.cell, c.overseas, d.kind, d.exponent IS NOT NULL AS fixed,
      round(d.milli * c.weight * CASE WHEN c.overseas THEN d.abroad ELSE 1 - d.abroad END
        * CASE WHEN d.exponent IS NULL THEN 0.88 + 0.24 * u(d.no * 40000 + d.age * 50 + c.cell, 'cell') ELSE 1 END)::BIGINT AS milli
    FROM (
      SELECT d.no, d.day, d.age, d.milli, s.kind, s.exponent, CASE WHEN e.share = 1 THEN 1.0 ELSE coalesce(
        e.share * least(greatest((d.age - e.since + 1) / 21, 0), 1) * (0.5 + 0.5 * (d.day - DATE ${quoted(log.from)}) / 395), 0) END AS abroad
      FROM series_day d JOIN series s USING (no) LEFT JOIN export e ON e.no = d.no
    ) d JOIN cell c ON c.no = d.no
    WHERE NOT c.overseas OR d.abroad > 0`);
}
