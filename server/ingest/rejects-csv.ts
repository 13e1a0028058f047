import Papa from 'papaparse';

export interface RejectedRow {
  readonly line: number;
  readonly column: string;
  readonly value: string;
  readonly reason: string;
  readonly raw: string;
}

/** Rejected rows as CSV. Spreadsheets run cells that begin like a formula: such cells get a quote before them. */
export function rejectsCsv(rows: readonly RejectedRow[]): string {
  return Papa.unparse(
    {
      fields: ['line', 'column', 'value', 'reason', 'raw'],
      data: rows.map((r) => [r.line, r.column, r.value, r.reason, r.raw]),
    },
    { escapeFormulae: true },
  );
}
