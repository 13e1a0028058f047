/** “Increment or counter?”: by the values, else by what the source holds, else by the header, else open. */
import { SUMMED_COLUMNS } from '../../contract/columns.ts';
import type { ImportOptions, ViewsAre, Warning } from '../../contract/imports.ts';
import type { Label } from '../../contract/query.ts';
import { listEntries, viewsOfSource } from '../../ledger/history.ts';
import type { Vocabulary } from '../../vocabulary/vocabulary.ts';
import type { ReadSession } from '../../warehouse/warehouse.ts';
import { numbered } from '../../wording.ts';
import type { OptionReason } from '../read/doubt.ts';
import type { DataFile } from '../read/source.ts';
import { type ImportPlan, planImport } from '../stage/plan.ts';
import type { Proposal } from './proposed.ts';
import { type Steps, stepsByField, stepsFromSource, viewSteps } from './view-steps.ts';

export type Looks = 'counter' | 'increments' | 'nothing';

/** So many steps decide; fewer may still contradict what is said elsewhere. */
const ENOUGH = 20;
/** Counters fall where a platform corrects them, in no more than one step of twenty. */
const HELD = 0.95;
/** Views of single days fall in at least one step of five. */
const FALLS = 0.2;
/** What a day adds to a counter is small beside it; views of single days differ by more. */
const SMALL = 0.1;
/** Steps per series that cannot all have risen for one reason, such as a weekend. */
const LONG = 7;

/** What steps look like, however few they are. */
export function likeness({ keys, steps, held, grew, change }: Steps): Looks {
  if (steps === 0) return 'nothing';
  const small = change !== null && change <= SMALL;
  if (held >= HELD && grew > 0.5 && (small || steps >= LONG * keys)) return 'counter';
  // A fifth of the steps, exactly: 1 − 0.8 is below 0.2.
  return held <= 1 - FALLS ? 'increments' : 'nothing';
}

/** What steps decide by themselves: nothing below 20 of them. */
export const weigh = (found: Steps): Looks => (found.steps < ENOUGH ? 'nothing' : likeness(found));

const percent = (share: number) => `${(share * 100).toFixed((share > 0.99 && share < 1) || share < 0.1 ? 1 : 0)} %`;

/** The steps in words, and what they are taken for. @param looks `nothing`: they leave it open */
export function sayWeighed(found: Steps, looks: Looks, sampled = false): Label {
  const { keys, steps, held, grew, change } = found;
  if (steps === 0)
    return {
      en: 'no series has two or more dates, so nothing tells whether its views are increments or a counter',
      zh: '没有剧集有两个以上日期，无法判断播放量是增量还是累计值',
    };
  const size = looks !== 'increments' && change !== null;
  const told = {
    en: `${percent(held)} of ${numbered(steps, 'step')} ${steps === 1 ? 'does' : 'do'} not fall, and ${percent(grew)} of ${keys} series${sampled ? ' looked at' : ''} ${keys === 1 ? 'grows' : 'grow'} with time${size ? `, typically by ${percent(change)} a step` : ''}`,
    zh: `${sampled ? '抽查的 ' : ''}${keys} 部剧中，相邻日期有 ${steps} 次变化，${percent(held)} 不下降，${percent(grew)} 的剧随时间增长${size ? `，每次通常增长 ${percent(change)}` : ''}`,
  };
  if (looks === 'nothing')
    return {
      en: `${told.en}: that shows neither increments nor a counter`,
      zh: `${told.zh}：看不出是增量还是累计值`,
    };
  const counter = looks === 'counter';
  return {
    en: `${told.en}: ${counter ? 'a counter' : 'no counter'}`,
    zh: `${told.zh}：${counter ? '是累计值' : '不是累计值'}`,
  };
}

type Stated = Exclude<ViewsAre, 'event'>;
type SaidOfViews = Pick<OptionReason, 'reason' | 'doubt'>;

