import type { Label } from './contract/query.ts';
import { ProblemError } from './problem.ts';
import { languageOfTerminal } from './wording.ts';

/** Stable: scripts branch on it. */
export type StartCode =
  | 'unknown_setting'
  | 'wrong_setting'
  | 'folder_locked'
  | 'folder_unusable'
  | 'disk_full'
  | 'memory_short'
  | 'inbox_unusable'
  | 'port_taken'
  | 'database_damaged'
  | 'database_foreign'
  | 'database_newer'
  | 'state_damaged'
  | 'state_newer'
  | 'demo_failed'
  | 'open_failed';

/** `detail`: what, where, what to do, without a word of the engine; `message` is its English. */
export class StartError extends Error {
  override readonly name = 'StartError';

  constructor(
    readonly code: StartCode,
    readonly detail: Label,
    options?: ErrorOptions,
  ) {
    super(detail.en, options);
  }

  /** 2 if the call itself is wrong, as with unknown flags. */
  get exitCode(): 1 | 2 {
    return this.code === 'unknown_setting' || this.code === 'wrong_setting' ? 2 : 1;
  }
}

/** In the terminal's language; with its cause if LOG_LEVEL asks for details. */
export function sayStartError(error: unknown, env: Readonly<Record<string, string | undefined>>): string {
  if (!(error instanceof StartError || error instanceof ProblemError))
    return error instanceof Error ? error.message : String(error);
  const detail = error.detail[languageOfTerminal(env)];
  const { cause } = error;
  const wanted = /^(debug|trace)$/.test(env.LOG_LEVEL ?? '') && cause !== undefined;
  return wanted ? `${detail}\n${cause instanceof Error ? cause.stack : String(cause)}` : detail;
}
