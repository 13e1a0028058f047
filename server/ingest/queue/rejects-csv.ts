import Papa from 'papaparse';
import type { Label } from '../../contract/query.ts';
import type { RejectedRow } from '../../ledger/history.ts';
import type { Language } from '../../wording.ts';

/** Rejected rows as CSV in pieces, UTF-8 with BOM. @param language of the reasons; left out: both */
export async function* rejectsCsv(
  pages: AsyncIterable<readonly RejectedRow[]>,
  language?: Language,
): AsyncGenerator<string> {
  const say = ({ en, zh }: Label) => (language === undefined ? `${zh} / ${en}` : { en, zh }[language]);
  // Spreadsheets run cells that begin like a formula; these get a quote before them.
  const unparse = (rows: unknown[][]) => Papa.unparse(rows, { escapeFormulae: true });
  yield `\uFEFF${unparse([['line', 'column', 'value', 'reason', 'raw']])}`;
  for await (const page of pages)
    if (page.length > 0) yield `\r\n${unparse(page.map((r) => [r.line, r.column, r.value, say(r.reason), r.raw]))}`;
}
