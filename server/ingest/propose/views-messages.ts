import type { ViewsAre } from '../../contract/imports.ts';
import type { Label } from '../../contract/query.ts';
import { joined, numbered } from '../../wording.ts';
import { watchOut, withoutWatchOut } from './messages.ts';
import type { Looks, Steps } from './probe/view-steps.ts';

type Stated = Exclude<ViewsAre, 'event'>;

export const VIEWS_ARE: Readonly<Record<ViewsAre, string>> = {
  increment: '增量',
  cumulative: '累计值',
  event: '逐条事件',
};

const percent = (share: number) => (share * 100).toFixed((share > 0.99 && share < 1) || share < 0.1 ? 1 : 0);

// Steps from date to date

export const NO_STEPS_SAID: Label = {
  en: 'no series has two or more dates, so nothing tells whether its views are increments or a counter',
  zh: '每部剧都只有一个日期，无法判断播放量是增量还是累计值',
};

export function sayWeighed(found: Steps, looks: Looks, sampled = false): Label {
  const { keys, steps, held, grew, change } = found;
  if (steps === 0) return NO_STEPS_SAID;
  const size = looks !== 'increments' && change !== null;
  const told = {
    en: `${percent(held)} % of ${numbered(steps, 'step')} ${steps === 1 ? 'does' : 'do'} not fall, and ${percent(grew)} % of ${keys} series${sampled ? ' looked at' : ''} ${keys === 1 ? 'grows' : 'grow'} with time${size ? `, typically by ${percent(change)} % a step` : ''}`,
    zh: `${sampled ? '抽查的 ' : ''}${keys} 部剧中，相邻日期共 ${steps} 次变化，${percent(held)}% 不下降，${percent(grew)}% 的剧随时间增长${size ? `，每次通常增长 ${percent(change)}%` : ''}`,
  };
  const verdict = VERDICTS[looks];
  return { en: `${told.en}: ${verdict.en}`, zh: `${told.zh}：${verdict.zh}` };
}

const VERDICTS: Readonly<Record<Looks, Label>> = {
  counter: { en: 'a counter', zh: '是累计值' },
  increments: { en: 'no counter', zh: '不是累计值' },
  nothing: { en: 'that shows neither increments nor a counter', zh: '看不出是增量还是累计值' },
};

const SAY_WHICH: Label = {
  en: 'say which: increment, or cumulative for a counter',
  zh: '请指定是增量（increment）还是累计值（cumulative）',
};

export const stepsLeaveOpen = (steps: Label): Label => joined(watchOut(steps), SAY_WHICH);

export const NOTHING_TELLS_VIEWS: Label = stepsLeaveOpen({
  en: 'nothing tells what the views are',
  zh: '无法判断播放量是增量还是累计值',
});

export const NO_COUNTER_SHOWN: Label = { en: 'the values do not show a counter', zh: '数值看不出是累计值' };

// Headers

export const headerSounds = (header: string, named: Stated): Label => ({
  en: `the header “${header}” sounds ${named}`,
  zh: `列名“${header}”像是${VIEWS_ARE[named]}`,
});

export const headerDecides = (header: string, named: Stated): Label => ({
  en: `the header “${header}” says that it is ${named === 'increment' ? 'increments' : 'a counter'}`,
  zh: `列名“${header}”表示${VIEWS_ARE[named]}`,
});

export const headerAgrees = (header: string, named: Stated): Label => ({
  en: `the header “${header}” says so, too`,
  zh: `列名“${header}”也表示${VIEWS_ARE[named]}`,
});

// Earlier imports of the source

/** An import that the user must undo. */
export interface NamedImport {
  readonly import_id: string;
  readonly filename: string;
}

const NAMED = 3;

export function undoIncrements(taken: readonly NamedImport[]): Label {
  const names = taken.slice(0, NAMED);
  const more = taken.length - names.length;
  return {
    en: `earlier imports were taken as increments: if these are counters, undo import ${names.map((e) => `${e.import_id} (“${e.filename}”)`).join(', ')}${more > 0 ? ` and ${more} more` : ''} and import ${taken.length > 1 ? 'them' : 'it'} again as counters`,
    zh: `此前的导入按增量计算：若是累计值，请撤销导入 ${names.map((e) => `${e.import_id}（“${e.filename}”）`).join('、')}${more > 0 ? `等 ${taken.length} 个` : ''}，再按累计值重新导入`,
  };
}

export const EARLIER_WERE_COUNTERS: Label = {
  en: 'though its earlier imports were counters; say which, and for increments give another source',
  zh: '而该来源此前导入的是累计值；请指定，若为增量请改用其他来源名称',
};

export const sourceWas = (source: string, views: Stated): Label => ({
  en: `earlier imports of the source “${source}” were ${views}`,
  zh: `来源“${source}”此前导入的是${VIEWS_ARE[views]}`,
});

export const stepsFromEarlierDays = (source: string, { en, zh }: Label): Label =>
  watchOut({
    en: `beside the earlier days of the source “${source}”, ${en}`,
    zh: `与来源“${source}”此前的日期相比，${zh}`,
  });

// What was said or taken, and the values

export const viewsAgainstSaid = (said: Stated, shown: Stated, { en, zh }: Label): Label => ({
  en: `views are read as ${said}, as was said, though by their values they are ${shown}: ${en}. If that is wrong, undo the import and import the file as ${shown}`,
  zh: `播放量已按指定的“${VIEWS_ARE[said]}”读取，但从数值看是${VIEWS_ARE[shown]}：${zh}。如不对，请撤销导入，再按${VIEWS_ARE[shown]}导入`,
});

export function viewsAgainstProfile(profile: string, kept: ViewsAre, reason: Label): Label {
  const { en, zh } = withoutWatchOut(reason);
  return {
    en: `the profile “${profile}” says ${kept}, and the values speak against it: ${en}; say which`,
    zh: `映射“${profile}”为${VIEWS_ARE[kept]}，但数值并非如此：${zh}；请指定`,
  };
}

export const columnOfOtherKind = (column: string, is: Stated, { en, zh }: Label): Label =>
  watchOut({
    en: `the views are read as ${is}, and so would “${column}” be, though by its values it is not: ${en}. Leave the column out, or import it as a file of its own`,
    zh: `播放量按${VIEWS_ARE[is]}读取，“${column}”列也会如此，但从数值看并非这样：${zh}。请不导入该列，或单独存为一个文件导入`,
  });

export const ROWS_ARE_EVENTS: Label = {
  en: 'no column states views or another measure: each row is one view',
  zh: '没有播放量或其他指标列：每行计为一次播放',
};

export const EVENTS_ADD_UP: Label = { en: 'events add up', zh: '逐条事件累加' };
export const LATEST_COUNTS: Label = { en: 'the latest import of a key counts', zh: '同一记录以最新一次导入为准' };

export const viewsOfYesterday = (column: string): Label =>
  watchOut({
    en: `“${column}” counts for the day that its row states; if that is the day on which the list was made, the numbers are of the day before: correct the dates first`,
    zh: `“${column}”计入该行所写的日期；若该日期是制表日，数据实为前一天，请先更正日期`,
  });
