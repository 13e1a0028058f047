import { PROBLEM_STATUS, type ProblemCode } from './contract/problem.ts';
import type { Label } from './contract/query.ts';
import { bothOf, type Wording } from './wording.ts';

export interface FieldFault {
  readonly path: string;
  readonly message: Wording;
}

/** `detail`: what, where, what to do; nothing of engine, files or stack. `message` is its English, for logs. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly status: number;
  readonly detail: Label;
  /** Seconds. */
  readonly retryAfter: number | undefined;

  constructor(
    readonly code: ProblemCode,
    detail: Wording,
    readonly errors?: readonly FieldFault[],
    options: ErrorOptions & { readonly retryAfter?: number } = {},
  ) {
    const both = bothOf(detail);
    super(both.en, options.cause === undefined ? {} : { cause: options.cause });
    this.retryAfter = options.retryAfter;
    this.detail = both;
    this.status = PROBLEM_STATUS[code];
  }
}
