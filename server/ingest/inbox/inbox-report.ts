/** The report that stands beside each file that came through the watched folder. */
import type { FileKind, ImportRecord } from '../../contract/imports.ts';
import type { Label } from '../../contract/query.ts';
import { ProblemError } from '../../problem.ts';
import { Cancelled } from '../../warehouse/warehouse.ts';
import { bothOf } from '../../wording.ts';

export interface InboxReport {
  readonly file: string;
  readonly status: 'committed' | 'duplicate' | 'failed' | 'needs_answer' | 'blocked';
  /** One sentence. */
  readonly summary: Label;
  readonly what_to_do: Label | null;
  /** File beside the report that lists rejected rows. */
  readonly rejects: string | null;
  /** The import; of a duplicate the first one of the same bytes. */
  readonly import: ImportRecord | null;
  /** Imports of the file from before it was whole; they are undone. Left out where it was taken once. */
  readonly earlier?: readonly ImportRecord[];
  readonly problem: { code: string; detail: Label; errors: readonly { path: string; message: Label }[] } | null;
  readonly finished_at: string;
}

const exact = (n: number) => n.toLocaleString('en');
const KINDS: Readonly<Record<FileKind, string>> = { log: '播放数据', catalog: '剧集目录', rates: '汇率' };
const count = (n: number, word: string) => `${n.toLocaleString('en')} ${word}${n === 1 ? '' : 's'}`;

export function reportCommitted(file: string, record: ImportRecord, now: Date): InboxReport {
  const days = record.from
    ? { en: `, ${record.from} to ${record.to}`, zh: `，${record.from} 至 ${record.to}` }
    : { en: '', zh: '' };
  const bad = record.rows_rejected > 0;
  return {
    file,
    status: 'committed',
    summary: {
      en: `${count(record.rows_committed, 'row')} committed as ${record.kind} of “${record.source}”${days.en}${bad ? `; ${count(record.rows_rejected, 'row')} rejected` : ''}.`,
      zh: `已从来源“${record.source}”导入${KINDS[record.kind]} ${exact(record.rows_committed)} 行${days.zh}${bad ? `，拒绝 ${exact(record.rows_rejected)} 行` : ''}。`,
    },
    what_to_do: bad
      ? {
          en: `Mend the rows in ${file}.rejects.csv where they matter, and import them as a file of their own.`,
          zh: `如有需要，请修正 ${file}.rejects.csv 中的行，单独导入。`,
        }
      : null,
    rejects: bad ? `${file}.rejects.csv` : null,
    import: record,
    problem: null,
    finished_at: now.toISOString(),
  };
}

/** @param earlier imports of the same file that were undone, as it was still being written */
export function reportAgain(report: InboxReport, earlier: readonly ImportRecord[]): InboxReport {
  if (earlier.length === 0) return report;
  const ids = earlier.map(({ import_id, rows_committed }) => ({
    en: `${import_id} (${count(rows_committed, 'row')})`,
    zh: `${import_id}（${exact(rows_committed)} 行）`,
  }));
  return {
    ...report,
    earlier,
    summary: {
      en: `${report.summary.en} The file was still being written when it was first taken: what was imported of it then is undone, import ${ids.map(({ en }) => en).join(', ')}.`,
      zh: `${report.summary.zh}首次读取时文件尚未写完，当时的导入已撤销：${ids.map(({ zh }) => zh).join('、')}。`,
    },
    what_to_do: report.what_to_do ?? WRITE_ASIDE,
  };
}

const WRITE_ASIDE: Label = {
  en: 'Nothing now. Write files under a name that ends in .part or .tmp and rename them once they are whole, or raise DRAMASCOPE_INBOX_SETTLE.',
  zh: '无须处理。建议先以 .part 或 .tmp 结尾的名称写入，写完后再改名；或调大 DRAMASCOPE_INBOX_SETTLE。',
};

export function reportDuplicate(file: string, first: ImportRecord, now: Date): InboxReport {
  return {
    file,
    status: 'duplicate',
    summary: {
      en: `The same bytes were imported already, as “${first.filename}” at ${first.started_at}; nothing was changed.`,
      zh: `内容完全相同的文件“${first.filename}”已于 ${first.started_at} 导入，没有写入任何数据。`,
    },
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
    summary: { en: `Nothing of it was imported: ${problem.detail.en}`, zh: `未导入任何数据：${problem.detail.zh}` },
    what_to_do: ADVICE[problem.code] ?? MEND,
    rejects: null,
    import: record,
    problem,
    finished_at: now.toISOString(),
  };
}

/** @param record as it is listed with the imports */
export function reportQuestion(file: string, record: ImportRecord, error: unknown, now: Date): InboxReport {
  const problem = problemOf(error);
  return {
    file,
    status: 'needs_answer',
    summary: { en: `Nothing of it is imported yet: ${problem.detail.en}`, zh: `尚未导入：${problem.detail.zh}` },
    what_to_do: {
      en: 'Answer on the Data page (Imports, “Answer”), or save a profile for files with these columns: then it is imported by itself. Other files are imported meanwhile.',
      zh: '请在“数据”页的导入记录中点“回答”，或为这种表头保存映射；之后会自动导入。其他文件照常导入。',
    },
    rejects: null,
    import: record,
    problem,
    finished_at: now.toISOString(),
  };
}

/** A file that cannot be taken, moved or written beside; it stays where it lies. */
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
  if (error instanceof Cancelled)
    return { code: error.code, detail: { en: 'The import was cancelled.', zh: '导入已取消。' }, errors: [] };
  return {
    code: 'internal',
    detail: {
      en: 'The server met an error that it did not foresee; its log has the details.',
      zh: '服务器遇到未预料的错误，详情见服务器日志。',
    },
    errors: [],
  };
}

const MEND: Label = {
  en: 'Mend what the problem names, and put the file into the folder again.',
  zh: '请按所述问题修正，再将文件放回监视目录。',
};

const BY_HAND: Label = {
  en: 'Import the file once by hand (Data page, or npm run import -- FILE --map field=column --save-profile NAME), so that its mapping is saved as a profile; then put the file into the folder again. Files with the same header are taken without asking from then on.',
  zh: '请先手动导入一次（“数据”页，或 npm run import -- 文件 --map 字段=列名 --save-profile 名称）并保存映射，再将文件放回监视目录。此后表头相同的文件会自动导入。',
};

const ADVICE: Readonly<Record<string, Label>> = {
  mapping_incomplete: BY_HAND,
  unconfirmed: BY_HAND,
  cancelled: {
    en: 'Put the file into the folder again to import it after all.',
    zh: '如仍需导入，请将文件放回监视目录。',
  },
  unsupported_format: {
    en: 'Export the table in a format that can be imported, and put that into the folder.',
    zh: '请将表格导出为可导入的格式，再放入监视目录。',
  },
};
