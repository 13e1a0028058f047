/** The committed lists of `data/demo` (word parts, mixes, supply, club) as tables of the generator's engine. */
import { dataFile } from './calibration.ts';
import { type Database, quoted } from './database.ts';

/** Table name = file name in `data/demo`; columns with their types, in the file's order. */
const lists: Record<string, string> = {
  supply: 'month DATE, live_action INTEGER, overseas_original INTEGER, comic INTEGER, ai INTEGER, other INTEGER',
  club: '"from" DATE, "to" DATE, members INTEGER, by_tinghua INTEGER, male_channel INTEGER',
  named_series: `title VARCHAR, title_en VARCHAR, producers VARCHAR, rights_holder VARCHAR, producer_region VARCHAR,
    genres VARCHAR, channel VARCHAR, franchise VARCHAR, "cast" VARCHAR, release_at TIMESTAMP, episodes INTEGER,
    anchor_day DOUBLE, anchor_views DOUBLE, exponent DOUBLE, taper_days INTEGER`,
  platform_mix: `platform VARCHAR, region VARCHAR, live DOUBLE, comic DOUBLE, overseas_original DOUBLE,
    heat_gain DOUBLE, heat_cap DOUBLE, heat_gain_before DOUBLE, heat_cap_before DOUBLE`,
  genre_mix: `genre VARCHAR, labels VARCHAR, voice VARCHAR, live_female DOUBLE, live_male DOUBLE, comic DOUBLE,
    comic_fantasy DOUBLE, overseas DOUBLE`,
  tag_mix: 'labels VARCHAR, live_female DOUBLE, live_male DOUBLE, comic DOUBLE, overseas DOUBLE',
  title_openings: 'voice VARCHAR, zh VARCHAR, en VARCHAR',
  title_cores: 'genre VARCHAR, zh VARCHAR, en VARCHAR',
  title_endings: 'voice VARCHAR, zh VARCHAR, en VARCHAR',
  producer_words: 'zh VARCHAR, en VARCHAR',
  producer_suffixes: 'zh VARCHAR, en VARCHAR',
  producer_regions: 'zh VARCHAR, country VARCHAR, weight DOUBLE',
  overseas_studios: 'zh VARCHAR, en VARCHAR, country VARCHAR, language VARCHAR, weight DOUBLE',
  surnames: 'zh VARCHAR, en VARCHAR',
  given_names: 'zh VARCHAR, en VARCHAR',
  overseas_cast: 'zh VARCHAR, en VARCHAR',
};

/** Splits a column list at its commas and gives it as the struct that read_csv wants. */
function columnStruct(columns: string): string {
  const parts = columns.split(',').map((part) => part.trim().replaceAll('"', '').split(/\s+/));
  return `{${parts.map(([name = '', type = '']) => `${quoted(name)}: ${quoted(type)}`).join(', ')}}`;
}

/** Loads every list; each table has a `line` column (from 1) that keeps the file's order. */
export async function loadReference(db: Database): Promise<void> {
  for (const [name, columns] of Object.entries(lists)) {
    const file = quoted(dataFile(`demo/${name}.csv`));
    await db.run(`CREATE TABLE ${name} AS SELECT row_number() OVER () AS line, *
      FROM read_csv(${file}, header = true, delim = ',', quote = '"', columns = ${columnStruct(columns)})`);
  }
}
