import type { DimensionFilter, Note } from '../contract/query.ts';
import type { Comparison, LogSpan } from './calendar.ts';
import type { Engine } from './engine.ts';
import { trackingWidened } from './tracking.ts';

/** What a reader of any comparison must know, for queries and analyses alike. */
export async function comparisonNotes(
  engine: Engine,
  comparison: Comparison,
  scope: { readonly log: LogSpan; readonly filters: readonly DimensionFilter[] },
): Promise<Note[]> {
  const { current, previous, previousInLog, currentInLog } = comparison;
  return [
    ...elapsedNote(comparison, scope.log),
    ...outsideLog(comparison, scope.log),
    ...(previousInLog && currentInLog ? await trackingWidened(engine, [previous, current], scope.filters) : []),
  ];
}

/** Tells the reader where as_of cut the comparison to the same number of first days. */
function elapsedNote({ current, previous, alignment }: Comparison, log: LogSpan): Note[] {
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

/** Which of the two ranges the log does not wholly hold: there is no growth then. */
function outsideLog({ current, previous, previousInLog, currentInLog }: Comparison, log: LogSpan): Note[] {
  const notes: Note[] = [];
  if (!currentInLog)
    notes.push({
      code: 'range_outside_log',
      text: {
        en: `The range ${current.from} to ${current.to} is not wholly inside the log (${log.from} to ${log.asOf}): its figures are incomplete, and nothing is said of their growth.`,
        zh: `所选区间 ${current.from} 至 ${current.to} 未完全落在日志范围（${log.from} 至 ${log.asOf}）内，数据不完整，因此不给出增幅。`,
      },
    });
  if (!previousInLog)
    notes.push({
      code: 'base_outside_log',
      text: {
        en: `The base range ${previous.from} to ${previous.to} is not wholly inside the log (${log.from} to ${log.asOf}): its figures are incomplete, and there is no growth against it.`,
        zh: `基期 ${previous.from} 至 ${previous.to} 未完全落在日志范围（${log.from} 至 ${log.asOf}）内，数据不完整，因此不与之计算增幅。`,
      },
    });
  return notes;
}
