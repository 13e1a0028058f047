/** What an import changes: its rows against the rows that counted before it. */

import { FIELD_LABELS } from '../../contract/fields.ts';
import { type Change, COUNT_FIELDS, type DryRun, fieldSchema } from '../../contract/imports.ts';
import { type Extent, isRepeated } from '../../ledger/mended.ts';
import { REPLACED_RANGES } from '../../ledger/settle.ts';
import { regionLabel } from '../../vocabulary/regions.ts';
import { numberOf, textOf } from '../../warehouse/row-values.ts';
import type { ResultRow, Statement, WriteSession } from '../../warehouse/warehouse.ts';
import type { Language } from '../../wording.ts';
import { MAXIMA, type Mending, spanRows, type Target } from './write.ts';

export interface Comparison {
  /** Whether earlier imports of the source touch the same days. */
  readonly overlaps: boolean;
  readonly new: number;
  readonly changed: number;
  /** Rows that change nothing: those that say the same, and of mended rejects those of keys that a later import states. */
  readonly identical: number;
  /** Of these, the latter. */
  readonly later?: number;
  /** Keys that counted before, of each day that a row is spread over, and that the file, replacing its range, does not state. */
  readonly replaced?: number;
  readonly samples: DryRun['changed_samples'];
  /** Of logs: the imports whose rows are changed, those of most rows first; at most three. */
  readonly changedOf?: readonly { readonly importId: string; readonly filename: string }[];
}

/** Rows of the file, each key once. */
export const rowsOf = (c: Comparison): number => c.new + c.changed + c.identical;

export function nothingBefore(rows: number): Comparison {
  return { overlaps: false, new: rows, changed: 0, identical: 0, samples: [] };
}

const COUNTS = new Set<string>(COUNT_FIELDS);

const KEY = ['series_key', 'platform_key', 'region_key', 'episode', 'day', 'instant', 'currency'] as const;

/** How many rows of the file there are by their keys, where nothing was before; `rows` are those that were written. */
export async function nothingBeforeRows(session: WriteSession, target: Target, rows: number): Promise<Comparison> {
  const spans = spanRows(target);
  if (spans === null) return nothingBefore(rows);
  const [row] = await session.all({ text: `SELECT count(*) AS n FROM (${spans}) WHERE day = first`, values: [] });
  return nothingBefore(numberOf(row, 'n'));
}

/**
 * Compares the import's rows, already written, with the source's other rows of the same days, key by key. A row that was
 * spread over the days of a week or a month counts once, as changed where only some of its days were there.
 */
