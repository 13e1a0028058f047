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

/** Values that are sure go first, then the header, then what few values look like; where two disagree somebody is asked. */
export function decideViews(judged: ViewsVerdict | null, header: ViewsHeader | null): Decided {
  const named = header?.viewsAre === 'event' ? null : (header?.viewsAre ?? null);
  if (judged !== null && (judged.sure || named === null)) {
    const value = judged.verdict ?? 'increment';
    const said = [{ reason: judged.reason, ...(judged.doubt ? { doubt: judged.doubt } : {}) }];
    if (named === null || named === value || header === null) return { value, said };
    return { value, said: [...said, { reason: sounds(header.column, named, true), doubt: 'ask' }] };
  }
  if (named === null || header === null)
    return {
      value: 'increment',
      said: [{ reason: { en: 'the values do not show a counter', zh: '数值看不出是累计值' } }],
    };
  if (named === 'cumulative' && judged?.falls)
    return {
      value: named,
      said: [{ reason: judged.reason }, { reason: sounds(header.column, named, true), doubt: 'ask' }],
    };
  return { value: named, said: [{ reason: sounds(header.column, named, false) }] };
}

const sounds = (column: string, named: 'increment' | 'cumulative', odd: boolean): Label =>
  odd
    ? {
        en: `watch out: the header “${column}” sounds ${named}`,
        zh: `请确认：列名“${column}”像是${VIEWS_ARE[named]}`,
      }
    : {
        en: `the header “${column}” says so, and the values are too few to tell`,
        zh: `列名“${column}”表示${VIEWS_ARE[named]}，数值太少，无法另行判断`,
      };
