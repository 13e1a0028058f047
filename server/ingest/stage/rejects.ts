/** Rows that cannot be used: found, with their exact line, and kept. */

import { createReadStream } from 'node:fs';
import Papa from 'papaparse';
import type { Label } from '../../contract/query.ts';
import { ProblemError } from '../../problem.ts';
import { SPOILT } from '../../vocabulary/text.ts';
import { maybeNumber, numberOf } from '../../warehouse/row-values.ts';
import type { WriteSession } from '../../warehouse/warehouse.ts';
import { dateOrdersOf, yearlessOf } from '../cells/guess.ts';
import { rangeOf, shapeOf } from '../cells/times.ts';
import { RecordReader, sampledCell, type TextRecord } from '../read/records.ts';
import { brokenRecord, isTooMany, LONGEST_KEPT, type Reject } from '../read/refused.ts';
import type { DataFile } from '../read/source.ts';
import type { ImportPlan } from './plan.ts';
import {
  blankTimes,
  brokenFrom,
  describeReject,
  LINES_RUN_TOGETHER,
  otherBytes,
  REASONS,
  tooManyRejects,
} from './reject-messages.ts';
import type { Staged } from './stage.ts';
import { stageSelect } from './stage-sql.ts';
import {
  countNameless,
  countReaderErrors,
  firstReaderError,
  insertRejects,
  unusableRows,
} from './staged-checks-sql.ts';

export interface RejectCounts {
  readonly staged: number;
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
  const [nameless] = blankNames ? await session.all(countNameless) : [];
  const [errors] = file.text ? await session.all(countReaderErrors) : [];
  return {
    staged: staged.rows,
    unusable: staged.bad + (nameless ? numberOf(nameless, 'n') : 0),
    broken: (errors !== undefined && numberOf(errors, 'n') > 0) || file.refused.total > 0,
  };
}

type Wanted = RejectCounts & { readonly mostKept: number };

/** By the texts of their cells: the same cells anywhere in the file are unusable, too. */
type Faults = Map<string, { column: string; value: string; reason: Label; row: number | null; raw: string }>;

/**
 * Finds the line of each reject. It reads the file again, so call it only if there are rejects.
 * @returns the kept rejects in the file's order, and the number of all
 * @throws ProblemError `unreadable_file` if the reader's rows do not match the file's lines
 */
export async function locateRejects(
  session: WriteSession,
  file: DataFile,
  plan: ImportPlan,
  counts: Wanted,
): Promise<{ kept: Reject[]; total: number }> {
  const faults = counts.unusable > 0 ? await faultsOf(session, file, plan, counts.mostKept) : new Map();
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
    // The file is refused anyway: its first faults are enough.
    if (hopeless && kept.length >= KEPT_OF_FAILED) return { kept, total: counts.unusable + broken };
  }
  if (good === counts.staged) return { kept, total: counts.unusable + broken };
  const [first] = await session.all(firstReaderError);
  const line = maybeNumber(first, 'line') ?? 1;
  throw new ProblemError('unreadable_file', brokenFrom(line), [
    {
      path: `line ${line}, column 1`,
      message: LINES_RUN_TOGETHER,
    },
  ]);
}

