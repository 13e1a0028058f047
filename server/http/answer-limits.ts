import { getHeapStatistics } from 'node:v8';
import { ProblemError } from '../problem.ts';
import { Busy } from '../warehouse/warehouse.ts';

export interface AnswerLimits {
  /** Limits both the run and the wait before it. */
  readonly querySeconds: number;
  readonly memory: AnswerMemory;
}

export const answerLimits = (querySeconds: number): AnswerLimits => ({ querySeconds, memory: new AnswerMemory() });

/** Part of the heap that the rows of all answers under way may take. */
const PART_OF_HEAP = 1 / 3;
/** Seconds: an answer is sent in a few. */
const RETRY = 3;

interface Closing {
  once(event: 'close', listener: () => void): unknown;
}

/** Memory of the rows of all answers under way; more is refused. */
export class AnswerMemory {
  private used = 0;

  constructor(private readonly limit = getHeapStatistics().heap_size_limit * PART_OF_HEAP) {}

  /** The function throws Busy if others hold the memory, ProblemError `answer_too_large` if one answer is too much. */
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
