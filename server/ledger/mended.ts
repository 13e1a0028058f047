import { flagOf, maybeNumber, numberOf, textOf } from '../warehouse/row-values.ts';
import type { ReadSession, WriteSession } from '../warehouse/warehouse.ts';

/** Gives each mending import its place anew: the earliest committed one of those it comes from, else its own. */
export async function placeImports(session: WriteSession): Promise<void> {
  const rows = await session.all({
    text: `SELECT import_no, mends_no, status = 'committed' AS holds FROM import
      WHERE mends_no IS NOT NULL OR import_no IN (SELECT mends_no FROM import)`,
    values: [],
  });
  const imports = new Map(rows.map((row) => [numberOf(row, 'import_no'), row]));
  for (const [importNo, row] of imports) {
    if (row.mends_no === null) continue;
    let place = importNo;
    for (
      let at: typeof row | undefined = imports.get(numberOf(row, 'mends_no'));
      at;
      at = imports.get(maybeNumber(at, 'mends_no') ?? 0)
    )
      if (flagOf(at, 'holds')) place = numberOf(at, 'import_no');
    await session.run({ text: 'UPDATE import SET place_no = $2 WHERE import_no = $1', values: [importNo, place] });
  }
}

/** Whether imports of a source share places. */
export async function hasMended(session: ReadSession, sourceKey: number): Promise<boolean> {
  const [row] = await session.all({
    text: `SELECT count(*) > 0 AS found FROM import WHERE source_key = $1 AND mends_no IS NOT NULL AND status = 'committed'`,
    values: [sourceKey],
  });
  return flagOf(row, 'found');
}

/** The days of imports with those of the others in their places: a range that one of them replaces is that of all. */
export async function placeExtents(session: ReadSession, importNos: readonly number[]): Promise<Extent[]> {
  const rows = await session.all({
    text: `SELECT source_key, min(from_day)::VARCHAR AS first, max(to_day)::VARCHAR AS last FROM import
      WHERE status = 'committed' AND kind = 'log' AND from_day IS NOT NULL
        AND place_no IN (SELECT place_no FROM import WHERE list_contains($1::INTEGER[], import_no))
      GROUP BY source_key, place_no`,
    values: [importNos],
  });
  return rows.map((row) => ({
    sourceKey: numberOf(row, 'source_key'),
    from: textOf(row, 'first'),
    to: textOf(row, 'last'),
  }));
}

/**
 * SQL condition on the snapshots whose counting hangs on these imports: those of imports in their places, and where one
 * of a place replaces a range, all that its source states in it.
 */
export async function touchedBy(session: ReadSession, importNos: readonly number[]): Promise<string> {
  const rows = await session.all({
    text: `SELECT source_key, place_no, bool_or(mode = 'replace_range') AS replaces, min(from_day)::VARCHAR AS first, max(to_day)::VARCHAR AS last
      FROM import WHERE status = 'committed' AND kind = 'log'
        AND place_no IN (SELECT place_no FROM import WHERE list_contains($1::INTEGER[], import_no))
      GROUP BY source_key, place_no`,
    values: [importNos],
  });
  const places = rows.map((row) => numberOf(row, 'place_no')).join(', ');
  const ranges = rows.flatMap(({ source_key: source, replaces, first, last }) =>
    replaces === true && first !== null
      ? [`source_key = ${Number(source)} AND day BETWEEN DATE '${String(first)}' AND DATE '${String(last)}'`]
      : [],
  );
  const own = `import_no IN (SELECT import_no FROM import WHERE list_contains([${places}]::INTEGER[], place_no))`;
  return `(${[own, ...ranges].join(' OR ')})`;
}

/** Columns by which a row is the same statement, whatever aliases make of its names. */
export const STATED: Readonly<Record<string, string>> = {
  series_key: 'coalesce(t.stated_key, t.series_key)',
  platform_key: 'coalesce(t.stated_platform_key, t.platform_key)',
  region_key: 'CASE WHEN t.region_left_out THEN NULL ELSE t.region_key END',
  episode: 't.episode',
  day: 't.day',
  instant: 't.instant',
  currency: 't.currency',
};

export const sameRow = (a: string, b: string) =>
  Object.keys(STATED)
    .map((c) => `${a}.${c} IS NOT DISTINCT FROM ${b}.${c}`)
    .join(' AND ');

/** SQL condition: a row of the log says what a committed import of its place says already. */
export const isRepeated = (row: string): string =>
  `EXISTS (FROM mended_repeat m JOIN import o ON o.import_no = m.of_import_no AND o.status = 'committed'
    WHERE m.import_no = ${row}.import_no AND ${Object.entries(STATED)
      .map(([column, sql]) => `m.${column} IS NOT DISTINCT FROM ${sql.replaceAll('t.', `${row}.`)}`)
      .join(' AND ')})`;

export interface Extent {
  readonly sourceKey: number;
  /** Business days, ISO, inclusive. */
  readonly from: string;
  readonly to: string;
}
