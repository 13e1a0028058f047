/** Whether a proposal may be imported without anybody looking at it; pure. */
import { FIELD_LABELS } from '../../contract/fields.ts';
import { CATALOG_FIELDS, type Field, type ImportOptions, type ImportWarning } from '../../contract/imports.ts';
import type { Label } from '../../contract/query.ts';
import { ProblemError } from '../../problem.ts';
import type { Doubt } from '../read/doubt.ts';
import type { Choices } from './choices.ts';
import type { ProfiledProposal } from './file-proposal.ts';

/** An encoding that is less sure than this is asked about. */
const SURE = 0.7;
const described = new Set<Field>(CATALOG_FIELDS.filter((f) => f !== 'series_id' && f !== 'title'));

const NO_SERIES: Label = {
  en: 'no column is known to name a series: choose the one that does, or give the title if the whole file is of one (option series). A list of something else (channels, producers) has nothing to import; put what it says into the log or the catalogue, in columns beside the series',
  zh: '没有列可识别为剧名或剧集编号：如有，请指定；整个文件是同一部剧时，可填写“剧名（整个文件）”（series）。频道、承制方等名单没有可以单独导入的内容，请将所需内容作为列并入播放数据或剧集目录',
};

/** What somebody should look at first; where a profile says how the file is read, only what the values say against it. */
export function doubtsOf({ profile, proposed, inspected }: ProfiledProposal): Doubt[] {
  if (profile)
    return proposed.reasons.flatMap(({ option, reason, doubt }) =>
      doubt === 'answer' ? [{ option, reason, doubt }] : [],
    );
  const doubts: Doubt[] = [];
  const ask = (reason: Label, option = 'mapping') => doubts.push({ option, reason, doubt: 'ask' });
  const fields = new Set(Object.keys(proposed.mapping));
  // Nobody can confirm it: it is refused until a column is named.
  if (proposed.kind !== 'rates' && !fields.has('series_id') && !fields.has('title'))
    doubts.push({ option: 'mapping', reason: NO_SERIES, doubt: 'mention' });
  else if (proposed.kind === 'catalog' && ![...described].some((f) => fields.has(f)))
    ask({ en: 'beside titles or ids, no column is known', zh: '除剧名或编号外，没有可识别的列' });
  for (const [column, { field, byValues }] of proposed.columns)
    if ((field === 'views' || field === 'title') && byValues)
      doubts.push({
        option: field === 'views' ? 'views' : 'mapping',
        reason: {
          en: `“${column}” is taken for ${field} by its values only`,
          zh: `“${column}”列仅凭内容判断为${FIELD_LABELS[field].zh}`,
        },
        doubt: field === 'views' ? 'answer' : 'ask',
      });
  for (const { option, reason, doubt } of proposed.reasons) if (doubt) doubts.push({ option, reason, doubt });
  const { encoding } = inspected;
  if (encoding?.confidence != null && encoding.confidence < SURE)
    ask(
      {
        en: `its encoding is a guess: ${encoding.encoding} (${encoding.reason.en})`,
        zh: `编码为推测：${encoding.encoding}（${encoding.reason.zh}）`,
      },
      'encoding',
    );
  return doubts;
}

/** The doubts that must be asked about and that nothing of what was chosen answers. */
export function unconfirmedOf(proposal: ProfiledProposal, chosen: Choices): Doubt[] {
  return doubtsOf(proposal).filter(({ doubt, option }) => doubt !== 'mention' && !answers(chosen, option));
}

function answers({ kind, mapping, map = {}, profile, options = {} }: Choices, option: string): boolean {
  const mapped = mapping !== undefined || Object.keys(map).length > 0;
  // Of a mapping that was chosen, whether it has views is judged anew.
  if (option === 'views')
    return options.views_are === 'event' || mapping?.views !== undefined || map.views !== undefined;
  if (option === 'day') return options.day !== undefined || kind === 'catalog';
  if (option === 'mapping') return mapped;
  // Of a catalogue no numbers are taken, however they are laid out.
  if (option === 'across') return options.across !== undefined || kind === 'catalog';
  if (option === 'kind') return kind !== undefined || mapped;
  if (option === 'profile') return profile !== undefined || mapped;
  return Object.keys(options).includes(option);
}

/** Rates that somebody said the direction of, and that are of a size that they cannot be in it. */
export function warnOfUnlikelyRates(proposal: ProfiledProposal, { options }: Choices): ImportWarning | null {
  const odd = doubtsOf(proposal).find(({ option, doubt }) => option === 'rates_are' && doubt === 'answer');
  if (!odd || options?.rates_are === undefined) return null;
  const { en, zh } = plainly(odd.reason);
  return {
    code: 'rates_unlikely',
    count: 0,
    detail: { en: `rates are read as was said: ${en}`, zh: `已按指定的方向读取汇率：${zh}` },
  };
}

