/** Rows that cannot be used: found, placed by their exact line, and kept. */
import { createReadStream } from 'node:fs';
import Papa from 'papaparse';
import { ProblemError } from '../problem.ts';
import type { WriteSession } from '../warehouse/warehouse.ts';
import { FIRST_EXTRA } from './extra-rows.ts';
import { dateOrdersOf, yearlessOf } from './guess.ts';
import { NAME_KEY } from './keys.ts';
import type { ImportPlan } from './plan.ts';
import { RecordReader, type TextRecord } from './records.ts';
import { type DataFile, READER_ERRORS } from './source.ts';
import { STAGED, type Staged, stageSelect } from './stage.ts';
import { SPOILT } from './text.ts';

export interface Reject {
  /** Physical line of the file, or row of the sheet, from 1; for Parquet the row's number, from 1. */
  readonly line: number;
  /** Name of the column at fault; empty where the whole line is. */
  readonly column: string;
  readonly value: string;
  readonly reason: string;
  readonly raw: string;
}

export const LONGEST_KEPT = 65_536;

export interface RejectCounts {
  /** Rows that the reader gave, good or bad. */
  readonly staged: number;
  /** Of these, rows that cannot be used. */
  readonly unusable: number;
  /** Whether lines were refused before they became rows, too. */
  readonly broken: boolean;
}

export async function countRejects(
  session: WriteSession,
  file: DataFile,
  staged: Staged,
  blankNames: boolean,
): Promise<RejectCounts> {
  const [nameless] = blankNames
    ? await session.all({
        text: `SELECT count(*) AS n FROM ${STAGED} s JOIN ${NAME_KEY} k ON k.name = s.name WHERE s.bad = 0 AND k.series_key IS NULL AND k.extra IS NULL`,
        values: [],
      })
    : [];
  const [errors] = file.text
    ? await session.all({ text: `SELECT count(*) AS n FROM ${READER_ERRORS}`, values: [] })
    : [];
  return {
    staged: staged.rows,
    unusable: staged.bad + Number(nameless?.n ?? 0),
    broken: Number(errors?.n ?? 0) > 0 || file.refused.total > 0,
  };
}

/** `mostKept`: rejects beyond these are counted but not kept. */
type Wanted = RejectCounts & { readonly mostKept: number };

/** What makes rows unusable, by the texts of their cells: the same cells anywhere in the file are unusable, too. */
type Faults = Map<string, { column: string; value: string; reason: string; row: number | null; raw: string }>;

/**
 * Finds each reject's line. Reads the file once more, so call it only where there are rejects.
 * @returns the rejects that are kept, in the order of the file, and the number of all
 * @throws ProblemError `unreadable_file` where the reader's rows and the file's lines cannot be reconciled
 */
export async function locateRejects(
  session: WriteSession,
  file: DataFile,
  plan: ImportPlan,
  staged: Staged,
  counts: Wanted,
): Promise<{ kept: Reject[]; total: number }> {
  const faults = counts.unusable > 0 ? await faultsOf(session, file, plan, staged, counts.mostKept) : new Map();
  if (file.place !== null) {
    const found = [...faults.values()].map((f) => ({
      line: f.row ?? 0,
      column: f.column,
      value: f.value,
      reason: f.reason,
      raw: f.raw.slice(0, LONGEST_KEPT),
    }));
    const kept = [...found, ...file.refused.kept].sort((a, b) => a.line - b.line).slice(0, counts.mostKept);
    return { kept, total: counts.unusable + file.refused.total };
  }
  return locateInText(session, file, faults, counts);
}

const CELL = '\u001f';

async function locateInText(
  session: WriteSession,
  file: DataFile,
  faults: Faults,
  counts: Wanted,
): Promise<{ kept: Reject[]; total: number }> {
  const kept: Reject[] = [];
  const hopeless = isTooMany(counts.staged, counts.unusable);
  let good = 0;
  let broken = 0;
  for await (const record of recordsOfFile(file)) {
    const found = judge(record, file, faults);
    if (!found || found.soft) good++;
    else broken++;
    if (found && kept.length < counts.mostKept) kept.push(found.reject);
    // The file is refused anyway: its first faults are all that is told.
    if (hopeless && kept.length >= TOLD) return { kept, total: counts.unusable + broken };
  }
  if (good === counts.staged) return { kept, total: counts.unusable + broken };
  const [first] = await session.all({ text: `SELECT min(line) AS line FROM ${READER_ERRORS}`, values: [] });
  const line = Number(first?.line ?? 1);
  throw new ProblemError(
    'unreadable_file',
    `Line ${line}, column 1: from about here the file's lines cannot be told apart (a stray quote or a line break inside a cell). Repair it and import the file again.`,
    [{ path: `line ${line}, column 1`, message: 'lines cannot be told apart' }],
  );
}

/** `soft`: the reader gave the row, and a cell of it is at fault. */
function judge(record: TextRecord, file: DataFile, faults: Faults): { reject: Reject; soft: boolean } | null {
  const raw = record.raw.slice(0, LONGEST_KEPT);
  const wanted = file.columns.length;
  if (record.quote) {
    const reason = 'a quote (") is not closed before the end of its cell';
    return { soft: false, reject: { line: record.line, column: '', value: '', reason, raw } };
  }
  if (record.fields.length !== wanted) {
    const reason = `has ${record.fields.length} cells, the header has ${wanted}`;
    return { soft: false, reject: { line: record.line, column: '', value: '', reason, raw } };
  }
  const fault = faults.size > 0 ? faults.get(record.fields.join(CELL)) : undefined;
  if (!fault) return null;
  const { column, value, reason } = fault;
  return { soft: true, reject: { line: record.line, column, value, reason, raw } };
}

