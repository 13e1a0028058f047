import { PROBLEM_STATUS, type ProblemCode } from './contract/problem.ts';

/**
 * A refusal that the asker can act on. `detail` says what, where and what to do, and may be shown as it is; nothing
 * of the engine, the file system or the stack belongs in it.
 */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly status: number;

  constructor(
    readonly code: ProblemCode,
    detail: string,
    readonly errors?: readonly { path: string; message: string }[],
    options?: ErrorOptions,
  ) {
    super(detail, options);
    this.status = PROBLEM_STATUS[code];
  }
}
