import type { Label } from '../../contract/query.ts';

export interface OptionReason {
  readonly option: string;
  readonly reason: Label;
  /** `answer`: decides a total, needed before an import. `ask`: taken with a warning. `mention`: worth a look. */
  readonly doubt?: 'answer' | 'ask' | 'mention';
}

/** A doubt, and the option of the import that answers it; `mapping` and `kind` are options, too. */
export type Doubt = OptionReason & { readonly doubt: NonNullable<OptionReason['doubt']> };
