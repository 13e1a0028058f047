/** The report beside each file that came through the watched folder. */
import type { ImportRecord } from '../../contract/imports.ts';
import type { Label } from '../../contract/query.ts';
import { ProblemError } from '../../problem.ts';
import { Cancelled } from '../../warehouse/warehouse.ts';
import { bothOf } from '../../wording.ts';
import {
  ANSWER,
  EXPORT_OTHERWISE,
  fileCommitted,
  IMPORT_BY_HAND,
  IMPORT_CANCELLED,
  MEND,
  mendRejects,
  nothingImported,
  notImportedYet,
  PUT_IT_BACK,
  sameBytesImported,
  takenWhileWritten,
  UNEXPECTED_ERROR,
  WRITE_ASIDE,
} from './messages.ts';

export interface InboxReport {
  readonly file: string;
  readonly status: 'committed' | 'duplicate' | 'failed' | 'needs_answer' | 'blocked';
  readonly summary: Label;
  readonly what_to_do: Label | null;
  readonly rejects: string | null;
  readonly import: ImportRecord | null;
  /** Undone imports of the file from before it was whole. Left out if there are none. */
  readonly earlier?: readonly ImportRecord[];
  readonly problem: { code: string; detail: Label; errors: readonly { path: string; message: Label }[] } | null;
  readonly finished_at: string;
}

export function reportCommitted(file: string, record: ImportRecord, now: Date): InboxReport {
  const bad = record.rows_rejected > 0;
  return {
    file,
    status: 'committed',
    summary: fileCommitted(record),
    what_to_do: bad ? mendRejects(file) : null,
    rejects: bad ? `${file}.rejects.csv` : null,
    import: record,
    problem: null,
    finished_at: now.toISOString(),
  };
}

export function reportAgain(report: InboxReport, earlier: readonly ImportRecord[]): InboxReport {
  if (earlier.length === 0) return report;
  return {
    ...report,
    earlier,
    summary: takenWhileWritten(report.summary, earlier),
    what_to_do: report.what_to_do ?? WRITE_ASIDE,
  };
}

export function reportDuplicate(file: string, first: ImportRecord, now: Date): InboxReport {
  return {
    file,
    status: 'duplicate',
    summary: sameBytesImported(first),
    what_to_do: null,
    rejects: null,
    import: first,
    problem: null,
    finished_at: now.toISOString(),
  };
}

/** @param record as far as the import came; null if the file was refused before */
export function reportFailed(file: string, error: unknown, record: ImportRecord | null, now: Date): InboxReport {
  const problem = problemOf(error);
  return {
    file,
    status: 'failed',
    summary: nothingImported(problem.detail),
    what_to_do: ADVICE[problem.code] ?? MEND,
    rejects: null,
    import: record,
    problem,
    finished_at: now.toISOString(),
  };
}

export function reportQuestion(file: string, record: ImportRecord, error: unknown, now: Date): InboxReport {
  const problem = problemOf(error);
  return {
    file,
    status: 'needs_answer',
    summary: notImportedYet(problem.detail),
    what_to_do: ANSWER,
    rejects: null,
    import: record,
    problem,
    finished_at: now.toISOString(),
  };
}

/** For a file that cannot be read, moved or written beside; it stays in its place. */
export function reportBlocked(file: string, detail: Label, now: Date): InboxReport {
  return {
    file,
    status: 'blocked',
    summary: detail,
    what_to_do: null,
    rejects: null,
    import: null,
    problem: { code: 'file_blocked', detail, errors: [] },
    finished_at: now.toISOString(),
  };
}

function problemOf(error: unknown): NonNullable<InboxReport['problem']> {
  if (error instanceof ProblemError)
    return {
      code: error.code,
      detail: error.detail,
      errors: (error.errors ?? []).map(({ path, message }) => ({ path, message: bothOf(message) })),
    };
  if (error instanceof Cancelled) return { code: error.code, detail: IMPORT_CANCELLED, errors: [] };
  return { code: 'internal', detail: UNEXPECTED_ERROR, errors: [] };
}

const ADVICE: Readonly<Record<string, Label>> = {
  mapping_incomplete: IMPORT_BY_HAND,
  unconfirmed: IMPORT_BY_HAND,
  cancelled: PUT_IT_BACK,
  unsupported_format: EXPORT_OTHERWISE,
};
