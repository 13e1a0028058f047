import { ProblemError } from '../../problem.ts';
import { Cancelled, QueryError } from '../../warehouse/warehouse.ts';
import { OUT_OF_MEMORY, PARQUET_DAMAGED, UNEXPECTED_ERROR } from './messages.ts';

/** Turns errors of the engine, which users never see, into something they can act on. */
export function asRefusal(thrown: unknown): ProblemError | Cancelled {
  if (thrown instanceof ProblemError || thrown instanceof Cancelled) return thrown;
  const said = thrown instanceof QueryError ? thrown.message : '';
  if (/Out of Memory|max_temp_directory|No space left/iu.test(said))
    return new ProblemError('internal', OUT_OF_MEMORY, undefined, { cause: thrown });
  if (/parquet|thrift|snappy|zstd|metadata/iu.test(said))
    return new ProblemError('unreadable_file', PARQUET_DAMAGED, undefined, { cause: thrown });
  return new ProblemError('internal', UNEXPECTED_ERROR, undefined, { cause: thrown });
}
