/** Imports that mend others stand in the place of those: what is asked of places. */
import { flagOf, maybeNumber, maybeText, numberOf, textOf } from '../warehouse/row-values.ts';
import type { ReadSession, ResultRow, WriteSession } from '../warehouse/warehouse.ts';
import { anyMended, daysOfPlaces, inPlacesOrRanges, mendingImports, putPlace, rangesOfPlaces } from './history-sql.ts';

/** Sets the place of each mending import: the earliest committed one of those it comes from, else its own. */
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

/** Whether imports of a source share places. */
export async function hasMended(session: ReadSession, sourceKey: number): Promise<boolean> {
  const [row] = await session.all(anyMended(sourceKey));
  return flagOf(row, 'found');
}

/** The days of imports with those of the others in their places: a range that one of them replaces is that of all. */
export async function placeExtents(session: ReadSession, importNos: readonly number[]): Promise<Extent[]> {
  const rows = await session.all(daysOfPlaces(importNos));
  return rows.map(extentOf);
}

/**
 * SQL condition on the snapshots whose counting hangs on these imports: those of imports in their places, and if one
 * of a place replaces a range, all that its source states in it.
 */
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
