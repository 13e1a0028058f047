import { getHeapStatistics } from 'node:v8';
import { ProblemError } from '../problem.ts';
import { Busy } from '../warehouse/warehouse.ts';

/** What an answer may take. */
export interface AnswerLimits {
  /** Longest time that a question may run, and wait before, in seconds. */
  readonly querySeconds: number;
  readonly memory: AnswerMemory;
}

/** @param querySeconds longest time that a question may run, and wait before */
export const answerLimits = (querySeconds: number): AnswerLimits => ({ querySeconds, memory: new AnswerMemory() });

/** Part of the heap that the rows of all answers under way may take. */
const PART_OF_HEAP = 1 / 3;
/** When to ask again once memory is short, in seconds: an answer is sent in a few. */
const RETRY = 3;

interface Closing {
  once(event: 'close', listener: () => void): unknown;
}

/** Memory that the rows of the answers under way take together; what would pass the limit is refused. */
export class AnswerMemory {
  private used = 0;

  constructor(private readonly limit = getHeapStatistics().heap_size_limit * PART_OF_HEAP) {}

  /**
   * An account that is closed with its response.
   * @returns what to tell of bytes as they come: throws Busy while others hold the memory, and ProblemError
   * `answer_too_large` if one answer alone would pass the limit
   */
  accountOf(res: Closing): (bytes: number) => void {
    let own = 0;
    let closed = false;
    res.once('close', () => {
      closed = true;
      this.used -= own;
    });
    return (bytes) => {
      if (closed) return;
      if (own + bytes > this.limit) throw tooLarge();
      if (this.used + bytes > this.limit) throw new Busy(RETRY);
      own += bytes;
      this.used += bytes;
    };
  }
}

const tooLarge = () =>
  new ProblemError('answer_too_large', {
    en: 'The answer needs more memory than this server gives to answers. Ask for fewer measures, a limit, a coarser grain or a shorter range.',
    zh: '答案超出服务器可用的内存。请减少指标、设置 limit、改用更粗的粒度或缩短范围。',
  });
