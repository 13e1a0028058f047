/** How an error is written into the log: what kind it is and where it came from, and nothing of the files it met. */
import { ProblemError } from './problem.ts';

export interface LoggedError {
  readonly type: string;
  readonly code?: string;
  readonly message?: string;
  readonly path?: string;
  readonly stack?: string;
  readonly cause?: LoggedError;
}

/** Causes that are followed; one may name itself. */
const DEEPEST = 5;

/**
 * The engine and parsers quote the line or cell that they fail at, and it may be anybody's: only the first line of a
 * message is kept, without what is in quotes. A refusal that the user was told is its code.
 */
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

/** The lines that name functions; those above them are the message again. */
const placesOf = (stack: string): string =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /u.test(line))
    .join('\n');