export interface ViewsVerdict {
  /** Null where nothing tells: then somebody must say it. */
  readonly value: Stated | null;
  /** What the steps of the file itself decide. */
  readonly byValues: Stated | null;
  readonly said: readonly SaidOfViews[];
}

export interface ViewsEvidence {
  /** Of the file's own series from date to date. */
  readonly steps: Steps;
  /** One series in several was looked at. */
  readonly sampled: boolean;
  readonly header: string;
  /** What the header says. */
  readonly named: Stated | null;
  /** The source's earlier committed imports; null where there are none. */
  readonly before: {
    readonly source: string;
    readonly views: Stated;
    /** From the source's last days into the file's; null where nothing can be compared. */
    readonly steps: Steps | null;
    /** Which imports were taken for increments, and what to do if they are counters. */
    readonly taken: Label;
  } | null;
}

export const VIEWS_ARE: Readonly<Record<ViewsAre, string>> = {
  increment: '增量',
  cumulative: '累计值',
  event: '逐条事件',
};
const WORD = { increment: 'increments', cumulative: 'a counter' } as const;

const LOOKS = { counter: 'cumulative', increments: 'increment', nothing: null } as const;
/** Steps from which on a header decides, if they do not contradict it. */
const FEW = 10;
/** So few steps beside an earlier import happen by chance. */
const CHANCE = 5;

export function decideViews(evidence: ViewsEvidence): ViewsVerdict {
  const { steps, sampled, named, header, before } = evidence;
  const byValues = LOOKS[weigh(steps)];
  if (byValues !== null) {
    const odd = named !== null && named !== byValues;
    const reason = sayWeighed(steps, weigh(steps), sampled);
    const clash = before !== null && before.views !== byValues;
    const said: SaidOfViews = clash
      ? { reason: joined(watchOut(reason), againstSource(before)), doubt: 'answer' }
      : { reason };
    return { value: byValues, byValues, said: [said, ...(named ? [sounds(header, named, odd)] : [])] };
  }
  if (before !== null) return bySource(before, evidence);
  if (named !== null && steps.steps >= FEW && LOOKS[likeness(steps)] !== other(named))
    return {
      value: named,
      byValues,
      said: [{ reason: sayWeighed(steps, 'nothing', sampled) }, decides(header, named)],
    };
  const said = [
    { reason: joined(watchOut(sayWeighed(steps, 'nothing', sampled)), SAY_WHICH), doubt: 'answer' as const },
    ...(named === null ? [] : [{ reason: soundsOnly(header, named) }]),
  ];
  return { value: null, byValues, said };
}

/** What the source's earlier imports were, unless the values speak against it. */
function bySource(
  before: NonNullable<ViewsEvidence['before']>,
  { steps, sampled, named, header }: ViewsEvidence,
): ViewsVerdict {
  const { source, views } = before;
  const said = (reason: Label, doubt?: 'answer' | 'ask'): ViewsVerdict => ({
    value: views,
    byValues: null,
    said: [doubt ? { reason, doubt } : { reason }],
  });
  const beside = before.steps;
  const looks = beside ? likeness(beside) : 'nothing';
  if (beside && LOOKS[looks] === other(views) && beside.steps >= CHANCE) {
    const reason = joined(besideSource(source, sayWeighed(beside, looks)), againstSource(before));
    return said(reason, LOOKS[weigh(beside)] === null ? 'ask' : 'answer');
  }
  if (LOOKS[likeness(steps)] === other(views) && steps.steps >= CHANCE)
    return said(joined(watchOut(sayWeighed(steps, likeness(steps), sampled)), againstSource(before)), 'ask');
  if (named === 'cumulative' && views === 'increment' && looks !== 'increments')
    return said(joined(watchOut(soundsOnly(header, named)), before.taken), 'ask');
  return said({
    en: `earlier imports of the source “${source}” were ${views}`,
    zh: `来源“${source}”此前导入的是${VIEWS_ARE[views]}`,
  });
}

const other = (views: Stated): Stated => (views === 'increment' ? 'cumulative' : 'increment');