const plainly = ({ en, zh }: Label): Label => ({
  en: en.replace(/^watch out: /u, ''),
  zh: zh.replace(/^请确认：/u, ''),
});

/** What was taken unseen, for the dry run and the record; null where there is nothing. */
export function warnOfUnconfirmed(doubts: readonly Doubt[], options: ImportOptions): ImportWarning | null {
  if (doubts.length === 0) return null;
  const taken: Record<string, unknown> = options;
  const said = doubts.map(({ option, reason }) => {
    const { en, zh } = plainly(reason);
    const value = typeof taken[option] === 'string' ? taken[option] : null;
    return {
      en: `${en} (${value === null ? `nobody said ${option}` : `taken: ${option} ${value}`})`,
      zh: `${zh}（${value === null ? `未指定 ${option}` : `已按 ${option}=${value} 处理`}）`,
    };
  });
  const named = [...new Set(doubts.map(({ option }) => saidAs(option)))];
  if (doubts.some(({ doubt }) => doubt === 'answer'))
    return {
      code: 'unconfirmed',
      count: doubts.length,
      detail: {
        en: `nothing is imported before somebody says it: ${said.map(({ en }) => en).join('; ')}. Say ${named.join(', ')}.`,
        zh: `有人指定之前不会导入：${said.map(({ zh }) => zh).join('；')}。请指定 ${named.join('、')}。`,
      },
    };
  return {
    code: 'unconfirmed',
    count: doubts.length,
    detail: {
      en: `taken as proposed, though nobody confirmed it: ${said.map(({ en }) => en).join('; ')}. Where that is wrong, undo the import and say ${named.join(', ')}.`,
      zh: `未经确认，按建议处理：${said.map(({ zh }) => zh).join('；')}。如不对，请撤销导入并指定 ${named.join('、')}。`,
    },
  };
}

/**
 * What decides a total is imported once somebody has said it.
 * @param doubts that nothing answers
 * @throws ProblemError `unconfirmed` naming the option that answers each
 */
export function refuseOpen(proposal: ProfiledProposal, doubts: readonly Doubt[]): void {
  const open = doubts.filter(({ doubt }) => doubt === 'answer');
  if (open.length > 0) throw refusal(proposal, open);
}

/**
 * Where nobody is there to look.
 * @param doubts that nothing answers
 * @throws ProblemError `unconfirmed` naming every one, and what is to be said
 */
export function refuseUnconfirmed(proposal: ProfiledProposal, doubts: readonly Doubt[]): void {
  if (doubts.length > 0) throw refusal(proposal, doubts);
}

/** What is refused for as long as nobody says it, and where in a request each is answered; worded as in `doubtsOf`. */
export function questionsOf(proposal: ProfiledProposal): { path: string; message: Label }[] {
  return doubtsOf(proposal).flatMap(({ option, reason, doubt }) =>
    doubt === 'answer' ? [{ path: pathOf(option), message: reason }] : [],
  );
}

/** The column of views is said by the mapping. */
const saidAs = (option: string) => (option === 'views' ? 'mapping.views' : option);

/** Where a question is answered in a request: `views` by the mapping, all else by an option. */
const pathOf = (option: string) =>
  option === 'views'
    ? 'mapping.views'
    : option === 'mapping' || option === 'kind' || option === 'profile'
      ? option
      : `options.${option}`;

function refusal({ inspected }: ProfiledProposal, doubts: readonly Doubt[]): ProblemError {
  const names = inspected.columns.map((c) => c.name);
  const reasons = doubts.map(({ reason }) => plainly(reason));
  const options = [...new Set(doubts.map(({ option }) => saidAs(option)))];
  const hint = doubts.some(({ doubt }) => doubt === 'answer')
    ? { en: '', zh: '' }
    : {
        en: ', or take what is proposed (on the command line without --strict)',
        zh: '，或按建议处理（命令行去掉 --strict）',
      };
  return new ProblemError(
    'unconfirmed',
    {
      en: `Nobody has confirmed how this file is read: ${reasons.map(({ en }) => en).join('; ')}. Say ${options.join(', ')}${hint.en}. Its columns are: ${names.join(', ')}.`,
      zh: `此文件的读取方式尚未有人确认：${reasons.map(({ zh }) => zh).join('；')}。请指定 ${options.join('、')}${hint.zh}。文件的列有：${names.join('、')}。`,
    },
    doubts.map(({ option, reason }) => ({ path: pathOf(option), message: plainly(reason) })),
  );
}