/** `soft`: the reader gave the row, and one of its cells is at fault. */
function judge(record: TextRecord, file: DataFile, faults: Faults): { reject: Reject; soft: boolean } | null {
  const raw = record.raw.slice(0, LONGEST_KEPT);
  const broken = brokenRecord(record, file.columns.length);
  if (broken) return { soft: false, reject: { line: record.line, column: '', value: '', reason: broken, raw } };
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

async function faultsOf(session: WriteSession, file: DataFile, plan: ImportPlan, most: number): Promise<Faults> {
  // Read with care: plain reading may name other faults.
  const { sql: select, staged } = stageSelect(file, plan, { cells: true });
  const rows = await session.all(unusableRows(select, plan.kind !== 'rates', most));
  const name = plan.uses.has('series_id') ? 'series_id' : 'title';
  const faults: Faults = new Map();
  for (const row of rows) {
    const cells = Array.isArray(row.cells) ? row.cells.map((c) => (typeof c === 'string' ? c : '')) : [];
    const field = staged.faults[numberOf(row, 'bad') - 1] ?? name;
    const spoilt = file.foreign === null ? -1 : cells.findIndex((c) => c.includes(SPOILT));
    const use = plan.uses.get(field);
    const column = spoilt < 0 ? use?.column : file.columns[spoilt];
    const value = column ? (cells[column.index] ?? '') : '';
    const at = maybeNumber(row, 'row_number') ?? -1;
    const key = file.place === null ? cells.join(CELL) : String(at);
    faults.set(key, {
      column: column?.name ?? '',
      value: value.slice(0, 200),
      reason:
        spoilt >= 0
          ? otherBytes(file.foreign)
          : (value.trim() !== '' && staged.reasons?.[numberOf(row, 'bad') - 1]) || reasonOf(field, value, plan),
      row: at,
      // A row of a typed file as CSV, so that it can be mended and imported again.
      raw: file.place === null ? '' : Papa.unparse([cells]),
    });
  }
  return faults;
}

function reasonOf(field: string, whole: string, { dates }: ImportPlan): Label {
  const value = sampledCell(whole);
  const empty = value.trim() === '';
  if (field === 'time') return empty ? REASONS.no_time : timeReason(value, dates.upTo !== null);
  if (field === 'hour') return REASONS.hour;
  if (field === 'series_id' || field === 'title') return REASONS.no_series;
  if (field === 'episode') return REASONS.episode;
  if (field === 'currency' || field === 'base_currency') return REASONS.no_currency;
  if (field === 'rate' && empty) return REASONS.no_rate;
  if (/[%％]\s*$/u.test(value)) return REASONS.percentage;
  return /^\s*[-－−]/u.test(value) ? REASONS.negative : REASONS.no_number;
}

function timeReason(value: string, yearIsTold: boolean): Label {
  if (rangeOf(value)) return REASONS.range;
  const shape = shapeOf(value);
  if (shape?.kind === 'quarter') return REASONS.quarter;
  if (dateOrdersOf([value]).fitting.length > 0) return REASONS.date_order;
  if (shape?.span && (yearIsTold || shape.kind !== 'yearless')) return REASONS[shape.span];
  return yearlessOf([value]) === null ? REASONS.no_date : REASONS.no_year;
}

const BATCH = 2000;

/** A few reasons repeat in most rejects, and the engine's columns store each once. */
export async function keepRejects(session: WriteSession, importNo: number, rejects: readonly Reject[]): Promise<void> {
  for (let at = 0; at < rejects.length; at += BATCH)
    await session.run(
      insertRejects(
        importNo,
        rejects.slice(at, at + BATCH).map((r) => ({ ...r, reason: JSON.stringify(r.reason) })),
      ),
    );
}

const TOLD = 5;
const KEPT_OF_FAILED = 500;

/** A file is refused for its rejects, which the history keeps. */
export class TooManyRejects extends ProblemError {
  /** @param named rejects in the text of the refusal @param found all of them: `total`, and `rejects` are the first */
  constructor(
    detail: Label,
    named: readonly Reject[],
    readonly found: { readonly file: DataFile; readonly rejects: readonly Reject[]; readonly total: number },
  ) {
    super(
      'too_many_rejects',
      detail,
      named.map((r) => ({ path: `line ${r.line}, column ${r.column || '(whole line)'}`, message: r.reason })),
    );
  }
}

export function refuseTooMany(file: DataFile, rowsRead: number, total: number, kept: readonly Reject[]): void {
  if (!isTooMany(rowsRead, total)) return;
  const [bad, all] = [total.toLocaleString('en'), rowsRead.toLocaleString('en')];
  const undated = kept.filter(({ reason }) => reason.en === REASONS.no_time.en);
  const blank = total < rowsRead && undated.length * 2 > kept.length;
  const named = (blank ? undated : kept).slice(0, TOLD);
  const detail = blank ? blankTimes(bad, all, undated) : tooManyRejects(bad, all, named.map(describeReject));
  throw new TooManyRejects(detail, named, { file, rejects: kept.slice(0, KEPT_OF_FAILED), total });
}
