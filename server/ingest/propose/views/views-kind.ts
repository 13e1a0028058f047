/** What the views of a file are: by its values, else by what its source holds, else by the header, else open; pure. */
import type { ViewsAre } from '../../../contract/imports.ts';
import type { Label } from '../../../contract/query.ts';
import type { OptionReason } from '../../read/doubt.ts';
import { likeness, type Steps, sayWeighed, weigh } from './counter-evidence.ts';

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
