import { ProblemError } from '../problem.ts';
import { Cancelled, QueryError } from '../warehouse/warehouse.ts';

/** The engine's complaints never reach the user; what is not foreseen is named by what the user can do. */
export function asRefusal(thrown: unknown): ProblemError | Cancelled {
  if (thrown instanceof ProblemError || thrown instanceof Cancelled) return thrown;
  if (thrown instanceof QueryError && /Out of Memory|max_temp_directory|No space left/iu.test(thrown.message))
    return new ProblemError(
      'internal',
      'The machine ran out of memory or disk during the import; nothing was changed. Free some, or import the file in parts.',
      undefined,
      { cause: thrown },
    );
  if (thrown instanceof QueryError && /parquet|thrift|snappy|zstd|metadata/iu.test(thrown.message))
    return new ProblemError(
      'unreadable_file',
      'The Parquet file is damaged: a part of it cannot be read. Export or copy it again.',
      undefined,
      { cause: thrown },
    );
  return new ProblemError(
    'internal',
    'The import met an error that it did not foresee; nothing was changed, and the server log has the details.',
    undefined,
    { cause: thrown },
  );
}
