/** What stands in the way of single files of the watched folder: each is tried again after a longer pause; pure but for ids. */
import { randomUUID } from 'node:crypto';
import type { ImportRecord } from '../../contract/imports.ts';
import type { Label } from '../../contract/query.ts';

/** Milliseconds until a file is tried again: doubled each time. */
const FIRST_PAUSE = 5000;
const LONGEST_PAUSE = 10 * 60_000;

interface Trouble {
  readonly id: string;
  readonly since: number;
  readonly pause: number;
  readonly next: number;
}

export class Troubles {
  private readonly known = new Map<string, Trouble>();

  /** @param firstPause milliseconds */
  constructor(private readonly firstPause = FIRST_PAUSE) {}

  /** Whether a file may be tried now: nothing was in its way, or the pause is over. */
  isDue(name: string, now: number): boolean {
    const trouble = this.known.get(name);
    return trouble === undefined || now >= trouble.next;
  }

  /** Something was in its way again; the same id until it is cleared. */
  note(name: string, now: number): Trouble {
    const before = this.known.get(name);
    const pause = before ? Math.min(2 * before.pause, LONGEST_PAUSE) : this.firstPause;
    const trouble = { id: before?.id ?? randomUUID(), since: before?.since ?? now, pause, next: now + pause };
    this.known.set(name, trouble);
    return trouble;
  }

  /** @returns the id of what was in its way, or null */
  clear(name: string): string | null {
    const id = this.known.get(name)?.id ?? null;
    this.known.delete(name);
    return id;
  }

  names(): string[] {
    return [...this.known.keys()];
  }
}

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** @param name of the file under the watched folder; of a folder with a `/` behind it */
export function sayTrouble(name: string, error: unknown): Label {
  const code = codeOf(error);
  if (/^(ENOSPC|EDQUOT|EFBIG)$/u.test(code))
    return {
      en: `“${name}” waits in the watched folder: the disk has no room. Free some; it is tried again by itself.`,
      zh: `“${name}”仍在监视目录中等待：磁盘空间不足。请释放空间，系统会自动重试。`,
    };
  if (/^(EACCES|EPERM|EROFS)$/u.test(code))
    return name.endsWith('/')
      ? {
          en: `The folder “${name}” of the watched folder cannot be read by the server: its permissions do not allow it, so nothing in it is imported. Change them; it is tried again by itself.`,
          zh: `服务器无权读取监视目录中的文件夹“${name}”，其中的文件未导入。请修改权限，系统会自动重试。`,
        }
      : {
          en: `“${name}” cannot be taken out of the watched folder: the permissions of the file or of its folder do not let the server read and move it. Change them; it is tried again by itself, and other files are imported meanwhile.`,
          zh: `服务器无法从监视目录取走“${name}”：文件或所在文件夹的权限不允许读取和移动。请修改权限，系统会自动重试，其他文件照常导入。`,
        };
  return {
    en: `“${name}” cannot be handled in the watched folder: the file system refuses it. Look whether a file stands where a folder is needed (in processing, done or failed), or move it out and in again; it is tried again by itself.`,
    zh: `无法处理监视目录中的“${name}”：文件系统拒绝了操作。请检查 processing、done、failed 中是否有文件占用了文件夹的位置，或将其移出再放入；系统会自动重试。`,
  };
}

/** How it is listed with the imports, as long as it lasts. */
export function recordOfTrouble(name: string, { id, since }: Trouble, detail: Label): ImportRecord {
  return {
    ...{ import_id: id, filename: name, source: '', kind: 'log', status: 'failed', phase: null, sha256: '' },
    ...{ rows_read: 0, rows_committed: 0, rows_rejected: 0, rows_unchanged: 0, bytes: 0, bytes_read: 0, progress: 0 },
    ...{ seconds_left: null, queue_position: null, warnings: [], from: null, to: null, finished_at: null },
    ...{ mapping: {}, options: {}, synthetic: false },
    error: { code: 'file_blocked', detail },
    started_at: new Date(since).toISOString(),
  };
}
