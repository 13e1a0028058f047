/**
 * From a file to `staged`: a row per row of the file, with typed values, the names that `keys.ts` turns into keys, and
 * `bad`, the number of the field that makes the row unusable (0 for none).
 */

import type { Field } from '../../contract/imports.ts';
import { flagOf, numberOf } from '../../warehouse/row-values.ts';
import type { StagingSession } from '../../warehouse/warehouse.ts';
import { EXTRA_ROWS } from '../cells/extra-rows.ts';
import * as values from '../cells/values.ts';
import type { DataFile } from '../read/source.ts';
import { findPartTotals } from './part-totals.ts';
import { markedSelect, markTotals } from './part-totals-sql.ts';
import { type ImportPlan, MEASURES } from './plan.ts';
import {
  allSound,
  countTotals,
  dropReaderTables,
  dropStagedTables,
  FROM_CELLS,
  inspect,
  makeCells,
  makeStaged,
  SAFE_TYPES,
  STAGED,
  STAGED_CELLS,
  stageSelect,
} from './stage-sql.ts';
import type { StagedColumns, StageExtras } from './staged-columns.ts';

export interface Staged extends StagedColumns {
  readonly rows: number;
  readonly bad: number;
  /** Rows that are no facts (`extra-rows.ts`), by kind; those that only their name shows are counted later. */
  readonly extra: Readonly<Record<string, number>>;
}

/** Fields whose first cells allow the plain reading. */
export function plainFields(plan: ImportPlan): Set<Field> {
  const plain = new Set<Field>();
  for (const { field, column } of plan.uses.values()) {
    if (NUMBERS.has(field) && SAFE_TYPES.has(column.type)) plain.add(field);
    const reading = field === 'time' ? (['date', 'local'] as const) : NUMBERS.has(field) ? (['number'] as const) : [];
    // Despite a decimal comma the engine's cast takes 1.234 for a fraction.
    if (NUMBERS.has(field) && plan.decimal === 'comma') continue;
    if (field === 'time' && plan.dates.format) continue;
    if (reading.some((r) => values.isPlain(r, column.cells))) plain.add(field);
  }
  return plain;
}

const NUMBERS = new Set<Field>([...MEASURES, 'episode', 'hour']);

/**
 * Delimited files become a temporary table, Parquet a view (its columns are cheap to read again). Columns that look
 * plain are read plainly; if a later cell is not plain, the file is read again with care.
 */
export async function stage(
  session: StagingSession,
  file: DataFile,
  plan: ImportPlan,
  extras: StageExtras = {},
): Promise<Staged> {
  const plain = extras.plain ? new Set(extras.plain) : plainFields(plan);
  for (;;) {
    for (const drop of dropReaderTables) await session.run(drop);
    const { sql: select, staged } = stageSelect(file, plan, { ...extras, plain });
    const delimited = file.format === 'csv';
    if (delimited) await session.run(makeCells(select));
    await session.run(makeStaged(delimited ? FROM_CELLS : select));
    const { counts, again } = await inspectStaged(session, plan, staged, plain);
    if (again.length === 0) {
      const sound = counts.bad === 0 && Object.values(counts.extra).every((rows) => rows === 0);
      // Each further pass over the file would look for faults in all columns again.
      if (sound && !delimited) await session.run(makeStaged(allSound(select)));
      const totals =
        extras.totals && plan.kind === 'log' && (await findPartTotals(session, STAGED, plan, staged, extras.totals));
      if (totals) {
        // Rows that are sums of others (`part-totals.ts`).
        await session.run(delimited ? markTotals(STAGED_CELLS, totals) : makeStaged(markedSelect(select, totals)));
        const [marked] = await session.all(countTotals);
        return { ...staged, ...counts, extra: { ...counts.extra, total: numberOf(marked, 'rows') } };
      }
      return { ...staged, ...counts };
    }
    for (const field of again) plain.delete(field);
  }
}

type Counts = Pick<Staged, 'rows' | 'bad' | 'extra'>;

/** Also names plain fields that need care: a cell is no number or date, or an extreme is out of range. */
async function inspectStaged(
  session: StagingSession,
  plan: ImportPlan,
  staged: StagedColumns,
  plain: ReadonlySet<Field>,
): Promise<{ counts: Counts; again: Field[] }> {
  const measured = [...staged.measures, ...(staged.episode ? ['episode'] : [])];
  const ranged = [...plan.uses.values()]
    .map(({ field }) => ({ field, name: field === 'watch_hours' ? 'watch_seconds' : field }))
    .filter(({ field, name }) => plain.has(field) && measured.includes(name));
  // A plain cell that is wrong for another reason is no better when read with care.
  const faults = staged.faults.flatMap((field, i) =>
    plain.has(field) && staged.reasons?.[i] === undefined ? [{ field, i }] : [],
  );
  const [row] = await session.all(
    inspect(
      faults.map(({ i }) => i),
      ranged.map(({ name }) => name),
    ),
  );
  const faulty = faults.filter(({ i }) => flagOf(row, `fault_${i}`)).map(({ field }) => field);
  const extreme = ranged.filter((_, i) => flagOf(row, `range_${i}`)).map(({ field }) => field);
  const extra = Object.fromEntries(Object.keys(EXTRA_ROWS).map((name) => [name, numberOf(row, `extra_${name}`)]));
  return {
    counts: { rows: numberOf(row, 'rows'), bad: numberOf(row, 'bad'), extra },
    again: [...faulty, ...extreme],
  };
}

export async function dropStaged(session: StagingSession): Promise<void> {
  for (const drop of dropStagedTables) await session.run(drop);
}
