import type { Note, ScopeFilter } from '../../contract/query.ts';
import type { Comparison, LogSpan } from '../language/calendar.ts';
import { dayWords, rangeWords } from '../language/day-words.ts';
import type { Engine } from '../language/engine.ts';
import { trackingWidened } from './tracking.ts';

/** For queries and analyses alike. */
export async function comparisonNotes(
  engine: Engine,
  comparison: Comparison,
  scope: { readonly log: LogSpan; readonly filters: readonly ScopeFilter[] },
): Promise<Note[]> {
  const { current, previous, previousInLog, currentInLog } = comparison;
  return [
    ...elapsedNote(comparison, scope.log),
    ...outsideLog(comparison, scope.log),
    ...(previousInLog && currentInLog ? await trackingWidened(engine, [previous, current], scope.filters) : []),
  ];
}

function elapsedNote({ current, previous, alignment }: Comparison, log: LogSpan): Note[] {
  if (alignment !== 'elapsed') return [];
  const [end, now, before] = [dayWords(log.asOf), rangeWords(current), rangeWords(previous)];
  return [
    {
      code: 'elapsed',
      text: {
        en: `The data end on ${end.en}, so ${now.en} is compared with the same number of days, ${before.en}.`,
        zh: `数据截至${end.zh}，因此以${now.zh}对比同等天数的${before.zh}。`,
      },
    },
  ];
}

/** There is no growth then. */
function outsideLog({ current, previous, previousInLog, currentInLog }: Comparison, log: LogSpan): Note[] {
  const notes: Note[] = [];
  const held = rangeWords({ from: log.from, to: log.asOf });
  const [now, before] = [rangeWords(current), rangeWords(previous)];
  if (!currentInLog)
    notes.push({
      code: 'range_outside_log',
      text: {
        en: `The range ${now.en} is not wholly inside the log (${held.en}): its figures are incomplete, and nothing is said of their growth.`,
        zh: `所选区间（${now.zh}）未完全落在日志范围（${held.zh}）内，数据不完整，因此不给出增幅。`,
      },
    });
  if (!previousInLog)
    notes.push({
      code: 'base_outside_log',
      text: {
        en: `The base range ${before.en} is not wholly inside the log (${held.en}): its figures are incomplete, and there is no growth against it.`,
        zh: `基期（${before.zh}）未完全落在日志范围（${held.zh}）内，数据不完整，因此不与之计算增幅。`,
      },
    });
  return notes;
}
