import type { Note } from '../contract/query.ts';
import type { Comparison, LogSpan } from './calendar.ts';

/** Tells the reader where as_of cut the comparison to the same number of first days. */
export function elapsedNote({ current, previous, alignment }: Comparison, log: LogSpan): Note[] {
  if (alignment !== 'elapsed') return [];
  return [
    {
      code: 'elapsed',
      text: {
        en: `The data end on ${log.asOf}, so ${current.from} to ${current.to} is compared with the same number of days, ${previous.from} to ${previous.to}.`,
        zh: `数据截至 ${log.asOf}，因此以 ${current.from} 至 ${current.to} 对比同等天数的 ${previous.from} 至 ${previous.to}。`,
      },
    },
  ];
}
