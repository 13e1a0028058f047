import type { Label } from './contract/query.ts';

/** Why server or command line cannot start. Stable: scripts that start them branch on it. */
export type StartCode =
  | 'unknown_setting'
  | 'wrong_setting'
  | 'folder_locked'
  | 'folder_unusable'
  | 'disk_full'
  | 'database_damaged'
  | 'database_foreign'
  | 'database_newer'
  | 'state_damaged'
  | 'state_newer'
  | 'open_failed';

/** `detail` says what, where and what to do, without a word of the engine; `message` is its English. */
export class StartError extends Error {
  override readonly name = 'StartError';

  constructor(
    readonly code: StartCode,
    readonly detail: Label,
    options?: ErrorOptions,
  ) {
    super(detail.en, options);
  }

  /** 2 where the call itself is wrong, as with unknown flags; else 1. */
  get exitCode(): 1 | 2 {
    return this.code === 'unknown_setting' || this.code === 'wrong_setting' ? 2 : 1;
  }
}
