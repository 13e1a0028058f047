import { DiskFull, OutOfMemory, QueryError } from '../warehouse.ts';

const FULL = /No space left on device|File too large|Disk quota exceeded|max_temp_directory_size|ENOSPC|EFBIG|EDQUOT/u;
/** After such an error every connection of the instance fails until it is opened again. */
const FATAL = /^FATAL Error|database has been invalidated/u;

/** What the engine says, as one of the classes of warehouse.ts; its own words are kept as the cause, for logs. */
export function engineError(cause: unknown, sql: string): Error {
  const message = messageOf(cause);
  if (FULL.test(message)) return new DiskFull('the engine has no room left on the disk', { cause });
  if (/^Out of Memory Error/u.test(message)) return new OutOfMemory('the engine is out of memory', { cause });
  return new QueryError(message, sql, { cause });
}

/** Whether the engine must be opened again: this error, or one that it hides, has invalidated it. */
export function isFatal(thrown: unknown): boolean {
  for (let error = thrown; error instanceof Error; error = error.cause) if (FATAL.test(error.message)) return true;
  return false;
}

const messageOf = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause));
