import { PROBLEM_STATUS, type ProblemCode } from './contract/problem.ts';
import type { Label } from './contract/query.ts';
import { bothOf, type Wording } from './wording.ts';

/** What is wrong at one place of a request or a file. */
export interface FieldFault {
  readonly path: string;
  readonly message: Wording;
}

/**
 * A refusal that the asker can act on. `detail` says what, where and what to do, and may be shown as it is; nothing
 * of the engine, the file system or the stack belongs in it. `message` is its English, for logs and the command line.
 */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly status: number;
  readonly detail: Label;
  /** Seconds after which to ask again. */
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
