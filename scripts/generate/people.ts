/** Who makes and plays: tables `producer` (rank, zh, en, region, country, language), `actor`, and `made_by` (root, rank). */
import type { Calibration } from './calibration.ts';
import { type Database, quoted } from './database.ts';

/**
 * Producers are composed names, except the first company. Ranks 1 to `top` are the houses that few titles and much of
 * the views go to; then the many; then the studios abroad.
 */
export async function nameProducers(db: Database, { first_company: first, producers }: Calibration): Promise<void> {
  const home = producers.top + producers.others;
  await db.run(`CREATE TABLE producer AS
    WITH region AS (
      SELECT zh, country, sum(weight) OVER (ORDER BY line) / sum(weight) OVER () AS upto, weight / sum(weight) OVER () AS part FROM producer_regions
    ), composed AS (
      SELECT w.zh || s.zh AS zh, w.en || ' ' || s.en AS en,
        1 + row_number() OVER (ORDER BY u(w.line * 10 + s.line, 'producer')) AS rank
      FROM producer_words w CROSS JOIN producer_suffixes s
    )
    SELECT 1 AS rank, ${quoted(first.zh)} AS zh, ${quoted(first.en)} AS en, ${quoted(first.region)} AS region, '中国大陆' AS country, '中文' AS language
    UNION ALL
    SELECT rank, c.zh, c.en, r.zh, r.country, '中文' FROM composed c JOIN region r ON u(rank, 'region') BETWEEN r.upto - r.part AND r.upto
    WHERE rank <= ${home}
    UNION ALL
    SELECT ${home} + line, zh, en, country, country, language FROM overseas_studios`);
}

/**
 * Each root's producer. The top houses get the share of titles that the calibration says, the largest first but for
 * luck; of these the first company's own number goes to it; overseas originals go to the studios by weight.
 */
export async function assignProducers(db: Database, { first_company: first, producers }: Calibration): Promise<void> {
  const home = producers.top + producers.others;
  await db.run(`CREATE TABLE made_by AS
    WITH scored AS (
      SELECT no, kind, exponent, by_first, row_number() OVER (ORDER BY exponent IS NULL, ln(lifetime) + 0.3 * gauss(no, 'house') DESC, no) AS place,
        count(*) OVER () AS n
      FROM series WHERE root = no AND kind <> 'overseas_original'
    ), tiered AS (
      SELECT *, place <= ${producers.top_share_of_titles} * n AS top,
        row_number() OVER (PARTITION BY exponent IS NULL AND kind = 'live_action' AND place <= ${producers.top_share_of_titles} * n ORDER BY u(no, 'first house'), no) AS draw,
        count(*) FILTER (by_first) OVER () AS already
      FROM scored
    ), studio AS (
      SELECT ${home} + line AS rank, sum(weight) OVER (ORDER BY line) / sum(weight) OVER () AS upto, weight / sum(weight) OVER () AS part FROM overseas_studios
    )
    SELECT no AS root, CASE
        WHEN by_first THEN 1
        WHEN top AND exponent IS NULL AND kind = 'live_action' AND draw <= ${first.titles} - already THEN 1
        WHEN top THEN 2 + floor(${producers.top - 1} * pow(u(no, 'top house'), 1.0))
        ELSE ${producers.top} + 1 + floor(${producers.others} * pow(u(no, 'house rank'), 1.0)) END::INTEGER AS rank
    FROM tiered
    UNION ALL
    SELECT s.no, t.rank FROM series s JOIN studio t ON u(s.no, 'studio') BETWEEN t.upto - t.part AND t.upto
    WHERE s.kind = 'overseas_original'`);
}

/** Composed names of actors; `abroad` ones play in overseas originals. */
export async function nameActors(db: Database): Promise<void> {
  await db.run(`CREATE TABLE actor AS
    SELECT row_number() OVER (ORDER BY u(s.line * 100 + g.line, 'actor')) - 1 AS i, false AS abroad, s.zh || g.zh AS zh, g.en || ' ' || s.en AS en
    FROM surnames s CROSS JOIN given_names g
    UNION ALL SELECT line - 1, true, zh, en FROM overseas_cast`);
}

/** A query of each root's two leads (root, first_lead, second_lead): the first actors of the list play in many series. */
export const leads = `
  SELECT x.root, a.zh AS first_lead, b.zh AS second_lead
  FROM (
    SELECT no AS root, size.abroad, n, floor(n * pow(u(no, 'lead'), 1.8))::BIGINT AS one, 1 + floor((n - 1) * u(no, 'second lead'))::BIGINT AS step
    FROM series JOIN (SELECT abroad, count(*) AS n FROM actor GROUP BY abroad) size ON size.abroad = (kind = 'overseas_original')
    WHERE root = no AND kind IN ('live_action', 'overseas_original')
  ) x
    JOIN actor a ON a.abroad = x.abroad AND a.i = x.one
    JOIN actor b ON b.abroad = x.abroad AND b.i = (x.one + x.step) % x.n`;
