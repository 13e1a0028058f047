/** What the doctor says of imports. */
import type { ImportRecord } from '../../server/contract/imports.ts';
import type { ReadingChange } from '../../server/contract/outdated.ts';
import type { Language } from '../../server/wording.ts';

export interface Finding {
  readonly record: ImportRecord;
  readonly changes: readonly ReadingChange[];
  /** The watched folder has the file still. */
  readonly kept: boolean;
  /** The file that was given; null where none was. */
  readonly path: string | null;
  /** What came of reading it again; left out where nobody asked for it, or the file is not to be had. */
  readonly again?: { readonly record?: ImportRecord; readonly failure?: string };
}

const count = (n: number) => n.toLocaleString('en');

export function sayFinding(finding: Finding, language: Language): string[] {
  const { record, changes } = finding;
  const when = record.started_at.slice(0, 10);
  const zh = language === 'zh';
  return [
    zh
      ? `${record.filename}，${when} 导入（导入编号 ${record.import_id}）`
      : `${record.filename}, imported ${when} (import ${record.import_id})`,
    ...changes.map((change) => sayChange(change, language)),
    `  ${sayWhatToDo(finding, language)}`,
  ];
}

function sayChange({ detail, count: n, unit }: ReadingChange, language: Language): string {
  if (language === 'zh') return `  ${detail.zh}（${count(n)} ${unit === 'rows' ? '行' : '部剧'}）`;
  return `  ${detail.en} (${count(n)} ${unit === 'rows' && n === 1 ? 'row' : unit})`;
}

function sayWhatToDo({ record, again, kept, path }: Finding, language: Language): string {
  const zh = language === 'zh';
  if (again?.failure !== undefined)
    return zh
      ? `重新读取失败，原导入保持不变：${again.failure}`
      : `could not be read again, the import stays as it was: ${again.failure}`;
  if (again?.record)
    return zh
      ? `已重新读取，导入编号 ${again.record.import_id}；原导入已撤销`
      : `read again, as import ${again.record.import_id}; the import before is undone`;
  if (path !== null) return `→ npm run doctor -- --reread ${quoted(path)}`;
  if (kept)
    return zh
      ? '→ npm run doctor -- --reread，或在“数据”页点“重新读取”'
      : '→ npm run doctor -- --reread, or “Read again” on the Data page';
  return zh
    ? `→ 文件未保留：npm run doctor -- --reread ${quoted(record.filename)}，或在“数据”页重新上传同一文件`
    : `→ the file is not kept: npm run doctor -- --reread ${quoted(record.filename)}, or upload the same file again on the Data page`;
}

const quoted = (path: string) => (/^[\p{L}\p{N}_./=-]+$/u.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`);

export const sayUnknown = (path: string, language: Language): string =>
  language === 'zh' ? `${path}：没有内容相同的导入` : `${path}: no import has these bytes`;

/** @param open imports that are still read otherwise */
export function sayEnd(found: number, open: number, byFiles: boolean, language: Language): string {
  const zh = language === 'zh';
  if (found === 0) {
    if (byFiles)
      return zh
        ? '所给文件按现行规则读取，结果不变。'
        : 'Read by today’s rules, the files are what was imported of them.';
    return zh
      ? '就已写入的数据看，没有导入会按现行规则得到不同结果。其余差异须给出文件才能比对：npm run doctor -- 文件'
      : 'As far as their rows tell, no import would be read differently today. Give files to have them compared: npm run doctor -- FILE';
  }
  if (zh)
    return `按现行规则读取会不同的导入：${count(found)} 个${open < found ? `，其中 ${count(found - open)} 个已重新读取` : ''}`;
  const imports = `${count(found)} ${found === 1 ? 'import' : 'imports'}`;
  return `${imports} would be read differently by today’s rules${open < found ? `; ${count(found - open)} read again` : ''}`;
}

/** An import as one line for programs. */
export const jsonLine = ({ record, changes, kept, path, again }: Finding): string =>
  JSON.stringify({
    ...{ import_id: record.import_id, filename: record.filename, started_at: record.started_at },
    ...{ file_kept: kept, file: path, changes },
    ...(again ? { reread: again.record?.import_id ?? null, error: again.failure ?? null } : {}),
  });
