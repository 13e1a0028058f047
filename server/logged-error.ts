/** Keeps an error's kind and place, and nothing of the files it met. */
import { ProblemError } from './problem.ts';

export interface LoggedError {
  readonly type: string;
  readonly code?: string;
  readonly message?: string;
  readonly path?: string;
  readonly stack?: string;
  readonly cause?: LoggedError;
}

/** An error may name itself as its cause. */
const DEEPEST = 5;

/** Engine and parsers quote users' lines: only a message's first line is kept, without quoted parts. */
export function loggedError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = 'code' in error ? error.code : undefined;
  const path = 'path' in error ? error.path : undefined;
  const { cause } = error;
  return {
    type: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    ...(error instanceof ProblemError && error.status < 500 ? {} : { message: withoutQuotes(error.message) }),
    ...(typeof path === 'string' ? { path } : {}),
    ...(error.stack === undefined ? {} : { stack: placesOf(error.stack) }),
    ...(cause === undefined || depth === DEEPEST ? {} : { cause: loggedError(cause, depth + 1) }),
  };
}

const withoutQuotes = (message: string): string =>
  (message.split(/\r?\n/u)[0] ?? '').replace(/'[^']*'?|"[^"]*"?|“[^”]*”?/gu, '…').slice(0, 300);

/** The message stands above these lines again. */
const placesOf = (stack: string): string =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /u.test(line))
    .join('\n');