const joined = (one: Label, more: Label): Label => ({ en: `${one.en}; ${more.en}`, zh: `${one.zh}；${more.zh}` });
const watchOut = ({ en, zh }: Label): Label => ({ en: `watch out: ${en}`, zh: `请确认：${zh}` });

const SAY_WHICH: Label = {
  en: 'say which: increment, or cumulative for a counter',
  zh: '请指定是增量（increment）还是累计值（cumulative）',
};

const besideSource = (source: string, said: Label): Label => ({
  en: `watch out: beside the earlier days of the source “${source}”, ${said.en}`,
  zh: `请确认：与来源“${source}”此前的日期相比，${said.zh}`,
});

const againstSource = ({ views, taken }: NonNullable<ViewsEvidence['before']>): Label =>
  views === 'increment'
    ? taken
    : {
        en: 'though its earlier imports were counters; say which, and for increments give another source',
        zh: '而该来源此前导入的是累计值；请指定，若为增量请改用其他来源名称',
      };

const soundsOnly = (header: string, named: Stated): Label => ({
  en: `the header “${header}” sounds ${named}`,
  zh: `列名“${header}”像是${VIEWS_ARE[named]}`,
});

const decides = (header: string, named: Stated): SaidOfViews => ({
  reason: {
    en: `the header “${header}” says that it is ${WORD[named]}`,
    zh: `列名“${header}”表示${VIEWS_ARE[named]}`,
  },
});

const sounds = (header: string, named: Stated, odd: boolean): SaidOfViews =>
  odd
    ? { reason: watchOut(soundsOnly(header, named)), doubt: 'ask' }
    : {
        reason: { en: `the header “${header}” says so, too`, zh: `列名“${header}”也表示${VIEWS_ARE[named]}` },
      };

/** Of a file whose views nothing has looked at. */
export const NOT_JUDGED: ViewsVerdict = {
  value: null,
  byValues: null,
  said: [
    {
      reason: joined(
        { en: 'watch out: nothing tells what the views are', zh: '请确认：无法判断播放量是增量还是累计值' },
        SAY_WHICH,
      ),
      doubt: 'answer',
    },
  ],
};

/** Of a file that states other measures only. */
export const NO_VIEWS: ViewsVerdict = {
  value: 'increment',
  byValues: null,
  said: [{ reason: { en: 'the values do not show a counter', zh: '数值看不出是累计值' } }],
};

/**
 * @param proposal of the mapping that holds
 * @param options what the user says already
 * @returns null where it is said already, or there is nothing to judge
 */
export async function viewsVerdict(
  session: ReadSession,
  file: DataFile,
  proposal: Proposal,
  options: ImportOptions,
  vocabulary: Vocabulary,
): Promise<ViewsVerdict | null> {
  if (options.views_are !== undefined || !proposal.mapping.views || !canBePlanned(proposal, options)) return null;
  const plan = planImport(file, proposal, { options: { ...options, views_are: 'increment' } }, session.state.timeZone);
  const { steps, sampled } = await viewSteps(session, file, plan);
  const source = options.source ?? proposal.options.source ?? '';
  const views = await viewsOfSource(session, source);
  const header = proposal.mapping.views;
  const before = views === null || views === 'event' ? null : views;
  const open = weigh(steps) === 'nothing';
  return decideViews({
    steps,
    sampled,
    header,
    named: proposal.headerSays ?? null,
    before: before && {
      source,
      views: before,
      steps: open ? await stepsFromSource(session, file, plan, { source, before, vocabulary }) : null,
      taken: await takenForIncrements(session, source),
    },
  });
}

/** Whether rows have a series and a day: of which day a file is, somebody may have to say first. */
const canBePlanned = ({ mapping, options: proposed }: Proposal, options: ImportOptions): boolean =>
  Boolean(mapping.series_id ?? mapping.title ?? options.series) && Boolean(mapping.time ?? options.day ?? proposed.day);

