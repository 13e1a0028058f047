/** The places of imports: one that mends another stands in its place. */
import { flagOf, maybeNumber, maybeText, numberOf, textOf } from '../warehouse/row-values.ts';
import type { ReadSession, ResultRow, WriteSession } from '../warehouse/warehouse.ts';
import { anyMended, daysOfPlaces, inPlacesOrRanges, mendingImports, putPlace, rangesOfPlaces } from './history-sql.ts';

/** The place of the earliest committed import that it comes from, else its own. */
export async function placeImports(session: WriteSession): Promise<void> {
  const rows = await session.all(mendingImports);
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
    await session.run(putPlace(importNo, place));
  }
}

export async function hasMended(session: ReadSession, sourceKey: number): Promise<boolean> {
  const [row] = await session.all(anyMended(sourceKey));
  return flagOf(row, 'found');
}

/** The days of imports and of all others in their places: a range that one replaces is replaced for all. */
export async function placeExtents(session: ReadSession, importNos: readonly number[]): Promise<Extent[]> {
  const rows = await session.all(daysOfPlaces(importNos));
  return rows.map(extentOf);
}

/** SQL condition: snapshots in the places of these imports, and in ranges that one of a place replaces. */
export async function touchedBy(session: ReadSession, importNos: readonly number[]): Promise<string> {
  const rows = await session.all(rangesOfPlaces(importNos));
  const replaced = rows.filter((row) => flagOf(row, 'replaces') && maybeText(row, 'first') !== null);
  return inPlacesOrRanges(
    rows.map((row) => numberOf(row, 'place_no')),
    replaced.map(extentOf),
  );
}

const extentOf = (row: ResultRow): Extent => ({
  sourceKey: numberOf(row, 'source_key'),
  from: textOf(row, 'first'),
  to: textOf(row, 'last'),
});

export interface Extent {
  readonly sourceKey: number;
  /** Business days, ISO, inclusive. */
  readonly from: string;
  readonly to: string;
}
