import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Label } from './contract/query.ts';
import { StartError } from './start-error.ts';

const FULL = /No space left|File too large|Disk quota|ENOSPC|EFBIG|EDQUOT|database or disk is full/i;
const FORBIDDEN =
  /Permission denied|Operation not permitted|Read-only file system|EACCES|EPERM|EROFS|readonly database/i;
const NO_FOLDER = /Is a directory|Not a directory|ENOTDIR|EISDIR|EEXIST/i;

const OTHER_FOLDER: Label = {
  en: 'or set DRAMASCOPE_DATA to another folder',
  zh: '或将 DRAMASCOPE_DATA 设为其他文件夹',
};

/** The refusal for a file system error; null if the cause is something else. @param path what was to be used */
export function folderError(path: string, cause: unknown): StartError | null {
  const text = cause instanceof Error ? `${'code' in cause ? cause.code : ''} ${cause.message}` : '';
  if (FULL.test(text)) return diskFull(path, cause);
  if (FORBIDDEN.test(text))
    return new StartError(
      'folder_unusable',
      {
        en: `${path} cannot be read and written by this user: the permissions of the file or of its folder do not allow it. Change them, ${OTHER_FOLDER.en}.`,
        zh: `当前用户无法读写 ${path}：文件或所在文件夹的权限不允许。请修改权限，${OTHER_FOLDER.zh}。`,
      },
      { cause },
    );
  if (NO_FOLDER.test(text))
    return new StartError(
      'folder_unusable',
      {
        en: `${path} cannot be used: where a folder is needed there is a file, or the other way round. Move it away, ${OTHER_FOLDER.en}.`,
        zh: `无法使用 ${path}：需要文件夹的位置是文件，或相反。请将其移走，${OTHER_FOLDER.zh}。`,
      },
      { cause },
    );
  return null;
}

/** For other file system errors, such as a name that is too long. */
export const unusable = (path: string, cause: unknown): StartError =>
  folderError(path, cause) ??
  new StartError(
    'folder_unusable',
    {
      en: `${path} cannot be made or opened on this file system. Look at the path, ${OTHER_FOLDER.en}.`,
      zh: `此文件系统无法创建或打开 ${path}。请检查路径，${OTHER_FOLDER.zh}。`,
    },
    { cause },
  );

export function diskFull(path: string, cause?: unknown): StartError {
  return new StartError(
    'disk_full',
    {
      en: `The disk has no room for ${path}, or a quota or file size limit is reached. Free some room and start again; what was imported is not touched.`,
      zh: `磁盘空间不足（或已达配额、单文件大小限制），无法写入 ${path}。请释放空间后重新启动；已导入的数据不受影响。`,
    },
    { cause },
  );
}

const PROBE_BYTES = 1 << 20;

/** After a failed write the engine does not always say that the disk is full. */
export function isFull(folder: string): boolean {
  const probe = join(folder, `.room-${process.pid}`);
  try {
    writeFileSync(probe, Buffer.alloc(PROBE_BYTES));
    return false;
  } catch (error) {
    return error instanceof Error && FULL.test(error.message);
  } finally {
    rmSync(probe, { force: true });
  }
}
