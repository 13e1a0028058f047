/** Who is there: every series with its kind, release, lifetime views and shape of curve, before any row of the log. */
import type { Calibration } from './calibration.ts';
import { type Database, quoted } from './database.ts';

/** Series count relative to `data/demo/supply.csv`; the calibrated club only exists in the demo profile. */
export interface Supply {
  scale: number;
  calibrated: boolean;
}

const kinds = ['live_action', 'overseas_original', 'comic', 'ai', 'other'] as const;

/**
 * Makes table `series`, one row per series in order of release:
 * `no` (key of all hashes), `kind` (column of supply.csv), `release_at`, `lifetime` (views), `exponent` (of the
 * cumulative curve, members of the calibrated club only), `taper` (days), `anchor_day` and `anchor_views` (cumulative
 * views after so many days), `by_first` (made by the first company), `male`, `named` (line of named_series.csv),
 * `root` (the franchise's first part, else itself), `sequel` (no of the series that continues it).
 */
export async function buildSeries(db: Database, calibration: Calibration, supply: Supply): Promise<void> {
  await db.run(`CREATE TABLE draft AS ${ordinary(supply.scale)}
    ${supply.calibrated ? `UNION ALL ${clubMembers(calibration)} UNION ALL ${named}` : ''}`);
  await db.run(`CREATE TABLE numbered AS
    SELECT row_number() OVER (ORDER BY release_at, kind, source, line, i)::INTEGER AS no, * FROM draft`);
  await db.run(`CREATE TABLE sized AS SELECT *,
      ${lifetime(calibration, supply)} AS lifetime,
      coalesce(named_taper, CASE WHEN exponent IS NOT NULL THEN 150
        ELSE least(greatest(round(35 * exp(0.6 * gauss(no, 'taper'))), 6), 120) END)::INTEGER AS taper
    FROM numbered`);
  await db.run(`CREATE TABLE series AS ${franchises}`);
}

/** The supply of each month, spread over its days. */
function ordinary(scale: number): string {
  const unpivoted = kinds
    .map(
      (kind) =>
        `SELECT ${quoted(kind)} AS kind, line, month, greatest(round(${kind} * ${scale})::INTEGER, (${kind} > 0)::INTEGER) AS n FROM supply`,
    )
    .join(' UNION ALL ');
  return `SELECT 'supply' AS source, kind, line, i,
      (month + floor(u(line * 100000 + i, 'day/' || kind) * day(last_day(month)))::INTEGER)::TIMESTAMP AS release_at,
      NULL::DOUBLE AS exponent, NULL::DOUBLE AS anchor_day, NULL::DOUBLE AS anchor_views,
      false AS by_first, NULL::BOOLEAN AS male, NULL::BIGINT AS named, NULL::INTEGER AS named_taper
    FROM (SELECT kind, line, month, unnest(range(n)) AS i FROM (${unpivoted}))`;
}

/**
 * Members of the billion club without a name: they cross at even distances in the ranges of club.csv, 3 to 27 days
 * after release (INDUSTRY: 家里家外 3, 老千 27). Those that would cross after the log's end are still on their way.
 */
function clubMembers({ log }: Calibration): string {
  const end = `DATE ${quoted(log.to)}`;
  return `SELECT 'club', 'live_action', line, i, (crossing - days_to + 1)::TIMESTAMP, 0.5 + 0.15 * u(line * 100 + i, 'exponent'),
      days_to - 0.5, 1e9, i < by_tinghua, i >= members - male_channel, NULL, NULL
    FROM (
      SELECT line, i, members, by_tinghua, male_channel, crossing, greatest(3 + floor(24 * pow(u(line * 100 + i, 'days'), 1.4)),
        CASE WHEN crossing > ${end} THEN crossing - ${end} + 12 ELSE 0 END)::INTEGER AS days_to
      FROM (
        SELECT *, "from" + floor((i + 0.5) * ("to" - "from" + 1) / members)::INTEGER AS crossing
        FROM (SELECT *, unnest(range(members)) AS i FROM club)))`;
}

const named = `SELECT 'named', 'live_action', line, 0, release_at, exponent, anchor_day, anchor_views,
    starts_with(producers, (SELECT producers FROM named_series WHERE line = 1)), channel = 'male', line, taper_days
  FROM named_series`;

/** Log-normal by kind, bent towards a soft cap; for the club only a rank, since its anchor sets the scale. */
function lifetime({ lifetime: shape, varied }: Calibration, { calibrated }: Supply): string {
  const cases = kinds.map((kind) => {
    const cap = calibrated || kind !== 'live_action' ? shape.soft_cap[kind] : varied.soft_cap;
    const free = `${shape.median_views[kind]} * exp(${shape.sigma[kind]} * gauss(no, 'lifetime'))`;
    return `WHEN ${quoted(kind)} THEN ${cap} / (1 + ${cap} / (${free}))`;
  });
  return `CASE WHEN exponent IS NOT NULL THEN anchor_views ELSE CASE kind ${cases.join(' ')} END END`;
}

/**
 * Some live-action series, the larger the likelier, get a sequel: ordered by release in blocks, the second half of a
 * block continues the first. A sequel shares its root's genres, makers and cast.
 */
const franchises = `
  WITH chosen AS (
    SELECT no, row_number() OVER (ORDER BY no) - 1 AS r, greatest(count(*) OVER () // 5, 1) AS half
    FROM sized
    WHERE kind = 'live_action' AND exponent IS NULL AND u(no, 'franchise') < CASE WHEN lifetime > 2e7 THEN 0.35 ELSE 0.06 END
  ), pairs AS (
    SELECT a.no AS lead, b.no AS sequel FROM chosen a JOIN chosen b ON b.r = a.r + a.half WHERE a.r % (2 * a.half) < a.half
  )
  SELECT s.*, s.release_at::DATE AS release, coalesce(own.lead, s.no) AS root, follower.sequel AS sequel
  FROM sized s
    LEFT JOIN pairs own ON own.sequel = s.no
    LEFT JOIN pairs follower ON follower.lead = s.no
  ORDER BY s.no`;
