/** What the engine says names no remedy and is English only. */
import { dirname } from 'node:path';
import { announcedIn } from '../../announcement.ts';
import type { Label } from '../../contract/query.ts';
import { diskFull, folderError, isFull } from '../../folder-errors.ts';
import { StartError } from '../../start-error.ts';

/** @throws StartError instead of whatever the engine throws */
export async function opening<T>(path: string, open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (cause) {
    throw cause instanceof StartError ? cause : openError(path, cause);
  }
}

function openError(path: string, cause: unknown): StartError {
  const text = cause instanceof Error ? cause.message : String(cause);
  const refuse = (code: StartError['code'], detail: Label) => new StartError(code, detail, { cause });
  if (/Could not set lock|Conflicting lock/i.test(text))
    return refuse('folder_locked', lockedBy(path, /PID (\d+)/.exec(text)?.[1] ?? null));
  if (/Out of Memory|could not allocate/i.test(text)) return refuse('memory_short', MEMORY_SHORT);
  if (/WAL/.test(text) && !/No space left|File too large|Permission denied/i.test(text))
    return refuse('database_damaged', damagedLog(path));
  const folder = folderError(path, cause);
  if (folder) return folder;
  if (/not a valid DuckDB database/i.test(text)) return refuse('database_foreign', foreign(path));
  if (/version number|newer version|storage version/i.test(text)) return refuse('database_newer', newer(path));
  if (/Corrupt|checksum|not read enough bytes|Serialization Error|INTERNAL Error/i.test(text))
    return refuse('database_damaged', damaged(path));
  // A write without room shows as a broken transaction, or as tables there in part.
  if (path !== ':memory:' && isFull(dirname(path))) return diskFull(path, cause);
  if (/Catalog Error|Binder Error|Conversion Error|Constraint Error/i.test(text))
    return refuse('database_foreign', otherTables(path));
  return refuse('open_failed', failed(path));
}

/** @param pid of the process with the lock, if the engine says it */
function lockedBy(path: string, pid: string | null): Label {
  const folder = dirname(path);
  const server = announcedIn(folder);
  if (server !== null && (pid === null || Number(pid) === server.pid))
    return {
      en: `The data folder ${folder} is open in a running server (process ${server.pid}): use it at ${server.url}, or stop it first. To run another server beside it, set DRAMASCOPE_DATA to another folder.`,
      zh: `数据文件夹 ${folder} 已被正在运行的服务器（进程 ${server.pid}）打开：请直接使用 ${server.url}，或先停止该进程。如需另开一个服务器，请将 DRAMASCOPE_DATA 设为其他文件夹。`,
    };
  const process =
    pid === null ? { en: 'another process', zh: '另一进程' } : { en: `process ${pid}`, zh: `进程 ${pid}` };
  return {
    en: `The data folder ${folder} is open in ${process.en}, such as an import that runs or a server that starts. Wait until it has ended, or start the server once and let it do all imports.`,
    zh: `数据文件夹 ${folder} 已被${process.zh}打开，可能是正在运行的导入或正在启动的服务器。请等待其结束；或启动服务器，由它执行所有导入。`,
  };
}

const MEMORY_SHORT: Label = {
  en: 'The engine has too little memory to open the database. Give it more (DRAMASCOPE_MEMORY), or free some on this machine.',
  zh: '内存不足，无法打开数据库。请调高 DRAMASCOPE_MEMORY，或释放本机内存。',
};

const damagedLog = (path: string): Label => ({
  en: `${path}.wal, which holds the latest changes, is damaged. Put back a copy of it if you have one. Else move it away (do not delete it) and start again: imports that were in it only are then listed as lost, to be imported again.`,
  zh: `保存最近更改的 ${path}.wal 已损坏。如有备份，请恢复该文件；否则请将其移走（不要删除）后重新启动：仅存于其中的导入会列为“丢失”，可重新导入。`,
});

const damaged = (path: string): Label => ({
  en: `The database ${path} is damaged: a part of it cannot be read. Look after the disk, and put back a copy of the data folder. Without one, move the file away and start again: the imports that are gone are then listed as lost, to be imported again.`,
  zh: `数据库 ${path} 已损坏，部分内容无法读取。请检查磁盘，并用备份恢复数据文件夹。如无备份，请将该文件移走后重新启动：缺少的导入会列为“丢失”，可重新导入。`,
});

const foreign = (path: string): Label => ({
  en: `${path} is no database of Dramascope. Move it away if it does not belong there, or set DRAMASCOPE_DATA to the right folder. If it was one, it is damaged: put back a copy.`,
  zh: `${path} 不是 Dramascope 的数据库。如不应在此，请将其移走，或将 DRAMASCOPE_DATA 设为正确的文件夹。若原本是，则已损坏：请用备份恢复。`,
});

const otherTables = (path: string): Label => ({
  en: `The tables in ${path} are not those of Dramascope: another program made the file, or a part of it is missing. Set DRAMASCOPE_DATA to the right folder, or put back a copy of it.`,
  zh: `${path} 中的表不属于 Dramascope：文件由其他程序创建，或部分内容缺失。请将 DRAMASCOPE_DATA 设为正确的文件夹，或用备份恢复。`,
});

export const newer = (path: string): Label => ({
  en: `${path} was written by a newer Dramascope than this one. Update Dramascope, or set DRAMASCOPE_DATA to another folder; nothing was changed.`,
  zh: `${path} 由更新版本的 Dramascope 写入。请升级 Dramascope，或将 DRAMASCOPE_DATA 设为其他文件夹；未做任何更改。`,
});

const failed = (path: string): Label => ({
  en: `The database ${path} cannot be opened, for a reason that Dramascope does not know. LOG_LEVEL=debug says more; put that into a report of the fault.`,
  zh: `无法打开数据库 ${path}，原因未知。设置 LOG_LEVEL=debug 可查看详情，报告问题时请附上。`,
});