export async function compareRows(
  session: WriteSession,
  table: string,
  target: Target,
  extent: Extent,
): Promise<Comparison> {
  const { mends, staged } = target;
  const measures = staged.measures;
  const same = measures.map((m) => `${m} IS NOT DISTINCT FROM was_${m}`).join(' AND ') || 'true';
  const counters = table === 'snapshot';
  const values = [extent.sourceKey, extent.from, extent.to, target.importNo];
  await session.run({
    text: `CREATE OR REPLACE TEMP TABLE compared AS
      WITH ${REPLACED_RANGES}, ${beforeSql(measures, counters)}, joined AS (
        SELECT ${mends ? joinedRow(measures, mends, counters) : 'a.*, coalesce(b.place_no > $4, false) AS later'}, b.day IS NULL AS fresh, b.place_no AS was_place,
          ${measures.map((m) => `b.${m} AS was_${m}`).join(', ')}
        FROM ${table} a LEFT JOIN before b ON ${KEY.map((k) => `a.${k} IS NOT DISTINCT FROM b.${k}`).join(' AND ')}
        WHERE a.import_no = $4 AND NOT a.derived)
      SELECT *, CASE WHEN fresh THEN 'new' WHEN later THEN 'later' WHEN ${same} THEN 'identical' ELSE 'changed' END AS outcome
      FROM joined`,
    values,
  });
  const replaced = target.plan.mode === 'replace_range' ? await countReplaced(session, counters, values) : 0;
  const changedOf = await session.all({
    text: `SELECT i.import_id, i.filename FROM compared c JOIN import i ON i.import_no = c.was_place
      WHERE outcome = 'changed' GROUP BY ALL ORDER BY count(*) DESC, max(i.import_no) LIMIT 3`,
    values: [],
  });
  const spans = spanRows(target);
  if (spans !== null) await session.run({ text: bySpan(target, spans), values: [] });
  const counted = await session.all({
    text: 'SELECT outcome, count(*) AS n FROM compared GROUP BY outcome',
    values: [],
  });
  const of = (outcome: string) =>
    counted.filter((row) => row.outcome === outcome).reduce((sum, row) => sum + numberOf(row, 'n'), 0);
  const samples = await session.all({
    text: `SELECT k.series_id, c.day::VARCHAR AS day, p.id AS platform, p.zh AS platform_zh, p.en AS platform_en, r.id AS region, c.* EXCLUDE (day)
      FROM compared c JOIN series_key k USING (series_key) JOIN platform p USING (platform_key) JOIN region r USING (region_key)
      WHERE outcome = 'changed' ORDER BY c.day, k.series_id LIMIT 10`,
    values: [],
  });
  await session.run({ text: 'DROP TABLE compared', values: [] });
  return {
    overlaps: true,
    new: of('new'),
    changed: of('changed'),
    identical: of('identical') + of('later'),
    later: of('later'),
    replaced,
    samples: samples.map((row) => sampleOf(row, measures)),
    changedOf: changedOf.map((row) => ({ importId: textOf(row, 'import_id'), filename: textOf(row, 'filename') })),
  };
}

/** What counted of each key before the import: of the snapshot table, which keeps all values, the latest place's. */
function beforeSql(measures: readonly string[], counters: boolean): string {
  const together = measures.map((m) => {
    if (counters || MAXIMA.has(m)) return `max(${m}) AS ${m}`;
    return COUNTS.has(m) ? `sum(${m})::BIGINT AS ${m}` : `sum(${m}) AS ${m}`;
  });
  const holding = counters
    ? `AND NOT EXISTS (FROM replaced_range r WHERE r.source_key = t.source_key AND r.place_no > i.place_no AND t.day BETWEEN r.from_day AND r.to_day)
      QUALIFY rank() OVER (PARTITION BY ${KEY.join(', ')} ORDER BY place_no DESC) = 1`
    : '';
  return `before AS (
    SELECT ${[...KEY, 'max(place_no) AS place_no', ...together].join(', ')} FROM (
      SELECT t.*, place_no FROM ${counters ? 'snapshot' : 'view_log'} t JOIN (SELECT import_no, place_no FROM import) i USING (import_no)
      WHERE t.source_key = $1 AND t.day BETWEEN $2::DATE AND $3::DATE AND import_no <> $4 AND NOT derived ${holding})
    GROUP BY ${KEY.join(', ')})`;
}

async function countReplaced(session: WriteSession, counters: boolean, values: Statement['values']): Promise<number> {
  const [row] = await session.all({
    text: `WITH ${REPLACED_RANGES}, ${beforeSql([], counters)}
      SELECT (SELECT count(*) FROM before) - (SELECT count(*) FROM compared WHERE NOT fresh) AS n`,
    values,
  });
  return numberOf(row, 'n');
}

/**
 * A mended row as it comes to count: with what its place says of the key already. `later`: it does not, because a later
 * place states the key.
 */
function joinedRow(measures: readonly string[], { placeNo }: Mending, counters: boolean): string {
  const beside = `b.place_no = ${placeNo}`;
  const joined = measures.map((m) => {
    const both =
      counters || MAXIMA.has(m)
        ? `greatest(a.${m}, b.${m})`
        : `CASE WHEN ${counters ? 'false' : isRepeated('a')} THEN b.${m} WHEN a.${m} IS NULL THEN b.${m} ELSE a.${m} + coalesce(b.${m}, 0) END`;
    return `CASE WHEN ${beside} THEN ${both} ELSE a.${m} END AS ${m}`;
  });
  const columns = measures.length > 0 ? `a.* REPLACE (${joined.join(', ')})` : 'a.*';
  return `${columns}, coalesce(b.place_no > ${placeNo}, false) AS later`;
}

