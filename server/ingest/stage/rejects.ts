/** Rows that cannot be used: found, placed by their exact line, and kept. */

import { createReadStream } from 'node:fs';
import Papa from 'papaparse';
import type { Label } from '../../contract/query.ts';
import { ProblemError } from '../../problem.ts';
import { SPOILT } from '../../vocabulary/text.ts';
import { maybeNumber, numberOf } from '../../warehouse/row-values.ts';
import type { WriteSession } from '../../warehouse/warehouse.ts';
import { dateOrdersOf, yearlessOf } from '../cells/guess.ts';
import { rangeOf, shapeOf } from '../cells/times.ts';
import { RecordReader, type TextRecord } from '../read/records.ts';
import { brokenRecord, isTooMany, LONGEST_KEPT, type Reject } from '../read/refused.ts';
import type { DataFile } from '../read/source.ts';
import type { ImportPlan } from './plan.ts';
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
  const [nameless] = blankNames ? await session.all(countNameless) : [];
  const [errors] = file.text ? await session.all(countReaderErrors) : [];
  return {
    staged: staged.rows,
    unusable: staged.bad + (nameless ? numberOf(nameless, 'n') : 0),
    broken: (errors !== undefined && numberOf(errors, 'n') > 0) || file.refused.total > 0,
  };
}

/** `mostKept`: rejects beyond these are counted but not kept. */
type Wanted = RejectCounts & { readonly mostKept: number };

/** What makes rows unusable, by the texts of their cells: the same cells anywhere in the file are unusable, too. */
type Faults = Map<string, { column: string; value: string; reason: Label; row: number | null; raw: string }>;

/**
 * Finds each reject's line. Reads the file again, so call it only if there are rejects.
 * @returns the rejects that are kept, in the order of the file, and the number of all
 * @throws ProblemError `unreadable_file` if the reader's rows and the file's lines cannot be reconciled
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
    // The file is refused anyway: its first faults are all that is kept.
    if (hopeless && kept.length >= KEPT_OF_FAILED) return { kept, total: counts.unusable + broken };
  }
  if (good === counts.staged) return { kept, total: counts.unusable + broken };
  const [first] = await session.all(firstReaderError);
  const line = maybeNumber(first, 'line') ?? 1;
  throw new ProblemError(
    'unreadable_file',
    {
      en: `Line ${line}, column 1: from about here the file's lines cannot be told apart (a stray quote or a line break inside a cell). Repair it and import the file again.`,
      zh: `约从第 ${line} 行起无法分清各行（多余的引号，或单元格内有换行）。请修正后重新导入。`,
    },
    [
      {
        path: `line ${line}, column 1`,
        message: { en: 'lines cannot be told apart', zh: '无法分清各行' },
      },
    ],
  );
}

/** `soft`: the reader gave the row, and a cell of it is at fault. */
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
  // Read with care, and so with faults that plain cells have none of.
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
          ? { en: `bytes that are not ${file.foreign}`, zh: `含有不是 ${file.foreign} 的字节` }
          : (value.trim() !== '' && staged.reasons?.[numberOf(row, 'bad') - 1]) || reasonOf(field, value, plan),
      row: at,
      // A row of a typed file as a line of CSV, so that it can be mended and imported again.
      raw: file.place === null ? '' : Papa.unparse([cells]),
    });
  }
  return faults;
}

