/** Whether views that are stated date by date are increments or a counter, judged by their steps (METRICS, Counters); pure. */
import type { Label } from '../../../contract/query.ts';
import { numbered } from '../../../wording.ts';

/** What lies between the dates of each series, on its platform, in its region. */
export interface Steps {
  /** Series with two or more dates. */
  readonly keys: number;
  /** Series with three or more dates. */
  readonly long: number;
  /** From one date of a series to its next. */
  readonly steps: number;
  /** Share of the steps that do not fall, 0 to 1. */
  readonly held: number;
  /** Share of the steps that rise, 0 to 1. */
  readonly rose: number;
  /** Share of the series whose last value is above their first, 0 to 1. */
  readonly grew: number;
  /** By how much a step typically (median) changes the value, relative to it; null where every value before is 0. */
  readonly change: number | null;
}

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
  return 1 - held >= FALLS ? 'increments' : 'nothing';
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