function bySpan({ staged }: Target, spans: string): string {
  const keys = ['series_key', 'platform_key', 'region_key', 'currency', ...(staged.episode ? ['episode'] : [])];
  const whole = (m: string) => `${MAXIMA.has(m.replace('was_', '')) ? 'max' : 'sum'}(c.${m}) AS ${m}`;
  return `CREATE OR REPLACE TEMP TABLE compared AS
    SELECT ${keys.map((k) => `c.${k}`).join(', ')}, s.first || ' – ' || max(c.day) AS day,
      CASE WHEN min(outcome) = max(outcome) THEN min(outcome) ELSE 'changed' END AS outcome,
      ${staged.measures.flatMap((m) => [whole(m), whole(`was_${m}`)]).join(', ')}
    FROM compared c JOIN (${spans}) s ON c.day = s.day AND ${keys.map((k) => `c.${k} IS NOT DISTINCT FROM s.${k}`).join(' AND ')}
    GROUP BY ${keys.map((k) => `c.${k}`).join(', ')}, s.first`;
}

function sampleOf(row: ResultRow, measures: readonly string[]): DryRun['changed_samples'][number] {
  const changed = measures.filter((m) => row[m] !== row[`was_${m}`]);
  const text = (value: unknown) => (value === null || value === undefined ? '—' : String(value));
  const told = (key: readonly unknown[], name: (measure: string) => string, comma: string): Change => ({
    key: key.map(text).join(' · '),
    before: changed.map((m) => `${name(m)} ${text(row[`was_${m}`])}`).join(comma),
    after: changed.map((m) => `${name(m)} ${text(row[m])}`).join(comma),
  });
  const region = textOf(row, 'region');
  const inLanguage = (language: Language, comma: string) => {
    const platform = row.platform === UNKNOWN ? UNKNOWN_LABEL[language] : row[`platform_${language}`];
    const place = region === UNKNOWN ? UNKNOWN_LABEL[language] : (regionLabel(region)?.[language] ?? region);
    return told([row.series_id, platform, place, row.day], (m) => fieldLabel(m, language), comma);
  };
  return {
    ...told([row.series_id, row.platform, row.region, row.day], (m) => m, ', '),
    label: { en: inLanguage('en', ', '), zh: inLanguage('zh', '，') },
  };
}

const UNKNOWN = '(unknown)';
const UNKNOWN_LABEL = { en: 'unknown', zh: '未知' } as const;

/** What a column of a log, catalogue or table of rates is called. */
export function fieldLabel(column: string, language: Language): string {
  const field = fieldSchema.safeParse(column);
  return field.success ? FIELD_LABELS[field.data][language] : column;
}

/**
 * How many days of a series on a platform the import's rows share with other sources: sources add, so such views may
 * be counted twice.
 * @param rows SQL of a select of the import's rows
 */
export async function countOverlaps(session: WriteSession, rows: string, extent: Extent): Promise<number> {
  const values = [extent.sourceKey, extent.from, extent.to];
  const [others] = await session.all({
    text: `SELECT count(*) > 0 AS found FROM import WHERE status = 'committed' AND kind = 'log' AND source_key <> $1
      AND from_day <= $3::DATE AND to_day >= $2::DATE`,
    values,
  });
  if (others?.found !== true) return 0;
  const cell = 'series_key, platform_key, day';
  const [row] = await session.all({
    text: `SELECT count(*) AS n FROM (SELECT DISTINCT ${cell} FROM (${rows})) SEMI JOIN (
        SELECT ${cell} FROM view_log WHERE source_key <> $1 AND day BETWEEN $2::DATE AND $3::DATE) USING (${cell})`,
    values,
  });
  return numberOf(row, 'n');
}
