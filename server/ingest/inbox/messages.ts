import type { FileKind, ImportRecord } from '../../contract/imports.ts';
import type { Label } from '../../contract/query.ts';

const exact = (n: number) => n.toLocaleString('en');
const rows = (n: number) => `${exact(n)} ${n === 1 ? 'row' : 'rows'}`;
const KINDS: Readonly<Record<FileKind, string>> = { log: '播放数据', catalog: '剧集目录', rates: '汇率' };

// What came of a file

export function fileCommitted({ kind, source, rows_committed, rows_rejected, from, to }: ImportRecord): Label {
  const days = from ? { en: `, ${from} to ${to}`, zh: `，${from} 至 ${to}` } : { en: '', zh: '' };
  const rejected =
    rows_rejected > 0
      ? { en: `; ${rows(rows_rejected)} rejected`, zh: `，拒绝 ${exact(rows_rejected)} 行` }
      : { en: '', zh: '' };
  return {
    en: `${rows(rows_committed)} committed as ${kind} of “${source}”${days.en}${rejected.en}.`,
    zh: `已从来源“${source}”导入${KINDS[kind]} ${exact(rows_committed)} 行${days.zh}${rejected.zh}。`,
  };
}

export function takenWhileWritten({ en, zh }: Label, earlier: readonly ImportRecord[]): Label {
  const undone = {
    en: earlier.map(({ import_id, rows_committed: n }) => `${import_id} (${rows(n)})`).join(', '),
    zh: earlier.map(({ import_id, rows_committed: n }) => `${import_id}（${exact(n)} 行）`).join('、'),
  };
  return {
    en: `${en} The file was still being written when it was first taken: what was imported of it then is undone, import ${undone.en}.`,
    zh: `${zh}首次读取时文件尚未写完，当时的导入已撤销：${undone.zh}。`,
  };
}

export const sameBytesImported = ({ filename, started_at }: ImportRecord): Label => ({
  en: `The same bytes were imported already, as “${filename}” at ${started_at}; nothing was changed.`,
  zh: `内容完全相同的文件“${filename}”已于 ${started_at} 导入，没有写入任何数据。`,
});

export const nothingImported = ({ en, zh }: Label): Label => ({
  en: `Nothing of it was imported: ${en}`,
  zh: `未导入任何数据：${zh}`,
});

export const notImportedYet = ({ en, zh }: Label): Label => ({
  en: `Nothing of it is imported yet: ${en}`,
  zh: `尚未导入：${zh}`,
});

export const IMPORT_CANCELLED: Label = { en: 'The import was cancelled.', zh: '导入已取消。' };

export const UNEXPECTED_ERROR: Label = {
  en: 'The server met an unexpected error; its log has the details.',
  zh: '服务器遇到意外错误，详情见服务器日志。',
};

// What to do

export const mendRejects = (file: string): Label => ({
  en: `If these rows matter, mend them in ${file}.rejects.csv, and import that as a file of its own.`,
  zh: `如有需要，请修正 ${file}.rejects.csv 中的行，单独导入。`,
});

export const WRITE_ASIDE: Label = {
  en: 'Nothing now. Write files under a name that ends in .part or .tmp and rename them once they are whole, or raise DRAMASCOPE_INBOX_SETTLE.',
  zh: '无须处理。建议先以 .part 或 .tmp 结尾的名称写入，写完后再改名；或调大 DRAMASCOPE_INBOX_SETTLE。',
};

export const ANSWER: Label = {
  en: 'Answer on the Data page (Imports, “Answer”), or save a profile for files with these columns: then it is imported by itself. Other files are imported meanwhile.',
  zh: '请在“数据”页的导入记录中点“回答”，或为这种表头保存映射；之后会自动导入。其他文件照常导入。',
};

export const MEND: Label = {
  en: 'Mend what the problem names, and put the file into the folder again.',
  zh: '请按所述问题修正，再将文件放回监视目录。',
};

export const IMPORT_BY_HAND: Label = {
  en: 'Import the file once by hand (Data page, or npm run import -- FILE --map field=column --save-profile NAME), so that its mapping is saved as a profile; then put the file into the folder again. From then on files with the same header are imported without a question.',
  zh: '请先手动导入一次（“数据”页，或 npm run import -- 文件 --map 字段=列名 --save-profile 名称）并保存映射，再将文件放回监视目录。此后表头相同的文件会自动导入。',
};

export const PUT_IT_BACK: Label = {
  en: 'Put the file into the folder again to import it after all.',
  zh: '如仍需导入，请将文件放回监视目录。',
};

export const EXPORT_OTHERWISE: Label = {
  en: 'Export the table in a format that can be imported, and put that into the folder.',
  zh: '请将表格导出为可导入的格式，再放入监视目录。',
};

// What stands in the way of a file

export const noRoom = (name: string): Label => ({
  en: `“${name}” waits in the watched folder: the disk has no room. Free some; it is tried again by itself.`,
  zh: `“${name}”仍在监视目录中等待：磁盘空间不足。请释放空间，系统会自动重试。`,
});

export const folderUnreadable = (name: string): Label => ({
  en: `The server cannot read the folder “${name}” in the watched folder: its permissions do not allow it, so nothing in it is imported. Change them; it is tried again by itself.`,
  zh: `服务器无权读取监视目录中的文件夹“${name}”，其中的文件未导入。请修改权限，系统会自动重试。`,
});

export const fileUntakable = (name: string): Label => ({
  en: `The server cannot take “${name}” out of the watched folder: the permissions of the file or of its folder do not let it read and move the file. Change them; it is tried again by itself, and other files are imported meanwhile.`,
  zh: `服务器无法从监视目录取走“${name}”：文件或所在文件夹的权限不允许读取和移动。请修改权限，系统会自动重试，其他文件照常导入。`,
});

export const fileSystemRefuses = (name: string): Label => ({
  en: `“${name}” cannot be handled in the watched folder: the file system refuses it. If a file stands where a folder is needed (processing, done or failed), move that file away; else move “${name}” out and in again. It is tried again by itself.`,
  zh: `无法处理监视目录中的“${name}”：文件系统拒绝了操作。请检查 processing、done、failed 中是否有文件占用了文件夹的位置，或将其移出再放入；系统会自动重试。`,
});
