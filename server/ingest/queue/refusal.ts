import { ProblemError } from '../../problem.ts';
import { Cancelled, QueryError } from '../../warehouse/warehouse.ts';

/** The engine's complaints never reach the user; what is not foreseen is named by what the user can do. */
export function asRefusal(thrown: unknown): ProblemError | Cancelled {
  if (thrown instanceof ProblemError || thrown instanceof Cancelled) return thrown;
  if (thrown instanceof QueryError && /Out of Memory|max_temp_directory|No space left/iu.test(thrown.message))
    return new ProblemError(
      'internal',
      {
        en: 'The machine ran out of memory or disk during the import; nothing was changed. Free some, or import the file in parts.',
        zh: '导入时内存或磁盘空间不足，没有写入任何数据。请释放空间，或将文件拆分后导入。',
      },
      undefined,
      { cause: thrown },
    );
  if (thrown instanceof QueryError && /parquet|thrift|snappy|zstd|metadata/iu.test(thrown.message))
    return new ProblemError(
      'unreadable_file',
      {
        en: 'The Parquet file is damaged: a part of it cannot be read. Export or copy it again.',
        zh: 'Parquet 文件已损坏，部分内容无法读取。请重新导出或复制。',
      },
      undefined,
      { cause: thrown },
    );
  return new ProblemError(
    'internal',
    {
      en: 'The import met an error that it did not foresee; nothing was changed, and the server log has the details.',
      zh: '导入遇到未预料的错误，没有写入任何数据，详情见服务器日志。',
    },
    undefined,
    { cause: thrown },
  );
}