const REASONS = {
  no_time: { en: 'the time is missing', zh: '缺少时间' },
  hour: { en: 'neither an hour from 0 to 23 nor a time of day', zh: '既不是 0 到 23 的小时，也不是时刻' },
  no_series: { en: 'the series is missing', zh: '缺少剧名或剧集编号' },
  episode: { en: 'not an episode number', zh: '不是集数序号' },
  no_currency: { en: 'the currency is missing', zh: '缺少币种' },
  no_rate: { en: 'the rate is missing', zh: '缺少汇率' },
  percentage: { en: 'a percentage, where a number is wanted', zh: '应为数值，却是百分比' },
  negative: { en: 'negative', zh: '为负数' },
  no_number: { en: 'not a number, or out of range', zh: '不是数值，或超出范围' },
  date_order: {
    en: 'a date whose day, month and year could stand in several orders: say date_order (dmy, mdy, ymd or ydm)',
    zh: '年月日的先后不明：请指定“日期顺序”（date_order：dmy、mdy、ymd 或 ydm）',
  },
  range: {
    en: 'a range of days: only whole weeks (covers week_starting or week_ending) and whole months (covers month) are read; give other rows one line per day',
    zh: '是一段日期：只有整周和整月可读取，请在“时间列表示”中选择（covers：week_starting、week_ending 或 month）；其他请拆成每天一行',
  },
  month: {
    en: 'a month among other dates: its number is not that of one day; import the rows of months as a file of their own, or say covers day if each is of its first day',
    zh: '是整月，与其他日期混在一列，其数值不属于某一天：请把按月的行单独存为一个文件导入；若确为当月首日的数据，请将“时间列表示”选为“日”（covers: day）',
  },
  week: {
    en: 'a week among other dates: its number is not that of one day; import the rows of weeks as a file of their own, or say covers day if each is of its first day',
    zh: '是整周，与其他日期混在一列，其数值不属于某一天：请把按周的行单独存为一个文件导入；若确为该周首日的数据，请将“时间列表示”选为“日”（covers: day）',
  },
  no_year: {
    en: 'a date without a year: say dates_up_to, the last day that it may be',
    zh: '日期没有年份：请在“无年份日期的截止日”（dates_up_to）中填写最晚可能的日期',
  },
  quarter: {
    en: 'a quarter: rows of quarters cannot be spread over days; give a line per month, week or day',
    zh: '是季度：按季度的数据无法拆到每天；请按月、周或日提供',
  },
  no_date: {
    en: 'not a date or time that is known here; date_format can say how dates are written, such as dd.MM.yyyy',
    zh: '无法识别的日期或时间；可在“日期格式”（date_format）中指定写法，如 dd.MM.yyyy',
  },
} as const satisfies Record<string, Label>;

function reasonOf(field: string, value: string, { dates }: ImportPlan): Label {
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

/** Keeps rejects with their import; a few reasons stand in most of them, which the engine's columns keep once. */
export async function keepRejects(session: WriteSession, importNo: number, rejects: readonly Reject[]): Promise<void> {
  for (let at = 0; at < rejects.length; at += BATCH)
    await session.run(
      insertRejects(
        importNo,
        rejects.slice(at, at + BATCH).map((r) => ({ ...r, reason: JSON.stringify(r.reason) })),
      ),
    );
}

/** Rejects that a refusal tells of. */
const TOLD = 5;
/** Rejects of a refused file that are kept for download. */
const KEPT_OF_FAILED = 500;

/** A file is refused for its rejects, which the history keeps. */
export class TooManyRejects extends ProblemError {
  /**
   * @param named those that the refusal names
   * @param found `total` of them, of which `rejects` are the first
   */
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

/** @throws TooManyRejects naming the first lines, columns and reasons */
export function refuseTooMany(file: DataFile, rowsRead: number, total: number, kept: readonly Reject[]): void {
  if (!isTooMany(rowsRead, total)) return;
  const [bad, all] = [total.toLocaleString('en'), rowsRead.toLocaleString('en')];
  const undated = kept.filter(({ reason }) => reason.en === REASONS.no_time.en);
  const blank = total < rowsRead && undated.length * 2 > kept.length;
  const named = (blank ? undated : kept).slice(0, TOLD);
  const detail = blank ? blankTimes(bad, all, undated) : tooMany(bad, all, named.map(describe));
  throw new TooManyRejects(detail, named, { file, rejects: kept.slice(0, KEPT_OF_FAILED), total });
}

const tooMany = (bad: string, all: string, told: readonly Label[]): Label => ({
  en: `${bad} of ${all} ${all === '1' ? 'row' : 'rows'} cannot be used, more than a tenth: the mapping or the options are probably wrong. ${told.map(({ en }) => en).join(' ')}`,
  zh: `${all} 行中有 ${bad} 行无法使用，超过一成，可能是列映射或读取方式有误。${told.map(({ zh }) => zh).join('')}`,
});

/** A report that names the day once for several rows, as if merged cells were saved as CSV. */
function blankTimes(bad: string, all: string, undated: readonly Reject[]): Label {
  const [first] = undated;
  const column = first?.column ?? '';
  return {
    en: `${bad} of ${all} ${all === '1' ? 'row' : 'rows'} cannot be used: column “${column}” is blank in most of them, from line ${first?.line} on. If the date stands only in the first row of each group, fill it down into every row, or import the workbook with its merged cells instead.`,
    zh: `${all} 行中有 ${bad} 行无法使用：其中大多数“${column}”列为空，最早在第 ${first?.line} 行。若日期只写在每组的第一行，请向下填充到每一行，或直接导入带合并单元格的工作簿（XLSX）。`,
  };
}

function describe({ line, column, value, reason }: Reject): Label {
  const cell = column ? { en: `, column “${column}”: “${value}”`, zh: `“${column}”列“${value}”` } : { en: ':', zh: '' };
  return { en: `Line ${line}${cell.en} ${reason.en}.`, zh: `第 ${line} 行${cell.zh}：${reason.zh}。` };
}
