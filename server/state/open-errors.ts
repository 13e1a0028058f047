import { dirname } from 'node:path';
import { diskFull, folderError, isFull } from '../folder-errors.ts';
import { StartError } from '../start-error.ts';

export function stateError(path: string, cause: unknown): StartError {
  if (cause instanceof StartError) return cause;
  const text = cause instanceof Error ? `${'code' in cause ? cause.code : ''} ${cause.message}` : String(cause);
  if (/SQLITE_BUSY|database is locked/i.test(text))
    return new StartError(
      'folder_locked',
      {
        en: `${path} is open in another process, which does not let go of it. Stop that process, and start again.`,
        zh: `${path} 被另一进程占用。请停止该进程后重新启动。`,
      },
      { cause },
    );
  const folder = folderError(path, /CANTOPEN|unable to open/i.test(text) ? new Error('EACCES', { cause }) : cause);
  if (folder) return folder;
  if (/NOTADB|CORRUPT|not a database|malformed/i.test(text)) return damagedState(path, cause);
  if (isFull(dirname(path))) return diskFull(path, cause);
  return damagedState(path, cause);
}

export function damagedState(path: string, cause?: unknown): StartError {
  return new StartError(
    'state_damaged',
    {
      en: `${path} is damaged, or is no file of Dramascope. It holds saved mappings and imports that wait; the imported data are not in it. Put back a copy of it, or move it away and start again.`,
      zh: `${path} 已损坏，或不是 Dramascope 的文件。其中保存已存映射和等待中的导入；已导入的数据不在其中。请用备份恢复，或将其移走后重新启动。`,
    },
    { cause },
  );
}

export const newerState = (path: string): StartError =>
  new StartError('state_newer', {
    en: `${path} was written by a newer Dramascope than this one. Update Dramascope, or set DRAMASCOPE_DATA to another folder; nothing was changed.`,
    zh: `${path} 由更新版本的 Dramascope 写入。请升级 Dramascope，或将 DRAMASCOPE_DATA 设为其他文件夹；未做任何更改。`,
  });
