import { ProblemError } from '../problem.ts';
import { Busy, DiskFull, OutOfMemory, TimedOut, Unavailable } from '../warehouse/warehouse.ts';

/** Null for unexpected errors. */
export function warehouseRefusal(thrown: unknown): ProblemError | null {
  if (thrown instanceof TimedOut)
    return new ProblemError('timeout', {
      en: `The answer was not ready after ${thrown.seconds} seconds. Ask for fewer dimensions, a coarser grain, a shorter range or a filter; DRAMASCOPE_QUERY_SECONDS sets the limit.`,
      zh: `${thrown.seconds} 秒内未能得出结果。请减少维度、改用更粗的粒度、缩短范围或增加筛选；时限由 DRAMASCOPE_QUERY_SECONDS 设定。`,
    });
  if (thrown instanceof Busy)
    return new ProblemError(
      'busy',
      {
        en: `The server has too much to do at once. Ask again in ${thrown.retryAfter} seconds.`,
        zh: `服务器正忙，请在 ${thrown.retryAfter} 秒后重试。`,
      },
      undefined,
      { retryAfter: thrown.retryAfter },
    );
  if (thrown instanceof DiskFull)
    return new ProblemError(
      'disk_full',
      {
        en: 'The disk of the data folder is full: nothing was changed. Free some space, then try again.',
        zh: '数据目录所在磁盘已满，未做任何更改。请释放空间后重试。',
      },
      undefined,
      { cause: thrown },
    );
  if (thrown instanceof OutOfMemory)
    return new ProblemError(
      'out_of_memory',
      {
        en: 'The question needs more memory than the engine may take. Ask for fewer dimensions, a coarser grain or a shorter range, or raise DRAMASCOPE_MEMORY.',
        zh: '该查询所需内存超出引擎上限。请减少维度、改用更粗的粒度或缩短范围，或调高 DRAMASCOPE_MEMORY。',
      },
      undefined,
      { cause: thrown },
    );
  if (thrown instanceof Unavailable)
    return new ProblemError(
      'unavailable',
      {
        en: 'The data cannot be opened at the moment, such as because the disk is full; the log of the server has the cause. It is tried again with each request.',
        zh: '数据暂时无法打开（例如磁盘已满），原因见服务器日志。每次请求都会重新尝试。',
      },
      undefined,
      { cause: thrown, retryAfter: 5 },
    );
  return null;
}
