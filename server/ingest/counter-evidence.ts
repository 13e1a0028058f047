/** Whether views that are stated date by date are increments or a counter, judged by their steps; pure. */
import type { Label } from '../contract/query.ts';

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

export interface Weighed {
  readonly looks: 'counter' | 'increments' | 'nothing';
  /** The values alone decide. */
  readonly sure: boolean;
  /** What is said of it where nobody states what the views are. */
  readonly doubt?: 'ask' | 'mention';
}

/** Counters fall where a platform corrects them, in no more than one step of twenty. */
const HELD = 0.95;
/** So many steps decide. */
const ENOUGH_STEPS = 100;
/** Of so many series fewer steps do: they do not follow one another. */
const ENOUGH_KEYS = 20;
const STEPS_OF_MANY_KEYS = 40;
/** Steps per series beyond which they cannot all have risen for one reason, such as a weekend. */
const LONG = 6;
/** What a day adds to a counter is small beside it; views of single days differ by more. */
export const SMALL = 0.1;
/** So few rising steps happen by chance. */
export const FEW_STEPS = 5;

/**
 * A counter does not fall in 95 % of its steps and most series grow. It is sure from 100 steps on (40 over 20 or more
 * series), where they are small beside the value or reach over six dates of a series: a weekend lifts all series at once.
 */
export function weigh(found: Steps): Weighed {
  const { keys, steps, held, rose, grew, change } = found;
  if (steps === 0) return { looks: 'nothing', sure: false, doubt: 'mention' };
  const falls = steps * (1 - held);
  if (held < HELD) return { looks: 'increments', sure: steps >= ENOUGH_STEPS || (held < 0.8 && falls >= 2) };
  const moved = rose + 1 - held;
  if (grew <= 0.5 && !(moved * steps >= ENOUGH_KEYS && rose >= HELD * moved)) return { looks: 'nothing', sure: false };
  const enough = steps >= ENOUGH_STEPS || (keys >= ENOUGH_KEYS && steps >= STEPS_OF_MANY_KEYS);
  const small = change !== null && change <= SMALL;
  if (enough && grew > 0.5 && (small || steps >= LONG * keys)) return { looks: 'counter', sure: true };
  const chance = steps < FEW_STEPS || (steps < 2 * FEW_STEPS && !small);
  return { looks: 'counter', sure: false, doubt: chance ? 'mention' : 'ask' };
}

/**
 * Whether views are proposed as a counter (API, “Imports”): at least 95 % of the steps do not fall and most series grow, of
 * at least 20 series with three or more dates. Any other evidence is only told and asked about.
 */
export const isCounter = ({ long, held, grew }: Steps) => long >= ENOUGH_KEYS && held >= HELD && grew > 0.5;

const percent = (share: number) => `${(share * 100).toFixed((share > 0.99 && share < 1) || share < 0.1 ? 1 : 0)} %`;

/** The steps in words, and what they are taken for. */
export function sayWeighed(found: Steps, { looks, sure, doubt }: Weighed, sampled = false): Label {
  const { keys, steps, held, grew, change } = found;
  if (looks === 'nothing')
    return {
      en: `${steps} steps of ${keys} series hardly change: nothing shows a counter`,
      zh: `${keys} 部剧的 ${steps} 次变化几乎为零，看不出是累计值`,
    };
  const counter = looks === 'counter';
  const size = counter && change !== null;
  const told = {
    en: `${percent(held)} of ${steps} steps do not fall, and ${percent(grew)} of ${keys} series${sampled ? ' looked at' : ''} grow with time${size ? `, typically by ${percent(change)} a step` : ''}`,
    zh: `${sampled ? '抽查的 ' : ''}${keys} 部剧中，相邻日期有 ${steps} 次变化，${percent(held)} 不下降，${percent(grew)} 的剧随时间增长${size ? `，每次通常增长 ${percent(change)}` : ''}`,
  };
  if (sure || !counter)
    return {
      en: `${told.en}: ${counter ? 'a counter' : 'no counter'}`,
      zh: `${told.zh}：${counter ? '是累计值' : '不是累计值'}`,
    };
  if (doubt === 'mention')
    return {
      en: `watch out: ${told.en}, too few to tell a counter; say which`,
      zh: `请确认：${told.zh}，数量太少，无法判断是否为累计值`,
    };
  return {
    en: `watch out: ${told.en}: it may be a counter, or increments that rise; say which`,
    zh: `请确认：${told.zh}：可能是累计值，也可能是上升的增量`,
  };
}
