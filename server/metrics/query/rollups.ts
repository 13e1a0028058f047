import type { LogColumn } from '../../contract/columns.ts';
import type { DimensionId, Grain } from '../../contract/query.ts';
import { endOf, type LogSpan, type Range, startOf } from '../language/calendar.ts';
import { DIMENSION_CATALOG, isMonthly, keepsMarket, TABLES, type TableName } from '../language/dimensions.ts';

export interface Needs {
  readonly ranges: readonly Range[];
  readonly grain?: Grain | undefined;
  /** Grouped by or filtered on. */
  readonly dimensions: readonly DimensionId[];
  readonly columns: ReadonlySet<LogColumn>;
  /** Amounts of several currencies are to be converted. */
  readonly currencies?: boolean;
}

/** Stable, shown in `meta.source.refused`. */
export type RefusalReason =
  | 'rollups_off'
  | 'grain_finer_than_month'
  | 'grain_finer_than_day'
  | 'range_cuts_a_month'
  | 'dimension_not_kept'
  | 'measure_not_kept'
  | 'currency_not_kept';

export interface TableChoice {
  readonly table: TableName;
  readonly refused: readonly { table: TableName; reason: RefusalReason }[];
}

/**
 * The smallest table that answers as the log does. Refused if rows are coarser than the grain, a range cuts its rows
 * (the log's ends are borders), or a dimension, column or currency is not kept. `view_log` keeps all.
 */
export function chooseTable(needs: Needs, log: LogSpan): TableChoice {
  const refused: { table: TableName; reason: RefusalReason }[] = [];
  for (const table of TABLES) {
    const reason = refusal(table, needs, log);
    if (reason === null) return { table, refused };
    refused.push({ table, reason });
  }
  return { table: 'view_log', refused };
}

function refusal(table: TableName, needs: Needs, log: LogSpan): RefusalReason | null {
  if (table === 'view_log') return null;
  if (log.rollups === false) return 'rollups_off';
  if (needs.grain === 'hour') return 'grain_finer_than_day';
  if (isMonthly(table)) {
    if (needs.grain === 'day' || needs.grain === 'week') return 'grain_finer_than_month';
    if (needs.ranges.some((range) => cutsMonth(range, log))) return 'range_cuts_a_month';
  }
  if (needs.dimensions.some((id) => !keeps(table, id))) return 'dimension_not_kept';
  if (keepsMarket(table) && needs.columns.has('heat')) return 'measure_not_kept';
  if (needs.currencies === true) return 'currency_not_kept';
  return null;
}

function cutsMonth(range: Range, log: LogSpan): boolean {
  const startsWhole = range.from === startOf('month', range.from) || range.from <= log.from;
  const endsWhole = range.to === endOf('month', range.to) || range.to >= log.asOf;
  return !startsWhole || !endsWhole;
}

function keeps(table: TableName, id: DimensionId): boolean {
  const { source } = DIMENSION_CATALOG[id];
  return source.level !== 'log' || source.tables.includes(table);
}
