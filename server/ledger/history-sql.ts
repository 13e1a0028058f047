import { type Bound, sql } from '../warehouse/warehouse.ts';

const ENTRIES = 'SELECT i.*, s.id AS source FROM import i JOIN source s USING (source_key)';

export const newestFirst = sql(`${ENTRIES} ORDER BY import_no DESC`);
export const importOfId = (importId: string) => sql(`${ENTRIES} WHERE import_id = $1`, [importId]);
export const committedOfBytes = (sha256: string) =>
  sql(`${ENTRIES} WHERE sha256 = $1 AND status = 'committed' ORDER BY import_no`, [sha256]);
export const latestCommittedLog = (source: string) =>
  sql(`${ENTRIES} WHERE s.id = $1 AND i.status = 'committed' AND i.kind = 'log' ORDER BY import_no DESC LIMIT 1`, [
    source,
  ]);

export const nextNumber = sql('SELECT coalesce(max(import_no), 0) + 1 AS n FROM import');

const WRITTEN = [
  'import_no',
  'import_id',
  'filename',
  'source_key',
  'kind',
  'status',
  'mode',
  'views_are',
  'sha256',
  'bytes',
  'synthetic',
  'rows_read',
  'rows_committed',
  'rows_rejected',
  'rows_unchanged',
  'from_day',
  'to_day',
  'started_at',
  'finished_at',
  'error_code',
  'error_detail',
  'mapping',
  'options',
  'warnings',
] as const;

/** In its own place. The number of an undone import may be used again. */
export const putImport = (row: Readonly<Record<(typeof WRITTEN)[number], Bound>>) =>
  sql(
    `INSERT OR REPLACE INTO import (${WRITTEN.join(', ')}, place_no)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16::DATE, $17::DATE,
        $18::TIMESTAMPTZ AT TIME ZONE 'UTC', $19::TIMESTAMPTZ AT TIME ZONE 'UTC', $20, $21, $22, $23, $24, $1)`,
    WRITTEN.map((column) => row[column]),
  );

/** @param warnings JSON @param rules null: they stay */
export const putFindings = (importNo: number, warnings: string, unchanged: number, rules: string | null) =>
  sql('UPDATE import SET warnings = $2, rows_unchanged = $3, rules = coalesce($4, rules) WHERE import_no = $1', [
    importNo,
    warnings,
    unchanged,
    rules,
  ]);

export const copyUnderNumber = (importNo: number, number: number) =>
  sql(
    `INSERT INTO import SELECT * REPLACE ($2::INTEGER AS import_no, $2::INTEGER AS place_no, NULL::INTEGER AS mends_no)
      FROM import WHERE import_no = $1`,
    [importNo, number],
  );

export const rejectsOf = (importNo: number, most: number, from: number) =>
  sql(
    'SELECT line, "column", value, reason, raw FROM reject WHERE import_no = $1 ORDER BY line, rowid LIMIT $2 OFFSET $3',
    [importNo, most, from],
  );

/** Imports that mend others, and those others. */
export const mendingImports = sql(`SELECT import_no, mends_no, status = 'committed' AS holds FROM import
      WHERE mends_no IS NOT NULL OR import_no IN (SELECT mends_no FROM import)`);

export const putPlace = (importNo: number, place: number) =>
  sql('UPDATE import SET place_no = $2 WHERE import_no = $1', [importNo, place]);

export const anyMended = (sourceKey: number) =>
  sql(
    `SELECT count(*) > 0 AS found FROM import WHERE source_key = $1 AND mends_no IS NOT NULL AND status = 'committed'`,
    [sourceKey],
  );

const COMMITTED_LOG = `status = 'committed' AND kind = 'log'`;
/** Condition: an import in the place of one of the imports $1. */
const IN_PLACES = 'place_no IN (SELECT place_no FROM import WHERE list_contains($1::INTEGER[], import_no))';

export const daysOfPlaces = (importNos: readonly number[]) =>
  sql(
    `SELECT source_key, min(from_day)::VARCHAR AS first, max(to_day)::VARCHAR AS last FROM import
      WHERE ${COMMITTED_LOG} AND from_day IS NOT NULL AND ${IN_PLACES}
      GROUP BY source_key, place_no`,
    [importNos],
  );

export const rangesOfPlaces = (importNos: readonly number[]) =>
  sql(
    `SELECT source_key, place_no, bool_or(mode = 'replace_range') AS replaces, min(from_day)::VARCHAR AS first, max(to_day)::VARCHAR AS last
      FROM import WHERE ${COMMITTED_LOG} AND ${IN_PLACES}
      GROUP BY source_key, place_no`,
    [importNos],
  );

/** Condition: a row of imports in these places, or of a source on replaced days. */
export const inPlacesOrRanges = (
  places: readonly number[],
  ranges: readonly { readonly sourceKey: number; readonly from: string; readonly to: string }[],
): string => {
  const own = `import_no IN (SELECT import_no FROM import WHERE list_contains([${places.join(', ')}]::INTEGER[], place_no))`;
  const within = ranges.map(
    ({ sourceKey, from, to }) => `source_key = ${sourceKey} AND day BETWEEN DATE '${from}' AND DATE '${to}'`,
  );
  return `(${[own, ...within].join(' OR ')})`;
};

const UNDONE_TABLES = [
  'view_log',
  'view_log_hidden',
  'snapshot',
  'series_statement',
  'label_statement',
  'currency_rate',
  'reject',
  'reject_header',
  'mended_repeat',
] as const;

/** @param now ISO */
export const undo = (importNos: readonly number[], now: string) => {
  const undone = `import_no IN (${['-1', ...importNos].join(', ')})`;
  return [
    ...UNDONE_TABLES.map((table) => sql(`DELETE FROM ${table} WHERE ${undone}`)),
    sql(`UPDATE import SET status = 'undone', finished_at = $1::TIMESTAMPTZ AT TIME ZONE 'UTC' WHERE ${undone}`, [now]),
  ];
};

const INSTANT = `$1::TIMESTAMPTZ AT TIME ZONE 'UTC'`;

export const aliasesChangedSince = (moment: string) =>
  sql(
    `SELECT alias_no FROM alias WHERE made_at > ${INSTANT} AND undone_at IS NULL OR made_at <= ${INSTANT} AND undone_at > ${INSTANT}`,
    [moment],
  );

/** As at a moment (ISO): aliases that were undone later are restored, later ones are undone. */
export const aliasesAsAt = (moment: string) => [
  sql(`UPDATE alias SET undone_at = NULL WHERE undone_at > ${INSTANT}`, [moment]),
  sql(`UPDATE alias SET undone_at = made_at WHERE made_at > ${INSTANT}`, [moment]),
];
