import { DiskFull, OutOfMemory, QueryError } from '../warehouse.ts';

const FULL = /No space left on device|File too large|Disk quota exceeded|max_temp_directory_size|ENOSPC|EFBIG|EDQUOT/u;
/** Then every connection fails until the instance is opened again. */
const FATAL = /^FATAL Error|database has been invalidated/u;

/** The engine's own words are kept as the cause, for logs. */
export function engineError(cause: unknown, sql: string): Error {
  const message = messageOf(cause);
  if (FULL.test(message)) return new DiskFull('the engine has no room left on the disk', { cause });
  if (/^Out of Memory Error/u.test(message)) return new OutOfMemory('the engine is out of memory', { cause });
  return new QueryError(message, sql, { cause });
}

/** This error, or one that it hides. */
export function isFatal(thrown: unknown): boolean {
  for (let error = thrown; error instanceof Error; error = error.cause) if (FATAL.test(error.message)) return true;
  return false;
}

const messageOf = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause));