/**
 * Columns of numbers beside the views that are plainly of the other kind, as total likes beside the views of each day:
 * `views_are` is said of the whole file, so they would count wrongly.
 */
export async function measuresOfOtherKind(
  session: ReadSession,
  file: DataFile,
  proposal: Proposal,
  options: ImportOptions,
): Promise<OptionReason[]> {
  const is = options.views_are ?? proposal.options.views_are;
  const beside = SUMMED_COLUMNS.filter((field) => field !== 'views' && proposal.mapping[field] !== undefined);
  if ((is !== 'increment' && is !== 'cumulative') || beside.length === 0 || !canBePlanned(proposal, options)) return [];
  const plan = planImport(file, proposal, { options: { ...options, views_are: 'increment' } }, session.state.timeZone);
  const { steps, sampled } = await stepsByField(session, file, plan, beside);
  return beside.flatMap((field) => {
    const found = steps.get(field);
    const looks = found ? weigh(found) : 'nothing';
    if (!found || looks === 'nothing' || (looks === 'counter') === (is === 'cumulative')) return [];
    return [
      { option: 'mapping', reason: sayOtherKind(proposal.mapping[field] ?? '', is, found, sampled), doubt: 'ask' },
    ];
  });
}

function sayOtherKind(column: string, is: 'increment' | 'cumulative', steps: Steps, sampled: boolean): Label {
  const { en, zh } = sayWeighed(steps, weigh(steps), sampled);
  return {
    en: `watch out: the views are read as ${is}, and so would “${column}” be, though by its values it is not: ${en}. Leave the column out, or import it as a file of its own`,
    zh: `请确认：播放量按${VIEWS_ARE[is]}读取，“${column}”列也会如此，但从数值看并非这样：${zh}。请不导入该列，或单独存为一个文件导入`,
  };
}

/** Earlier imports named at most. */
const NAMED = 3;

async function takenForIncrements(session: ReadSession, source: string): Promise<Label> {
  const taken = (await listEntries(session)).filter(
    (e) => e.source === source && e.status === 'committed' && e.kind === 'log' && e.viewsAre === 'increment',
  );
  const names = taken.slice(0, NAMED).map((e) => ({
    en: `${e.import_id} (“${e.filename}”)`,
    zh: `${e.import_id}（“${e.filename}”）`,
  }));
  const more = taken.length - names.length;
  return {
    en: `earlier imports were taken as increments: if these are counters, undo import ${names.map(({ en }) => en).join(', ')}${more > 0 ? ` and ${more} more` : ''} and import ${taken.length > 1 ? 'them' : 'it'} again as counters`,
    zh: `此前的导入按增量计算：若是累计值，请撤销导入 ${names.map(({ zh }) => zh).join('、')}${more > 0 ? `等 ${taken.length} 个` : ''}，再按累计值重新导入`,
  };
}

/** @param said by the user; what was only proposed is judged where it is proposed */
export async function warnOfUnlikelyViews(
  session: ReadSession,
  file: DataFile,
  plan: ImportPlan,
  said: ImportOptions['views_are'],
): Promise<Warning | null> {
  if (plan.kind !== 'log' || !plan.uses.has('views') || (said !== 'increment' && said !== 'cumulative')) return null;
  const { steps, sampled } = await viewSteps(session, file, { ...plan, viewsAre: 'increment' });
  const shown = LOOKS[weigh(steps)];
  if (shown === null || shown === said) return null;
  const { en, zh } = sayWeighed(steps, weigh(steps), sampled);
  return {
    code: 'views_are_unlikely',
    count: 0,
    detail: {
      en: `views are read as ${said}, as was said, though by their values they are ${shown}: ${en}. If that is wrong, undo the import and import the file as ${shown}`,
      zh: `已按指定的${VIEWS_ARE[said]}读取播放量，但从数值看是${VIEWS_ARE[shown]}：${zh}。如不对，请撤销导入，再按${VIEWS_ARE[shown]}导入`,
    },
  };
}
