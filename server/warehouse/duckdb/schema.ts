/**
 * Migrations run once, in order, in a transaction each. Rows are staged, keyed and appended to `view_log`; rows that do
 * not count wait in `view_log_hidden`, so that an undo brings them back. Counters rest in `snapshot`; their increments
 * are `derived`. `*_month` and `series_day` are rollups in the same transaction.
 */

const measured = `
  views BIGINT, valid_views BIGINT, viewers BIGINT, watch_seconds DOUBLE, completions BIGINT,
  likes BIGINT, comments BIGINT, shares BIGINT, favourites BIGINT, revenue DOUBLE, spend DOUBLE, heat DOUBLE`;

const logRow = `
  import_no INTEGER NOT NULL,
  source_key SMALLINT NOT NULL,
  series_key INTEGER NOT NULL,
  stated_key INTEGER,
  platform_key SMALLINT NOT NULL,
  region_key SMALLINT NOT NULL,
  episode INTEGER,
  day DATE NOT NULL,
  instant TIMESTAMP,
  kind log_kind NOT NULL,
  derived BOOLEAN NOT NULL,
  estimated BOOLEAN NOT NULL,
  currency VARCHAR,
  ${measured}`;

const catalogFields = `
  title VARCHAR, title_en VARCHAR, producers VARCHAR[], rights_holder VARCHAR, producer_region VARCHAR,
  genres VARCHAR[], channel VARCHAR, format VARCHAR, production VARCHAR, franchise VARCHAR, "cast" VARCHAR[],
  language VARCHAR, origin VARCHAR, release_day DATE, release_at TIMESTAMP, episodes INTEGER, paywall_episode INTEGER`;

const additive = `
  views BIGINT, valid_views BIGINT, watch_seconds DOUBLE, completions BIGINT, likes BIGINT, comments BIGINT,
  shares BIGINT, favourites BIGINT, revenue DOUBLE, spend DOUBLE,
  opening_views BIGINT, opening_valid_views BIGINT, viewers BIGINT`;

