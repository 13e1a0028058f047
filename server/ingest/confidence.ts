/** Whether a proposal may be imported without anybody looking at it; pure. */
import { FIELD_LABELS } from '../contract/fields.ts';
import { CATALOG_FIELDS, type Field } from '../contract/imports.ts';
import type { Label } from '../contract/query.ts';
import { ProblemError } from '../problem.ts';
import { MEASURES } from './plan.ts';
import type { ProfiledProposal } from './profiled.ts';
import type { OptionReason } from './propose.ts';

/** An encoding that is less sure than this is asked about. */
const SURE = 0.7;
const described = new Set<Field>(CATALOG_FIELDS.filter((f) => f !== 'series_id' && f !== 'title'));

interface Doubt extends Omit<OptionReason, 'option'> {
  readonly doubt: 'ask' | 'mention';
}

const NO_SERIES: Label = {
  en: 'no column is known to name a series: choose the one that does. A list of something else (channels, producers) has nothing to import; put what it says into the log or the catalogue, in columns beside the series',
  zh: '没有列可识别为剧名或剧集编号：如有，请指定。频道、承制方等名单没有可以单独导入的内容，请将所需内容作为列并入播放数据或剧集目录',
};

/** What somebody should look at first; empty where a profile says it, or nothing is in doubt. */
export function doubtsOf({ profile, proposed, inspected }: ProfiledProposal): Doubt[] {
  if (profile) return [];
  const doubts: Doubt[] = [];
  const ask = (reason: Label) => doubts.push({ reason, doubt: 'ask' });
  const mapped = new Set<string>(Object.values(proposed.mapping));
  const fields = new Set(Object.keys(proposed.mapping));
  const strange = inspected.columns.filter((c) => !mapped.has(c.name) && isNumeric(c.type)).map((c) => `“${c.name}”`);
  if (proposed.kind === 'log' && ![...MEASURES].some((f) => fields.has(f)) && strange.length > 0)
    ask({
      en: `no column is known to state views, though ${strange.join(', ')} hold numbers`,
      zh: `没有列可识别为播放量，而${strange.join('、')}为数值`,
    });
  // Nobody can confirm it: it is refused until a column is named.
  if (proposed.kind !== 'rates' && !fields.has('series_id') && !fields.has('title'))
    doubts.push({ reason: NO_SERIES, doubt: 'mention' });
  else if (proposed.kind === 'catalog' && ![...described].some((f) => fields.has(f)))
    ask({ en: 'beside titles or ids, no column is known', zh: '除剧名或编号外，没有可识别的列' });
  for (const [column, { field, byValues }] of proposed.columns)
    if ((field === 'views' || field === 'title') && byValues)
      ask({
        en: `“${column}” is taken for ${field} by its values only`,
        zh: `“${column}”列仅凭内容判断为${FIELD_LABELS[field].zh}`,
      });
  for (const { reason, doubt } of proposed.reasons) if (doubt) doubts.push({ reason, doubt });
  const { encoding } = inspected;
  if (encoding?.confidence != null && encoding.confidence < SURE)
    ask({
      en: `its encoding is a guess: ${encoding.encoding} (${encoding.reason.en})`,
      zh: `编码为推测：${encoding.encoding}（${encoding.reason.zh}）`,
    });
  return doubts;
}

const isNumeric = (type: string) =>
  /^(integer|number|u?(tiny|small|big|huge)?int(eger)?|double|float|decimal)/iu.test(type);

/**
 * Where nobody is there to look.
 * @throws ProblemError `mapping_incomplete` naming every doubt that must be asked about
 */
export function refuseDoubts(proposal: ProfiledProposal): void {
  const doubts = doubtsOf(proposal).flatMap(({ doubt, reason }) => (doubt === 'ask' ? [reason] : []));
  if (doubts.length === 0) return;
  const names = proposal.inspected.columns.map((c) => c.name);
  throw new ProblemError(
    'mapping_incomplete',
    {
      en: `Nobody is there to confirm how this file is read: ${doubts.map(({ en }) => en).join('; ')}. Its columns are: ${names.join(', ')}.`,
      zh: `无人确认此文件的读取方式：${doubts.map(({ zh }) => zh).join('；')}。文件的列有：${names.join('、')}。`,
    },
    doubts.map((message) => ({ path: 'mapping', message })),
  );
}