async function* recordsOfFile(file: DataFile): AsyncGenerator<TextRecord> {
  const reader = new RecordReader(file.text?.delimiter ?? ',');
  const skip = file.text?.skip ?? 0;
  const decoder = new TextDecoder('utf-8');
  for await (const chunk of createReadStream(file.path, { highWaterMark: 1 << 20 })) {
    const text = decoder.decode(Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk), { stream: true });
    for (const record of reader.push(text)) if (record.line > skip) yield record;
  }
  for (const record of reader.end()) if (record.line > skip) yield record;
}

async function faultsOf(
  session: WriteSession,
  file: DataFile,
  plan: ImportPlan,
  staged: Staged,
  most: number,
): Promise<Faults> {
  const { sql } = stageSelect(file, plan, { cells: true });
  const named = plan.kind !== 'rates';
  const rows = await session.all({
    text: `SELECT s.bad, s.cells, s.row_number FROM (${sql}) s ${named ? `LEFT JOIN ${NAME_KEY} n ON n.name = s.name` : ''}
      WHERE s.bad BETWEEN 1 AND ${FIRST_EXTRA - 1} ${named ? 'OR (s.bad = 0 AND n.series_key IS NULL AND n.extra IS NULL)' : ''} LIMIT ${most}`,
    values: [],
  });
  const name = plan.uses.has('series_id') ? 'series_id' : 'title';
  const faults: Faults = new Map();
  for (const row of rows) {
    const cells = Array.isArray(row.cells) ? row.cells.map((c) => (typeof c === 'string' ? c : '')) : [];
    const field = staged.faults[Number(row.bad) - 1] ?? name;
    const spoilt = file.foreign === null ? -1 : cells.findIndex((c) => c.includes(SPOILT));
    const use = plan.uses.get(field);
    const column = spoilt < 0 ? use?.column : file.columns[spoilt];
    const value = column ? (cells[column.index] ?? '') : '';
    const at = Number(row.row_number ?? -1);
    const key = file.place === null ? cells.join(CELL) : String(at);
    faults.set(key, {
      column: column?.name ?? '',
      value: value.slice(0, 200),
      reason:
        spoilt >= 0
          ? `bytes that are not ${file.foreign}`
          : (value.trim() !== '' && staged.reasons?.[Number(row.bad) - 1]) || reasonOf(field, value),
      row: at,
      // A row of a typed file as a line of CSV, so that it can be mended and imported again.
      raw: file.place === null ? '' : Papa.unparse([cells]),
    });
  }
  return faults;
}

function reasonOf(field: string, value: string): string {
  const empty = value.trim() === '';
  if (field === 'time') return empty ? 'the time is missing' : timeReason(value);
  if (field === 'hour') return 'not an hour from 0 to 23';
  if (field === 'series_id' || field === 'title') return 'the series is missing';
  if (field === 'episode') return 'not an episode number';
  if (field === 'currency' || field === 'base_currency') return 'the currency is missing';
  if (field === 'rate' && empty) return 'the rate is missing';
  if (/[%％]\s*$/u.test(value)) return 'a percentage, where a number is wanted';
  return /^\s*[-－−]/u.test(value) ? 'negative' : 'not a number, or out of range';
}

function timeReason(value: string): string {
  if (dateOrdersOf([value]).fitting.length > 0)
    return 'a date whose day, month and year could stand in several orders: say date_order (dmy, mdy, ymd or ydm)';
  return yearlessOf([value]) === null
    ? 'not a date or time that is known here'
    : 'a date without a year: say dates_up_to, the last day that it may be';
}

const BATCH = 2000;

/** Keeps rejects with their import. */
export async function keepRejects(session: WriteSession, importNo: number, rejects: readonly Reject[]): Promise<void> {
  for (let at = 0; at < rejects.length; at += BATCH)
    await session.run({
      text: `INSERT INTO reject (import_no, line, "column", value, reason, raw)
        SELECT $1, r.line, r."column", r.value, r.reason, r.raw FROM (SELECT unnest(from_json($2,
          '[{"line":"BIGINT","column":"VARCHAR","value":"VARCHAR","reason":"VARCHAR","raw":"VARCHAR"}]')) AS r)`,
      values: [importNo, JSON.stringify(rejects.slice(at, at + BATCH))],
    });
}

/** Rejects up to this many never fail a file, whatever their share. */
const A_FEW = 10;
const LARGEST_SHARE = 0.1;
/** Rejects that a refusal tells of. */
const TOLD = 5;

/** Whether so many rows are rejected that the whole file is refused. */
export function isTooMany(rows: number, rejected: number): boolean {
  if (rejected === 0) return false;
  return rejected >= rows || (rejected > A_FEW && rejected > rows * LARGEST_SHARE);
}

/** @throws ProblemError `too_many_rejects` naming the first lines, columns and reasons */
export function refuseTooMany(rowsRead: number, total: number, kept: readonly Reject[]): void {
  if (!isTooMany(rowsRead, total)) return;
  const first = kept.slice(0, TOLD);
  const share = `${total.toLocaleString('en')} of ${rowsRead.toLocaleString('en')} rows cannot be used`;
  throw new ProblemError(
    'too_many_rejects',
    `${share}, more than a tenth: the mapping or the options are probably wrong. ${first.map(describe).join(' ')}`,
    first.map((r) => ({ path: `line ${r.line}, column ${r.column || '(whole line)'}`, message: r.reason })),
  );
}

function describe(reject: Reject): string {
  const cell = reject.column ? `, column “${reject.column}”: “${reject.value}”` : ':';
  return `Line ${reject.line}${cell} ${reject.reason}.`;
}