export const MIGRATIONS: readonly string[] = [
  `
  CREATE TYPE log_kind AS ENUM ('increment', 'opening', 'snapshot');
  CREATE TYPE market AS ENUM ('domestic', 'overseas', '(unknown)');
  CREATE TABLE dataset (name VARCHAR PRIMARY KEY, value VARCHAR NOT NULL);
  CREATE TABLE import (
    import_no INTEGER PRIMARY KEY, import_id VARCHAR NOT NULL, filename VARCHAR NOT NULL, source_key SMALLINT NOT NULL,
    kind VARCHAR NOT NULL, status VARCHAR NOT NULL, mode VARCHAR NOT NULL, views_are VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL, bytes BIGINT NOT NULL, synthetic BOOLEAN NOT NULL,
    rows_read BIGINT NOT NULL, rows_committed BIGINT NOT NULL, rows_rejected BIGINT NOT NULL, rows_unchanged BIGINT NOT NULL,
    from_day DATE, to_day DATE, started_at TIMESTAMP NOT NULL, finished_at TIMESTAMP,
    error_code VARCHAR, error_detail VARCHAR, mapping VARCHAR NOT NULL, options VARCHAR NOT NULL, warnings VARCHAR NOT NULL
  );
  CREATE TABLE reject (
    import_no INTEGER NOT NULL, line BIGINT NOT NULL, "column" VARCHAR, value VARCHAR, reason VARCHAR NOT NULL, raw VARCHAR
  );
  -- Dictionaries only grow: a key once given to a text stays its key, also after an undo.
  CREATE TABLE source (source_key SMALLINT NOT NULL, id VARCHAR NOT NULL, coverage VARCHAR NOT NULL);
  CREATE TABLE platform (platform_key SMALLINT NOT NULL, id VARCHAR NOT NULL, zh VARCHAR NOT NULL, en VARCHAR NOT NULL, home_region VARCHAR);
  CREATE TABLE region (region_key SMALLINT NOT NULL, id VARCHAR NOT NULL, market market NOT NULL);
  -- resolved_key: the series that this name is the title of, as far as the catalogue knows one; else its own key.
  -- Rows whose name was resolved carry the name's own key in stated_key, so that an undo can part them again.
  CREATE TABLE series_key (series_key INTEGER NOT NULL, series_id VARCHAR NOT NULL, resolved_key INTEGER NOT NULL);
  -- What each import says of each series; per field the latest import with a value holds.
  CREATE TABLE series_statement (
    import_no INTEGER NOT NULL, series_key INTEGER NOT NULL, title_key VARCHAR, ${catalogFields});
  -- How each import writes a name, per language where it states both.
  CREATE TABLE label_statement (
    import_no INTEGER NOT NULL, dimension VARCHAR NOT NULL, id VARCHAR NOT NULL, zh VARCHAR NOT NULL, en VARCHAR);
  CREATE TABLE label (dimension VARCHAR NOT NULL, id VARCHAR NOT NULL, zh VARCHAR NOT NULL, en VARCHAR NOT NULL);
  CREATE TABLE view_log (${logRow});
  CREATE TABLE view_log_hidden (${logRow}, reason VARCHAR NOT NULL);
  CREATE TABLE snapshot (${logRow});
  -- The most frequent gap between snapshots of a source, in hours.
  CREATE TABLE counter_step (source_key SMALLINT NOT NULL, hours DOUBLE NOT NULL);

  -- Derived: rebuilt from the tables above in the transaction that changes them.
  CREATE TABLE series (
    series_key INTEGER NOT NULL, series_id VARCHAR NOT NULL, ${catalogFields},
    producer VARCHAR NOT NULL, primary_genre VARCHAR NOT NULL, release_month DATE
  );
  CREATE TABLE series_genre (series_key INTEGER NOT NULL, member VARCHAR NOT NULL);
  CREATE TABLE series_producer (series_key INTEGER NOT NULL, member VARCHAR NOT NULL);
  CREATE TABLE series_cast (series_key INTEGER NOT NULL, member VARCHAR NOT NULL);
  -- One row per business day, series and market. timed = every row of it has a time of day.
  CREATE TABLE series_day (
    day DATE NOT NULL, series_key INTEGER NOT NULL, market market NOT NULL, timed BOOLEAN NOT NULL, ${additive}
  );
  -- One row per calendar month, series and market.
  CREATE TABLE series_month (month DATE NOT NULL, series_key INTEGER NOT NULL, market market NOT NULL, ${additive});
  -- One row per calendar month, series, platform, region and source.
  CREATE TABLE platform_month (
    month DATE NOT NULL, series_key INTEGER NOT NULL, platform_key SMALLINT NOT NULL, region_key SMALLINT NOT NULL,
    source_key SMALLINT NOT NULL, ${additive}, heat_max DOUBLE, heat_sum DOUBLE, heat_rows BIGINT
  );
  `,
  // One unit of the currency is worth so many units of the base; the latest import's statement of a day holds.
  `
  CREATE TABLE currency_rate (
    import_no INTEGER NOT NULL, day DATE NOT NULL, currency VARCHAR NOT NULL, base VARCHAR NOT NULL, rate DOUBLE NOT NULL
  );
  `,
  `
  -- What the user said of two names: from_id is into_id, until it is undone. With a platform or a source it parts what
  -- that one states of a series instead.
  CREATE TABLE alias (
    alias_no INTEGER NOT NULL, alias_id VARCHAR NOT NULL, dimension VARCHAR NOT NULL, from_id VARCHAR NOT NULL, into_id VARCHAR NOT NULL,
    platform VARCHAR, source VARCHAR, made_at TIMESTAMP NOT NULL, undone_at TIMESTAMP);
  -- Suggestions that the user does not want to see again; one < other.
  CREATE TABLE alias_dismissed (dimension VARCHAR NOT NULL, one VARCHAR NOT NULL, other VARCHAR NOT NULL);
  -- Derived from the aliases that hold, as the rows carry it.
  CREATE TABLE platform_merged (platform_key SMALLINT NOT NULL, into_key SMALLINT NOT NULL);
  CREATE TABLE series_parted (series_key INTEGER NOT NULL, source_key SMALLINT, platform_key SMALLINT, into_key INTEGER NOT NULL);
  ${['view_log', 'view_log_hidden', 'snapshot']
    .map(
      (table) => `ALTER TABLE ${table} ADD COLUMN stated_platform_key SMALLINT;
  ALTER TABLE ${table} ADD COLUMN region_left_out BOOLEAN;`,
    )
    .join('\n  ')}
  `,
  // By how much a rounded counter may be off (`1.9亿`: ±5 000 000); null if not rounded.
  'ALTER TABLE snapshot ADD COLUMN rounding DOUBLE',
  // How an import's rejected lines are read when they come back mended.
  'CREATE TABLE reject_header (import_no INTEGER NOT NULL, delimiter VARCHAR NOT NULL, header VARCHAR NOT NULL)',
  // mends_no: the import whose rejects, mended, this one brings. place_no: the import in whose place its rows count, the
  // earliest committed one of those it mends and itself. mended_repeat: its rows that say what rows of another import of
  // that place say, by what the files state; they count where that one does not.
  `
  ALTER TABLE import ADD COLUMN mends_no INTEGER;
  ALTER TABLE import ADD COLUMN place_no INTEGER;
  UPDATE import SET place_no = import_no;
  CREATE TABLE mended_repeat (
    import_no INTEGER NOT NULL, of_import_no INTEGER NOT NULL, series_key INTEGER NOT NULL, platform_key SMALLINT NOT NULL,
    region_key SMALLINT, episode INTEGER, day DATE NOT NULL, instant TIMESTAMP, currency VARCHAR);
  `,
  // Null if dismissed before this was kept.
  'ALTER TABLE alias_dismissed ADD COLUMN dismissed_at TIMESTAMP',
  // Rules the file was read by (`reading-rules.ts`); null before this was kept.
  'ALTER TABLE import ADD COLUMN rules VARCHAR',
];
