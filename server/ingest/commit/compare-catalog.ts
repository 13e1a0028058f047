/** What a catalogue file changes: each series that it states, as the catalogue held before and after. */

import { CATALOG_COLUMNS } from '../../ledger/catalog.ts';
import { numberOf } from '../../warehouse/row-values.ts';
import type { WriteSession } from '../../warehouse/warehouse.ts';
import type { Language } from '../../wording.ts';
import { type Comparison, fieldLabel } from './compare.ts';

const BEFORE = 'catalog_before';
const COMPARED = [...CATALOG_COLUMNS, 'release_day', 'release_at'];

/** Keeps the catalogue as it is, in a temporary table; call it before the import's statements are derived. */
export async function keepCatalog(session: WriteSession): Promise<void> {
  await session.run({ text: `CREATE OR REPLACE TEMP TABLE ${BEFORE} AS FROM series`, values: [] });
}

/** The series that a statement speaks of, whatever names lead there. */
const STATED = `SELECT DISTINCT s.import_no, coalesce(x.into_key, k.resolved_key) AS series_key
  FROM series_statement s JOIN series_key k ON k.series_key = s.series_key JOIN import i ON i.import_no = s.import_no
    LEFT JOIN series_parted x ON x.series_key = s.series_key AND x.source_key = i.source_key`;

/**
 * Compares by series, once its statements are derived: new where no other import states anything of it, changed where
 * a field that holds is another now. A field that a later import or the series' own name overrules changes nothing.
 */
export async function compareCatalog(session: WriteSession, importNo: number): Promise<Comparison> {
  const same = COMPARED.map((c) => `a.${c} IS NOT DISTINCT FROM b.${c}`).join(' AND ');
  await session.run({
    text: `CREATE OR REPLACE TEMP TABLE compared_series AS
      WITH stated AS (${STATED})
      SELECT m.series_key, CASE WHEN o.series_key IS NULL OR b.series_key IS NULL THEN 'new'
        WHEN ${same} THEN 'identical' ELSE 'changed' END AS outcome
      FROM (SELECT series_key FROM stated WHERE import_no = $1) m
        LEFT JOIN (SELECT DISTINCT series_key FROM stated WHERE import_no <> $1) o USING (series_key)
        LEFT JOIN series a USING (series_key) LEFT JOIN ${BEFORE} b USING (series_key)`,
    values: [importNo],
  });
  const ask = (text: string) => session.all({ text, values: [] });
  const counted = await ask('SELECT outcome, count(*) AS n FROM compared_series GROUP BY outcome');
  const of = (outcome: string) =>
    counted.filter((row) => row.outcome === outcome).reduce((sum, row) => sum + numberOf(row, 'n'), 0);
  const samples = await ask(`SELECT a.*, ${COMPARED.map((c) => `b.${c} AS ${was(c)}`).join(', ')}
    FROM compared_series c JOIN series a USING (series_key) JOIN ${BEFORE} b USING (series_key)
    WHERE outcome = 'changed' ORDER BY a.series_id LIMIT 10`);
  for (const table of ['compared_series', BEFORE]) await session.run({ text: `DROP TABLE ${table}`, values: [] });
  return {
    overlaps: false,
    new: of('new'),
    changed: of('changed'),
    identical: of('identical'),
    samples: samples.map((row) => {
      const fields = COMPARED.map(plain).filter((c) => say(row[c]) !== say(row[was(c)]));
      const told = (name: (column: string) => string, comma: string) => ({
        key: say(row.series_id),
        before: fields.map((c) => `${name(c)} ${say(row[was(c)])}`).join(comma),
        after: fields.map((c) => `${name(c)} ${say(row[c])}`).join(comma),
      });
      const inLanguage = (language: Language, comma: string) => told((c) => fieldLabel(c, language), comma);
      return { ...told((c) => c, ', '), label: { en: inLanguage('en', ', '), zh: inLanguage('zh', '，') } };
    }),
  };
}

const plain = (column: string) => column.replaceAll('"', '');
const was = (column: string) => `was_${plain(column)}`;

function say(value: unknown): string {
  if (value === null || value === undefined) return '—';
  return Array.isArray(value) ? value.join('/') : String(value);
}
