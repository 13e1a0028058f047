/** Files of the watched folder that failed: each is tried again after a longer and longer pause. */
import { randomUUID } from 'node:crypto';
import type { ImportRecord } from '../../contract/imports.ts';
import type { Label } from '../../contract/query.ts';
import { fileSystemRefuses, fileUntakable, folderUnreadable, noRoom } from './messages.ts';

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

  constructor(private readonly firstPause = FIRST_PAUSE) {}

  isDue(name: string, now: number): boolean {
    const trouble = this.known.get(name);
    return trouble === undefined || now >= trouble.next;
  }

  /** It failed again; the id stays until `clear`. */
  note(name: string, now: number): Trouble {
    const before = this.known.get(name);
    const pause = before ? Math.min(2 * before.pause, LONGEST_PAUSE) : this.firstPause;
    const trouble = { id: before?.id ?? randomUUID(), since: before?.since ?? now, pause, next: now + pause };
    this.known.set(name, trouble);
    return trouble;
  }

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

/** @param name relative to the watched folder; of a folder with `/` at the end */
export function sayTrouble(name: string, error: unknown): Label {
  const code = codeOf(error);
  if (/^(ENOSPC|EDQUOT|EFBIG)$/u.test(code)) return noRoom(name);
  if (/^(EACCES|EPERM|EROFS)$/u.test(code)) return name.endsWith('/') ? folderUnreadable(name) : fileUntakable(name);
  return fileSystemRefuses(name);
}

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
