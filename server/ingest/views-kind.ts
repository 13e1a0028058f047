/** What views are proposed to be, where the values and the header have a say; pure. */
import type { ViewsAre } from '../contract/imports.ts';
import type { Label } from '../contract/query.ts';
import type { ViewsVerdict } from './probe.ts';
import { VIEWS_ARE } from './propose.ts';

export interface ViewsHeader {
  readonly column: string;
  readonly viewsAre: ViewsAre | null;
}

interface Decided {
  readonly value: Exclude<ViewsAre, 'event'>;
  readonly said: readonly { readonly reason: Label; readonly doubt?: 'ask' | 'mention' }[];
}

/** The values decide, of few of them views are increments; the header adds a reason, or a doubt where it says otherwise. */
export function decideViews(judged: ViewsVerdict | null, header: ViewsHeader | null): Decided {
  const named = header?.viewsAre === 'event' ? null : (header?.viewsAre ?? null);
  const value = judged?.verdict ?? 'increment';
  const reason = judged?.reason ?? { en: 'the values do not show a counter', zh: '数值看不出是累计值' };
  const said = { reason, ...(judged?.doubt ? { doubt: judged.doubt } : {}) };
  if (named === null || header === null) return { value, said: [said] };
  const odd = named !== value;
  const spoken = { reason: sounds(header.column, named, odd), ...(odd ? { doubt: 'ask' as const } : {}) };
  // Where the header says the same, values that are too few to tell leave nothing to ask.
  return { value, said: odd ? [said, spoken] : [judged?.sure ? said : { reason }, spoken] };
}

const sounds = (column: string, named: 'increment' | 'cumulative', odd: boolean): Label =>
  odd
    ? {
        en: `watch out: the header “${column}” sounds ${named}`,
        zh: `请确认：列名“${column}”像是${VIEWS_ARE[named]}`,
      }
    : {
        en: `the header “${column}” says so, too`,
        zh: `列名“${column}”也表示${VIEWS_ARE[named]}`,
      };
