import Papa from 'papaparse';
import type { Label } from '../contract/query.ts';
import type { Language } from '../wording.ts';

export interface RejectedRow {
  readonly line: number;
  readonly column: string;
  readonly value: string;
  readonly reason: Label;
  readonly raw: string;
}

/**
 * Rejected rows as CSV.
 * @param language of the reasons; without one, as nobody knows who will read it, they stand in both
 */
export function rejectsCsv(rows: readonly RejectedRow[], language?: Language): string {
  const say = ({ en, zh }: Label) => (language === undefined ? `${zh} / ${en}` : { en, zh }[language]);
  return Papa.unparse(
    {
      fields: ['line', 'column', 'value', 'reason', 'raw'],
      data: rows.map((r) => [r.line, r.column, r.value, say(r.reason), r.raw]),
    },
    // Spreadsheets run cells that begin like a formula: such cells get a quote before them.
    { escapeFormulae: true },
  );
}
