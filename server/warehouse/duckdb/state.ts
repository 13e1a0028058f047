import { z } from 'zod';
import { LOG_COLUMNS, type LogColumn, OPENED_COLUMNS } from '../../contract/columns.ts';
import type { DatasetState, RatesState, ResultRow, Statement } from '../warehouse.ts';

const settingsSchema = z.object({ time_zone: z.string(), version: z.string(), domestic_regions: z.string() });
const totalsSchema = z.object({
  rows: z.number(),
  series: z.number(),
  producers: z.number(),
  synthetic: z.boolean(),
  has_episodes: z.boolean(),
});
const sourceSchema = z.object({
  id: z.string(),
  from: z.string(),
  to: z.string(),
  rows: z.number(),
  coverage: z.enum(['census', 'chart']),
});

const ratesSchema = z.object({ currency: z.string(), from: z.string(), to: z.string() });

/** Cheap: counts come from rollups and imports. */
export async function loadState(all: (statement: Statement) => Promise<readonly ResultRow[]>): Promise<DatasetState> {
  const ask = (text: string) => all({ text, values: [] });
  const settings = settingsSchema.parse(
    Object.fromEntries((await ask('SELECT name, value FROM dataset')).map((r) => [String(r.name), r.value])),
  );
  const [totalsRow] = await ask(`
    SELECT (SELECT count(*) FROM view_log) AS rows,
      (SELECT count(*) FROM series) AS series,
      (SELECT count(DISTINCT producer) FROM series WHERE producer <> '(unknown)') AS producers,
      (SELECT coalesce(bool_or(synthetic), false) FROM import WHERE status = 'committed') AS synthetic,
      (SELECT coalesce(bool_or(json_exists(mapping, '$.episode')), false) FROM import WHERE status = 'committed') AS has_episodes`);
  const totals = totalsSchema.parse(totalsRow);
  const span = { from: await outermostDay(ask, 'min'), to: await outermostDay(ask, 'max') };
  const sources = await ask(`
    SELECT s.id, min(from_day) AS "from", max(to_day) AS "to", sum(rows_committed)::BIGINT AS rows, any_value(s.coverage) AS coverage
    FROM import JOIN source s USING (source_key)
    WHERE status = 'committed' AND kind = 'log' AND from_day IS NOT NULL
    GROUP BY s.id ORDER BY s.id`);
  return {
    version: settings.version,
    from: span.from,
    asOf: span.to,
    rows: totals.rows,
    series: totals.series,
    producers: totals.producers,
    timeZone: settings.time_zone,
    domesticRegions: settings.domestic_regions.split(',').filter(Boolean),
    currencies: await currencies(ask),
    rates: await rates(ask),
    sources: sourceSchema.array().parse(sources),
    columns: await filledColumns(ask),
    hasEpisodes: totals.has_episodes,
    synthetic: totals.synthetic,
  };
}

const OPENED: ReadonlySet<LogColumn> = new Set(OPENED_COLUMNS);
const daySchema = z.object({ day: z.string().nullable() });
/** Of `series_day`, whose rows may state nothing: blank rows count too. */
const ANY_NUMBER = `coalesce(${LOG_COLUMNS.filter((name) => name !== 'heat')
  .flatMap((name) => [name, ...(OPENED.has(name) ? [`opening_${name}`] : [])])
  .map((name) => `${name}::DOUBLE`)
  .join(', ')}) IS NOT NULL`;

/** Days with a number; heat is kept by the month only. */
async function outermostDay(
  ask: (text: string) => Promise<readonly ResultRow[]>,
  which: 'min' | 'max',
): Promise<string | null> {
  const day = async (text: string) => daySchema.parse((await ask(text))[0]).day;
  const end = await day(`SELECT ${which}(day) AS day FROM series_day`);
  if (end === null) return null;
  const plain = await ask(`SELECT 1 FROM series_day WHERE day = '${end}' AND ${ANY_NUMBER} LIMIT 1`);
  if (plain.length > 0) return end;
  const counted = await day(`SELECT ${which}(day) AS day FROM series_day WHERE ${ANY_NUMBER}`);
  const hot = await day(`SELECT ${which}(day) AS day FROM view_log WHERE heat IS NOT NULL`);
  if (counted === null || hot === null) return counted ?? hot;
  return (which === 'min') === counted < hot ? counted : hot;
}

async function currencies(ask: (text: string) => Promise<readonly ResultRow[]>): Promise<readonly string[]> {
  const rows = await ask(`SELECT value FROM dataset WHERE name = 'currencies'`);
  return z
    .object({ value: z.string() })
    .array()
    .parse(rows)
    .flatMap((r) => r.value.split(',').filter(Boolean));
}

async function rates(ask: (text: string) => Promise<readonly ResultRow[]>): Promise<RatesState | null> {
  const rows = ratesSchema
    .array()
    .parse(await ask('SELECT currency, min(day) AS "from", max(day) AS "to" FROM currency_rate GROUP BY 1 ORDER BY 1'));
  const [from] = rows.map((row) => row.from).sort();
  const to = rows
    .map((row) => row.to)
    .sort()
    .at(-1);
  return from === undefined || to === undefined ? null : { currencies: rows.map((row) => row.currency), from, to };
}

/** From the month rollup, which also keeps heat. */
async function filledColumns(ask: (text: string) => Promise<readonly ResultRow[]>): Promise<ReadonlySet<LogColumn>> {
  const column = (name: LogColumn) => (name === 'heat' ? 'heat_max' : name);
  const counts = LOG_COLUMNS.map((name) => `count(${column(name)}) > 0 AS ${name}`).join(', ');
  const [row] = await ask(`SELECT ${counts} FROM platform_month`);
  return new Set(LOG_COLUMNS.filter((name) => row?.[name] === true));
}
