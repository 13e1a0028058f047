import type { Label } from '../../contract/query.ts';

interface NamedImport {
  readonly import_id: string;
  readonly filename: string;
}

// Refused

export const alreadyImported = (
  { import_id, filename, started_at }: NamedImport & { readonly started_at: string },
  savedAs: string | undefined,
): Label => ({
  en: `The same bytes are imported already: “${filename}”, import ${import_id}, of ${started_at}. ${savedAs ? `The settings are saved as “${savedAs}”; no row` : 'Nothing'} was changed. To import the file again, force it.`,
  zh: `内容完全相同的文件已导入：“${filename}”，导入编号 ${import_id}，时间 ${started_at}。${savedAs ? `设置已存为“${savedAs}”，` : ''}没有写入任何数据；如需再次导入，请选择“仍然导入”（force）。`,
});

export const importNotFound = (id: string): Label => ({
  en: `There is no import ${id}; GET /api/v1/imports lists them.`,
  zh: `没有导入 ${id}；全部导入见 GET /api/v1/imports。`,
});

export const nothingToUndo = (id: string, status: string): Label => ({
  en: `Import ${id} is ${status}: there is nothing of it to undo.`,
  zh: `导入 ${id} 没有已写入的数据，无需撤销。`,
});

export const notCommitted = ({ import_id }: NamedImport): Label => ({
  en: `Import ${import_id} is not committed, and only a committed import can be read again. Import the file as a new one.`,
  zh: `导入 ${import_id} 未写入数据，只有已导入的文件才能重新读取。请将文件作为新文件导入。`,
});

export const fileNotKept = ({ filename, import_id }: NamedImport): Label => ({
  en: `The server does not keep “${filename}” (import ${import_id}): uploads go once they are imported. Give the same file again, on the Data page or with npm run doctor -- --reread FILE; it takes the place of that import.`,
  zh: `服务器没有保留“${filename}”（导入 ${import_id}）：上传的文件导入后即删除。请在“数据”页重新上传同一文件，或运行 npm run doctor -- --reread 文件；新的导入会取代原来的导入。`,
});

export const otherFile = ({ filename, import_id }: NamedImport): Label => ({
  en: `This is not the file of import ${import_id} (“${filename}”): its bytes differ. Give the file that was imported, or import this one as a new file.`,
  zh: `这不是导入 ${import_id}（“${filename}”）的文件：内容不同。请提供当时导入的文件，或将此文件作为新文件导入。`,
});

export const cannotOpenFile = (name: string): Label => ({
  en: `“${name}” cannot be opened: it is not there, is no file, or may not be read.`,
  zh: `无法打开“${name}”：文件不存在、不是文件，或没有读取权限。`,
});

// Ended without a commit

export const SERVER_STOPPED: Label = {
  en: 'The server was stopped before this import was done; nothing of it was kept, nor the uploaded file. Import the file again.',
  zh: '服务器在导入完成前停止，没有写入任何数据，上传的文件也未保留。请重新导入。',
};

export const serverFell = (times: number): Label => ({
  en: `The server ended abruptly ${times} times while this import ran, so the import does not start again; nothing of it was kept, nor the uploaded file. If nobody stopped the server, the file may ask for more memory than it has: give it more (DRAMASCOPE_MEMORY) or split the file, and import it again.`,
  zh: `此导入运行期间服务器已 ${times} 次异常终止，因此不再自动继续；没有写入任何数据，上传的文件也未保留。如非人为终止，可能是内存不足：请增加内存（DRAMASCOPE_MEMORY）或拆分文件后重新导入。`,
});

export const OUT_OF_MEMORY: Label = {
  en: 'The machine ran out of memory or disk during the import; nothing was changed. Free some, or import the file in parts.',
  zh: '导入时内存或磁盘空间不足，没有写入任何数据。请释放空间，或将文件拆分后导入。',
};

export const PARQUET_DAMAGED: Label = {
  en: 'The Parquet file is damaged: a part of it cannot be read. Export or copy it again.',
  zh: 'Parquet 文件已损坏，部分内容无法读取。请重新导出或复制。',
};

export const UNEXPECTED_ERROR: Label = {
  en: 'An unexpected error ended the import; nothing was changed, and the server log has the details.',
  zh: '导入因意外错误而中止，没有写入任何数据，详情见服务器日志。',
};

// Rejected lines that come back

export const mendedRejects = ({ filename, import_id }: NamedImport): Label => ({
  en: `the mended rejects of “${filename}”, import ${import_id}: read as that import was`,
  zh: `“${filename}”（导入 ${import_id}）中被拒绝的行修正后重新导入，读取方式与原导入相同`,
});
