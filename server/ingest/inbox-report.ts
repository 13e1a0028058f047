/** The report that stands beside each file that came through the watched folder. */
import type { ImportRecord } from '../contract/imports.ts';
import { ProblemError } from '../problem.ts';
import { Cancelled } from '../warehouse/warehouse.ts';
import { inLanguage } from '../wording.ts';

export interface InboxReport {
  readonly file: string;
  readonly status: 'committed' | 'duplicate' | 'failed';
  /** One sentence. */
  readonly summary: string;
  readonly what_to_do: string | null;
  /** File beside the report that lists rejected rows. */
  readonly rejects: string | null;
  /** The import; of a duplicate the first one of the same bytes. */
  readonly import: ImportRecord | null;
  readonly problem: { code: string; detail: string; errors: readonly { path: string; message: string }[] } | null;
  readonly finished_at: string;
}

const count = (n: number, word: string) => `${n.toLocaleString('en')} ${word}${n === 1 ? '' : 's'}`;

export function reportCommitted(file: string, record: ImportRecord, now: Date): InboxReport {
  const days = record.from ? `, ${record.from} to ${record.to}` : '';
  const bad = record.rows_rejected > 0;
  return {
    file,
    status: 'committed',
    summary: `${count(record.rows_committed, 'row')} committed as ${record.kind} of “${record.source}”${days}${bad ? `; ${count(record.rows_rejected, 'row')} rejected` : ''}.`,
    what_to_do: bad
      ? `Mend the rows in ${file}.rejects.csv where they matter, and import them as a file of their own.`
      : null,
    rejects: bad ? `${file}.rejects.csv` : null,
    import: record,
    problem: null,
    finished_at: now.toISOString(),
  };
}

export function reportDuplicate(file: string, first: ImportRecord, now: Date): InboxReport {
  return {
    file,
    status: 'duplicate',
    summary: `The same bytes were imported already, as “${first.filename}” at ${first.started_at}; nothing was changed.`,
    what_to_do: null,
    rejects: null,
    import: first,
    problem: null,
    finished_at: now.toISOString(),
  };
}

/** @param record the import as far as it came, null where it was refused before */
export function reportFailed(file: string, error: unknown, record: ImportRecord | null, now: Date): InboxReport {
  const problem = problemOf(error);
  return {
    file,
    status: 'failed',
    summary: `Nothing of it was imported: ${problem.detail}`,
    what_to_do: ADVICE[problem.code] ?? 'Mend what the problem names, and put the file into the folder again.',
    rejects: null,
    import: record,
    problem,
    finished_at: now.toISOString(),
  };
}

function problemOf(error: unknown): NonNullable<InboxReport['problem']> {
  if (error instanceof ProblemError)
    return {
      code: error.code,
      detail: error.message,
      errors: (error.errors ?? []).map(({ path, message }) => ({ path, message: inLanguage(message, 'en') })),
    };
  if (error instanceof Cancelled) return { code: error.code, detail: 'The import was cancelled.', errors: [] };
  return {
    code: 'internal',
    detail: 'The server met an error that it did not foresee; its log has the details.',
    errors: [],
  };
}

const ADVICE: Readonly<Record<string, string>> = {
  mapping_incomplete:
    'Import the file once by hand (Data page, or npm run import -- FILE --map field=column --save-profile NAME), so that its mapping is saved as a profile; then put the file into the folder again. Files with the same header are taken without asking from then on.',
  cancelled: 'Put the file into the folder again to import it after all.',
  unsupported_format: 'Export the table in a format that can be imported, and put that into the folder.',
};
