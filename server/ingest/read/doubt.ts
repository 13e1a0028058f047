import type { Label } from '../../contract/query.ts';

export interface OptionReason {
  readonly option: string;
  readonly reason: Label;
  /**
   * `answer`: it decides a total, and nothing is imported until somebody says it. `ask`: somebody should confirm it; taken
   * with a warning. `mention`: worth a look, and taken as it is if nobody is there to look.
   */
  readonly doubt?: 'answer' | 'ask' | 'mention';
}

/** What somebody should look at, and by which option of the import it is answered; `mapping` and `kind` are ones, too. */
export type Doubt = OptionReason & { readonly doubt: NonNullable<OptionReason['doubt']> };
